"""The report of forge's own probe `node_packages`: what is installed for a project, and why."""

from collections.abc import Iterable, Mapping

from pytest_forge.errors import NotPrepared
from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Component, Report

_REQUIRED = "dependencies"
_OPTIONAL = ("optionalDependencies", "peerDependencies")
_DEVELOPMENT = "devDependencies"
_INSTALL = "install the project's dependencies anew"


def parse(data: bytes) -> Report:
    """Return the installed packages as components, and how many `packages` there are in all.

    A component ships where the project's packages reach it without development dependencies; it is
    direct where one of these names it. Raises `OutputUnreadable`, and `NotPrepared` where something
    that is required is not installed.
    """
    document = parse_json(data, "node_packages")
    if document.key("schema").text() != "node-packages-1":
        raise unreadable("node_packages", "its schema is not node-packages-1")
    own = _by_place(document.key("own"))
    every = {**_by_place(document.key("packages")), **own}
    for one in every.values():
        _require_all(one, one.key("place").text() in own)
    shipping = (_REQUIRED, *_OPTIONAL)
    ships = _reached(own.values(), every, shipping)
    kinds = (*shipping, _DEVELOPMENT)
    direct = {place for one in own.values() for kind in kinds for place in _places(one, kind)}
    others = {place: one for place, one in every.items() if place not in own}
    components = (_component(one, at in direct, at in ships) for at, one in others.items())
    return Report(components=tuple(components), measures={"packages": len(every)})


def _by_place(packages: Value) -> dict[str, Value]:
    return {one.key("place").text(): one for one in packages.items()}


def _require_all(one: Value, is_own: bool) -> None:
    for kind in (_REQUIRED, *((_DEVELOPMENT,) if is_own else ())):
        optional = {name for name, _ in one.key("optionalDependencies").members()}
        for name, place in one.key(kind).members():
            if not place.text() and name not in optional:
                asker = one.key("name").text() or "the project"
                raise NotPrepared(f"{name}, which {asker} depends on, is not installed", _INSTALL)


def _places(one: Value, kind: str) -> set[str]:
    return {place.text() for _, place in one.key(kind).members() if place.text()}


def _reached(
    own: Iterable[Value], every: Mapping[str, Value], kinds: tuple[str, ...]
) -> frozenset[str]:
    seen: set[str] = set()
    waiting = [place for one in own for kind in kinds for place in _places(one, kind)]
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        if place not in every:
            raise unreadable("node_packages", f"it does not describe {place}")
        seen.add(place)
        waiting += [below for kind in kinds for below in _places(every[place], kind)]
    return frozenset(seen)


def _component(one: Value, direct: bool, ships: bool) -> Component:
    name, version = one.key("name").text(), one.key("version").text()
    if not name or not version:
        raise unreadable("node_packages", f"{one.at} has no name or no version")
    purl = f"pkg:npm/{name.replace('@', '%40', 1)}@{version}"
    return Component(name, version, "npm", _license(one.key("license")), direct, ships, purl)


def _license(stated: Value) -> str:
    """Return the statement: an SPDX expression, or npm's older forms: an object, or a list."""
    if isinstance(stated.raw, str):
        return stated.text()
    if isinstance(stated.raw, list):
        return " OR ".join(filter(None, (_license(one) for one in stated.items())))
    kind = stated.optional("type") or stated.optional("name") or stated.optional("url")
    if kind is None:
        raise unreadable("node_packages", f"{stated.at} states no kind of license")
    return kind.text()
