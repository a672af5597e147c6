"""The report of forge's own probe `environment`: what is installed for a project, and why.

The probe gives raw metadata; requirements, their markers and extras are evaluated here, with the
values of the project's own interpreter (PEP 508).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from packaging.markers import InvalidMarker, UndefinedComparison, UndefinedEnvironmentName
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from pytest_forge.errors import NotPrepared
from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Component, Report

_LICENSE = "License :: "
# A License field that can be an SPDX expression; everything else there is free text.
_EXPRESSION = re.compile(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*")


@dataclass(frozen=True, slots=True)
class _Installed:
    name: str
    version: str
    requires: tuple[Requirement, ...]
    license: str


def parse(data: bytes) -> Report:
    """Return every other distribution as a component, and the number of `distributions`.

    A component ships where the project's runtime requirements reach it, extras left out; it is
    direct where the project itself names it. Raises `OutputUnreadable`, and `NotPrepared` where
    the project or something that it requires is not installed.
    """
    document = parse_json(data, "environment")
    if document.key("schema").text() != "environment-1":
        raise unreadable("environment", "its schema is not environment-1")
    installed = {one.name: one for one in map(_installed, document.key("distributions").items())}
    markers = {name: one.text() for name, one in document.key("markers").members()}
    own = canonicalize_name(document.key("distribution").text())
    needs = _own_requirements(document, own, installed)
    direct = {canonicalize_name(one.name) for one in needs if _holds(one, markers, frozenset())}
    ships = _reached(needs, installed, markers)
    components = tuple(
        _component(one, one.name in direct, one.name in ships)
        for name, one in installed.items()
        if name != own
    )
    return Report(components=components, measures={"distributions": len(installed)})


def _own_requirements(
    document: Value, own: str, installed: Mapping[str, _Installed]
) -> tuple[Requirement, ...]:
    listed = tuple(_requirement(one) for one in document.key("requirements").items())
    if not own or (listed and own not in installed):
        return listed
    if own not in installed:
        raise NotPrepared(
            f"{own} itself is not installed in its environment",
            "install it there: pip install -e .",
        )
    return installed[own].requires + listed


def _installed(entry: Value) -> _Installed:
    return _Installed(
        name=canonicalize_name(entry.key("name").text()),
        version=entry.key("version").text(),
        requires=tuple(_requirement(one) for one in entry.key("requires").items()),
        license=_license(entry),
    )


def _requirement(entry: Value) -> Requirement:
    text = entry.text()
    try:
        # Metadata before version 2.1 puts the version in brackets, which packaging still reads.
        return Requirement(text)
    except InvalidRequirement as error:
        raise unreadable("environment", f"{text!r} is no requirement ({error})") from error


def _license(entry: Value) -> str:
    """Return the package's statement: its expression, a short License field, its classifiers."""
    expression = entry.key("license_expression").text()
    field = entry.key("license").text()
    # Old versions of setuptools write this where nothing is stated.
    stated = "" if field == "UNKNOWN" else field
    short = stated if _EXPRESSION.fullmatch(stated) else ""
    return expression or short or _by_classifiers(entry) or stated


def _by_classifiers(entry: Value) -> str:
    names = (one.text() for one in entry.key("classifiers").items())
    stated = [name.rpartition(" :: ")[2] for name in names if name.startswith(_LICENSE)]
    return "; ".join(name for name in stated if name != "OSI Approved")


def _reached(
    needs: Iterable[Requirement], installed: Mapping[str, _Installed], markers: Mapping[str, str]
) -> frozenset[str]:
    """Return what the requirements reach: a walk over names and the extras asked of them."""
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(one, frozenset[str](), "the project") for one in needs]
    while waiting:
        requirement, extras, asker = waiting.pop()
        if not _holds(requirement, markers, extras):
            continue
        name = canonicalize_name(requirement.name)
        wanted = frozenset(canonicalize_name(extra) for extra in requirement.extras)
        if (name, wanted) in seen:
            continue
        seen.add((name, wanted))
        if name not in installed:
            raise NotPrepared(
                f"{name}, which {asker} requires, is not installed",
                "install the project's dependencies anew",
            )
        waiting.extend((one, wanted, name) for one in installed[name].requires)
    return frozenset(name for name, _ in seen)


def _holds(requirement: Requirement, markers: Mapping[str, str], extras: frozenset[str]) -> bool:
    if requirement.marker is None:
        return True
    try:
        return any(
            requirement.marker.evaluate({**markers, "extra": extra}) for extra in ("", *extras)
        )
    except (InvalidMarker, UndefinedComparison, UndefinedEnvironmentName) as error:
        raise unreadable("environment", f"the marker of {requirement}: {error}") from error


def _component(one: _Installed, direct: bool, ships: bool) -> Component:
    purl = f"pkg:pypi/{one.name}@{one.version}"
    return Component(one.name, one.version, "PyPI", one.license, direct, ships, purl)
