"""The dependencies of a Maven module: `dependency:tree -DoutputType=json` (since 3.7.0).

The tree tells who needs a dependency, and no license: a bill of materials tells that.
"""

from collections.abc import Iterator

from pytest_forge.formats.reading import Value, parse_json
from pytest_forge.model import Report, Sample

MODULE = "module"
"""The measure of the sample that names the module itself."""
NEEDED = "dependency"
"""The measure of the samples that name a dependency, as `group:artifact@version`.

Their values add up `DIRECT` and `SHIPS`.
"""
DIRECT, SHIPS = 1, 2

_SHIPS = frozenset({"compile", "runtime"})


def parse(data: bytes) -> Report:
    """Return the module and its dependencies as samples, and `modules` (1).

    Those ship that users of the module get, whose scope is compile or runtime. Raises
    `OutputUnreadable`.
    """
    root = parse_json(data, "the dependency plugin")
    root.key("version").text()
    needed = tuple(_needed(root, DIRECT))
    return Report(samples=(Sample(MODULE, 1, _name(root)), *needed), measures={"modules": 1})


def _needed(node: Value, direct: int) -> Iterator[Sample]:
    children = node.optional("children")
    for child in children.items() if children else ():
        ships = SHIPS if child.key("scope").text() in _SHIPS else 0
        yield Sample(NEEDED, direct + ships, f"{_name(child)}@{child.key('version').text()}")
        yield from _needed(child, 0)


def _name(node: Value) -> str:
    return f"{node.key('groupId').text()}:{node.key('artifactId').text()}"
