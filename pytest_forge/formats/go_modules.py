"""The modules behind a project's packages: `go list -deps -test -json=...` with `FIELDS`.

A module ships where the packages themselves reach it; the others are reached by tests alone. The
graph of the packages is walked here, since go marks every test's variants of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pytest_forge.formats.go_packages import listed
from pytest_forge.formats.reading import Value, unreadable
from pytest_forge.model import Component, Report

FIELDS = "ImportPath,Standard,DepOnly,ForTest,Imports,ImportMap,Module"
"""What `go list` is asked for."""


@dataclass(frozen=True)
class _Package:
    name: str
    standard: bool
    root: bool
    imports: tuple[str, ...]
    module: Value | None


def parse(data: bytes) -> Report:
    """Return the modules as components, without a license; and `packages`, the project's own.

    Raises `OutputUnreadable`, also where an imported package is not listed.
    """
    packages = {one.name: one for one in map(_package, listed(data, FIELDS))}
    roots = _roots(packages)
    if not roots or not data.endswith(b"\n"):
        raise unreadable("go list", "it is cut off, or lists no package of the project")
    ships = _modules(roots, packages)
    modules = _modules(packages.values(), packages)
    replaced = sorted(name for name, one in modules.items() if _is_directory(one))
    taken = sorted(modules.keys() - set(replaced))
    return Report(
        components=tuple(_component(modules[name], name in ships) for name in taken),
        measures={"packages": len(roots)},
        notes=tuple(f"{name} is replaced by a directory" for name in replaced),
    )


def _roots(packages: Mapping[str, _Package]) -> list[_Package]:
    return [one for one in packages.values() if one.root and not _is_test_binary(one, packages)]


def _package(entry: Value) -> _Package:
    name = entry.key("ImportPath").text()
    renamed = entry.optional("ImportMap")
    mapping = {key: one.text() for key, one in renamed.members()} if renamed else {}
    imports = entry.optional("Imports")
    named = [one.text() for one in imports.items()] if imports else []
    return _Package(
        name=name,
        standard=entry.optional("Standard") is not None,
        root=not (entry.optional("DepOnly") or entry.optional("ForTest")),
        imports=tuple(mapping.get(one, one) for one in named if one != "C"),
        module=entry.optional("Module"),
    )


def _is_test_binary(package: _Package, packages: Mapping[str, _Package]) -> bool:
    """Tell whether this is the main package of a test binary, by its name and by its imports."""
    base = package.name.removesuffix(".test")
    named = base != package.name and base in packages
    if named != ("testing/internal/testdeps" in package.imports):
        raise unreadable("go list", f"{package.name} looks only half like a test binary")
    return named


def _reached(roots: Iterable[_Package], packages: Mapping[str, _Package]) -> set[str]:
    seen: set[str] = set()
    waiting = [one.name for one in roots]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        if name not in packages:
            raise unreadable("go list", f"{name} is imported, but not listed")
        seen.add(name)
        # What the standard library imports is the standard library.
        if not packages[name].standard:
            waiting.extend(packages[name].imports)
    return seen


def _modules(roots: Iterable[_Package], packages: Mapping[str, _Package]) -> dict[str, Value]:
    """Return the modules of what the roots reach, by their paths, without the project's own."""
    reached = (packages[name].module for name in _reached(roots, packages))
    found = [one for one in reached if one is not None and not one.optional("Main")]
    return {one.key("Path").text(): one for one in found}


def _is_directory(module: Value) -> bool:
    other = module.optional("Replace")
    return other is not None and other.optional("Version") is None


def _component(module: Value, ships: bool) -> Component:
    taken = module.optional("Replace") or module
    name, version = taken.key("Path").text(), taken.key("Version").text()
    return Component(
        name=name,
        version=version,
        ecosystem="Go",
        direct=module.optional("Indirect") is None,
        ships=ships,
        # The specification of purl asks for lower case here.
        purl=f"pkg:golang/{name.lower()}@{version}",
    )
