"""The packages that patterns mean: `go list -e -json=...` with the fields that are read here.

A command's place is a path below its module, "." for the module's own directory.
"""

from collections.abc import Iterator

from pytest_forge.formats.reading import Value, parse_json_stream, unreadable
from pytest_forge.model import Report, Sample

FIELDS = "ImportPath,Name,Module,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles"
"""What `go list` is asked for."""

COMMANDS = "package.main"
"""The measure of the samples that name commands, which nobody can import."""


def parse(data: bytes) -> Report:
    """Return `packages`; `packages.built`, those with more than tests; and `packages.vetted`.

    The last is how often vet has to look at them: at a package together with its tests, and apart
    at its external tests. Raises `OutputUnreadable`.
    """
    found = list(listed(data, FIELDS))
    if not found or not data.endswith(b"\n"):
        raise unreadable("go list", "it is cut off" if found else "it lists no package")
    places = [_place(one) for one in found]
    commands = (place for place, one in zip(places, found, strict=True) if _is_command(one))
    return Report(
        measures={
            "packages": len(found),
            "packages.built": sum(map(_is_built, found)),
            "packages.vetted": sum(map(_vetted, found)),
        },
        samples=tuple(Sample(COMMANDS, 1, place) for place in commands),
    )


def listed(data: bytes, fields: str) -> Iterator[Value]:
    """Yield the packages that `go list -json=FIELDS` has printed.

    go leaves out a field that is empty, and prints none that it was not asked for; so a name that
    is not among them is `OutputUnreadable`: what it stands for would be taken for empty.
    """
    asked = frozenset(fields.split(","))
    for package in parse_json_stream(data, "go list"):
        for name, _ in package.members():
            if name not in asked:
                raise unreadable("go list", f"{package.at} has {name!r}, which was not asked for")
        yield package


def _place(package: Value) -> str:
    path, module = package.key("ImportPath").text(), package.optional("Module")
    if module is None:
        return path
    return path.removeprefix(module.key("Path").text()).lstrip("/") or "."


def _is_command(package: Value) -> bool:
    # go gives no name to a package that it can't parse.
    name = package.optional("Name")
    return name is not None and name.text() == "main"


def _is_built(package: Value) -> bool:
    return any(package.optional(name) for name in ("GoFiles", "CgoFiles"))


def _vetted(package: Value) -> int:
    own = any(package.optional(name) for name in ("GoFiles", "CgoFiles", "TestGoFiles"))
    return int(own) + int(package.optional("XTestGoFiles") is not None)
