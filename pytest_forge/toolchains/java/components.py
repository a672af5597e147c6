"""The dependencies of a project with their licenses: Maven's trees, and the bill of materials."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from pytest_forge import advisories
from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats.maven_tree import DIRECT, MODULE, NEEDED, SHIPS
from pytest_forge.model import Component, Report
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java import ran

_MATCH = advisories.matcher("Maven")
_BY_HAND = "run `mvn org.cyclonedx:cyclonedx-maven-plugin:makeAggregateBom` by hand"


def measure(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return what the modules need from outside, each once.

    Another version of a module comes from outside as well: what it needs may need its last release.
    The trees tell what ships and what is direct, the bill of materials the licenses. Raises
    `OutputUnreadable` where it lacks what a tree holds.
    """
    (report,) = inputs.values()
    ran.demand(report, ran.BILL)
    own = {one.subject for one in report.samples if one.measure == MODULE}
    needed = _needed(report, own)
    stated = {f"{one.name}@{one.version}": one for one in report.components}
    if "documents" not in report.measures:
        raise OutputUnreadable("there is no bill of materials", _BY_HAND)
    _demand_all(needed, stated.keys() - own)
    _demand_licenses(needed, stated.values())
    components = tuple(
        replace(stated[name], direct=bool(kind & DIRECT), ships=bool(kind & SHIPS))
        for name, kind in sorted(needed.items())
    )
    return Report(components=components, measures={"modules": len(own)}, notes=report.notes)


def _needed(report: Report, own: Collection[str]) -> Mapping[str, int]:
    """Return how each dependency from outside is needed: the bits of all modules."""
    needed: dict[str, int] = {}
    for one in report.samples:
        if one.measure == NEEDED and one.subject not in own:
            needed[one.subject] = needed.get(one.subject, 0) | int(one.value)
    return needed


def _demand_all(needed: Collection[str], stated: Collection[str]) -> None:
    """Demand that trees and bill name the same: each tells what the other may have lost."""
    if unnamed := sorted(set(stated) - set(needed)):
        raise OutputUnreadable(
            f"no dependency tree holds {', '.join(unnamed[:3])}, which the bill of materials names",
            "run `mvn dependency:tree` by hand",
        )
    if missing := sorted(set(needed) - set(stated)):
        raise OutputUnreadable(
            f"the bill of materials lacks {len(missing)} dependencies: {', '.join(missing[:3])}",
            _BY_HAND,
        )


def _demand_licenses(needed: Collection[str], stated: Iterable[Component]) -> None:
    """Demand a license of one dependency at least: a bill without any was made without looking."""
    if needed and not any(one.license for one in stated):
        raise OutputUnreadable("the bill of materials tells no license of any dependency", _BY_HAND)


def vulnerable(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Match the dependencies with the advisories of the settings' source."""
    return _MATCH(context, {"components": measure(context, inputs)})
