"""Poms in a copy of the tree, changed so that the compiler runs as a process of its own.

Only such a javac reads the variable with further options, and a pom that forbids it (`fork` is
false, as Apache Commons' parent says) is stronger than a property on Maven's command line.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from xml.etree.ElementTree import Element, SubElement

from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java.changed_poms import change_each, child, plugins

_COMPILER = "maven-compiler-plugin"


@contextmanager
def forked(context: Context) -> Iterator[Mapping[str, str]]:
    """Have each pom of the project fork the compiler, in the copy at the slot `snapshot`."""
    change_each(context, forking)
    yield {}


def forking(root: Element, namespace: str) -> bool:
    """Have a pom fork the compiler."""
    built = child(child(root, f"{namespace}build"), f"{namespace}plugins")
    own = plugins(root, namespace, _COMPILER)
    if not any(one in own for one in built):
        own.append(SubElement(built, f"{namespace}plugin"))
        SubElement(own[-1], f"{namespace}artifactId").text = _COMPILER
    for plugin in own:
        child(child(plugin, f"{namespace}configuration"), f"{namespace}fork").text = "true"
        for stated in plugin.iter(f"{namespace}fork"):
            stated.text = "true"
    return True
