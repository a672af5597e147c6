"""The dependencies of a Maven module: `dependency:tree -DoutputType=json` (since 3.7.0).

The tree tells who needs a dependency, and no license: a bill of materials tells that.
"""

from collections.abc import Iterator

from pytest_forge.formats.reading import Value, parse_json
from pytest_forge.model import Report, Sample

MODULE = "module"
"""The measure of the sample that names the module itself, as `group:artifact@version`."""
NEEDED = "dependency"
"""The measure of the samples that name a dependency in the same way.

Their values add up `DIRECT` and `SHIPS`.
"""
DIRECT, SHIPS = 1, 2

_COORDINATES = ("groupId", "artifactId", "version")
_SHIPS = frozenset({"compile", "runtime"})


def parse(data: bytes) -> Report:
    """Return the module and its dependencies as samples, and `modules` (1).

    Those ship that users of the module get, whose scope is compile or runtime. Raises
    `OutputUnreadable`.
    """
    root = parse_json(data, "the dependency plugin")
    needed = tuple(_needed(root, DIRECT))
    return Report(samples=(Sample(MODULE, 1, _name(root)), *needed), measures={"modules": 1})


def _needed(node: Value, direct: int) -> Iterator[Sample]:
    children = node.optional("children")
    for child in children.items() if children else ():
        ships = SHIPS if child.key("scope").text() in _SHIPS else 0
        yield Sample(NEEDED, direct + ships, _name(child))
        yield from _needed(child, 0)


def _name(node: Value) -> str:
    group, artifact, version = (node.key(word).text() for word in _COORDINATES)
    return f"{group}:{artifact}@{version}"
