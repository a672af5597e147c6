"""Poms in a copy of the tree, changed so that the JVMs of surefire's tests measure coverage.

JaCoCo's agent comes by the property `argLine`, which surefire takes where a pom says nothing else.
An `argLine` in its configuration stands above it, and has to name the property: `@{argLine}` is
filled in late, when JaCoCo has set it (JaCoCo's documentation, "prepare-agent").
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from xml.etree.ElementTree import Element

from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java.changed_poms import change_each, child, plugins, poms

_SUREFIRE = "maven-surefire-plugin"
_NAMES_PROPERTY = re.compile(r"[@$]\{argLine\}")
# JaCoCo's agent then comes by another property, and the project sees to it.
_ANOTHER = re.compile(rb"<propertyName>(?!\s*argLine\s*<)")


@contextmanager
def covered(context: Context) -> Iterator[Mapping[str, str]]:
    """Have surefire take JaCoCo's agent too, in the poms of the copy at the slot `snapshot`."""
    if not any(_ANOTHER.search(path.read_bytes()) for path in poms(context)):
        change_each(context, covering)
    yield {}


def covering(root: Element, namespace: str) -> bool:
    """Have surefire's own arguments begin with JaCoCo's, where they leave these out."""
    tag = f"{namespace}argLine"
    stated = [one for plugin in plugins(root, namespace, _SUREFIRE) for one in plugin.iter(tag)]
    alone = [one for one in stated if not _NAMES_PROPERTY.search(one.text or "")]
    for one in alone:
        one.text = f"@{{argLine}} {(one.text or '').strip()}"
    if alone:
        # Where JaCoCo's goal is skipped the property has to be there all the same.
        child(child(root, f"{namespace}properties"), tag)
    return bool(alone)
