"""`cargo metadata --format-version 1`: the packages of the lock file, and who needs them.

A package ships where normal dependencies alone reach it from a member of the workspace, on any
platform. What only build scripts or tests need does not ship; a procedural macro does, as cargo
tells it: its code is not in the product, what it writes is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Component, Report

_NORMAL = ""


@dataclass(frozen=True)
class _Need:
    """One dependency of a package, with its kinds ("" is the normal one)."""

    package: str
    kinds: frozenset[str]


def parse(data: bytes) -> Report:
    """Return all packages from elsewhere as components, and the number of all `packages`.

    Direct are those that a member itself declares. Raises `OutputUnreadable`.
    """
    document = parse_json(data, "cargo metadata")
    if document.key("version").count() != 1:
        raise unreadable("cargo metadata", "its format is not version 1")
    packages = {one.key("id").text(): one for one in document.key("packages").items()}
    members = [one.text() for one in document.key("workspace_members").items()]
    nodes = document.key("resolve").key("nodes").items()
    needs = {node.key("id").text(): _needs(node) for node in nodes}
    if set(needs) != set(packages) or not set(members) <= set(packages):
        raise unreadable("cargo metadata", "it resolves other packages than it describes")
    components = tuple(_components(packages, members, needs))
    return Report(components=components, measures={"packages": len(packages)})


def _components(
    packages: Mapping[str, Value], members: list[str], needs: Mapping[str, tuple[_Need, ...]]
) -> Iterator[Component]:
    ships = _reached(members, needs)
    direct = {need.package for member in members for need in needs[member]}
    for name, package in packages.items():
        # What has no source is part of the repository.
        if _stated(package, "source") is not None:
            yield _component(package, name in direct, name in ships)


def _needs(node: Value) -> tuple[_Need, ...]:
    return tuple(
        _Need(one.key("pkg").text(), frozenset(map(_kind, one.key("dep_kinds").items())))
        for one in node.key("deps").items()
    )


def _kind(entry: Value) -> str:
    kind = _stated(entry, "kind")
    return kind.text() if kind else _NORMAL


def _stated(entry: Value, name: str) -> Value | None:
    """Return a member that cargo always writes, None where it is null."""
    if name not in dict(entry.members()):
        raise unreadable("cargo metadata", f"{entry.at} has no {name!r}")
    return entry.optional(name)


def _reached(members: list[str], needs: Mapping[str, tuple[_Need, ...]]) -> frozenset[str]:
    seen = set(members)
    waiting = list(members)
    while waiting:
        for need in needs[waiting.pop()]:
            if _NORMAL in need.kinds and need.package not in seen:
                if need.package not in needs:
                    raise unreadable("cargo metadata", f"{need.package} is not resolved")
                seen.add(need.package)
                waiting.append(need.package)
    return frozenset(seen)


def _component(package: Value, direct: bool, ships: bool) -> Component:
    name, version = package.key("name").text(), package.key("version").text()
    stated = _stated(package, "license")
    # Cargo's old way to say "or" ("The license and license-file fields", Cargo Book).
    license_ = stated.text().replace("/", " OR ") if stated else ""
    purl = f"pkg:cargo/{name}@{version}"
    return Component(name, version, "crates.io", license_, direct, ships, purl)
