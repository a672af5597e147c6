"""Poms in a copy of the tree, changed so that SpotBugs passes over modules without a class.

A module may hold a descriptor of itself (module-info.java) and nothing else, such as one that only
tests another. SpotBugs takes that for a class to look at, finds none in it, and ends the build.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java.changed_poms import change_each, child


@contextmanager
def classless(context: Context) -> Iterator[Mapping[str, str]]:
    """Have SpotBugs pass over modules with descriptors alone, in the copy at `snapshot`."""
    project = context.project
    described = [PurePosixPath(path) for path in project.words("sources")]
    bare = [
        module
        for module in project.words("modules")
        if module not in project.words("code_modules")
        and any(path.is_relative_to(module) for path in described)
    ]
    change_each(context, passed_over, bare)
    yield {}


def passed_over(root: Element, namespace: str) -> bool:
    """Have SpotBugs pass over the module of a pom; modules inherit what a parent says."""
    if (root.findtext(f"{namespace}packaging") or "").strip() == "pom":
        return False
    stated = child(root, f"{namespace}properties")
    child(stated, f"{namespace}spotbugs.skip").text = "true"
    return True
