"""Limits that a branch weakens, in its settings or in its projects' own."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pytest_forge.judging import Gate, Limit
from pytest_forge.phrases import few
from pytest_forge.policy.weakening import Weakening, number
from pytest_forge.projects import Project
from pytest_forge.settings import ProjectSettings, Settings

Place: TypeAlias = tuple[str, str, float | None, float | None]


@dataclass(frozen=True)
class Sides:
    """A project's settings, and what it states itself, before (at the merge base) and after."""

    before: tuple[ProjectSettings, Project]
    after: tuple[ProjectSettings, Project]

    @property
    def manifest(self) -> str:
        """Return the project's manifest."""
        return self.after[1].manifest


def sides(
    projects: Iterable[Project],
    former: Callable[[Project], Project],
    before: Settings,
    after: Settings,
) -> tuple[Sides, ...]:
    """Set side by side what holds for each project; `former` is the project at the merge base."""
    return tuple(
        Sides(
            (before.of_project(one.directory, one.language), former(one)),
            (after.of_project(one.directory, one.language), one),
        )
        for one in projects
    )


def weakened(gates: Sequence[Gate], projects: Sequence[Sides], source: str) -> Iterator[Weakening]:
    """Yield the limits that are laxer than before; `source` is the file with the settings.

    A limit of the settings is named once for all its projects, with these where it does not hold
    for all of them.
    """
    found: dict[Place, list[str]] = {}
    for limit in (limit for gate in gates for limit in gate.limits):
        for one in projects:
            before, after = bound(limit, *one.before), bound(limit, *one.after)
            if is_laxer(limit, before, after):
                place = (_path(limit, one, source), limit.measure, before, after)
                found.setdefault(place, []).append(one.manifest)
    for (path, measure, before, after), manifests in found.items():
        whose = "" if len(manifests) == len(projects) else f" for {few(dict.fromkeys(manifests))}"
        yield Weakening(path, f"limits.{measure}{whose}", number(before), number(after))


def laxer_limits(
    gates: Sequence[Gate],
    before: Mapping[str, float],
    after: Mapping[str, float],
) -> Iterator[tuple[str, str, str]]:
    """Yield measure, bound before and bound after of what two tables of limits differ in for worse.

    A measure that a table does not name has the gate's default.
    """
    for limit in (limit for gate in gates for limit in gate.limits):
        old = before.get(limit.measure, limit.value)
        new = after.get(limit.measure, limit.value)
        if is_laxer(limit, old, new):
            yield limit.measure, number(old), number(new)


def bound(limit: Limit, settings: ProjectSettings, project: Project) -> float | None:
    """Return the bound that is stated, None where the measure is only reported.

    A default that gives way to another measure has the bound of that one: both are percentages of
    the same thing.
    """
    stated = settings.limits.get(limit.measure, project.limits.get(limit.measure))
    if stated is None and limit.gives_way_to:
        stated = project.limits.get(limit.gives_way_to)
    if stated is not None:
        return stated
    if limit.only_if and not project.flag(limit.only_if):
        return None
    return limit.value


def is_laxer(limit: Limit, before: float | None, after: float | None) -> bool:
    """Tell whether a bound lets pass what the one before did not."""
    if before is None:
        return False
    return after is None or not limit.met(after, before)


def _path(limit: Limit, one: Sides, source: str) -> str:
    """Return the file in which the bound was changed: the settings', else the project's own."""
    stated = [settings.limits.get(limit.measure) for settings, _ in (one.before, one.after)]
    return source if stated[0] != stated[1] else one.manifest
