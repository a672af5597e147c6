"""Everything that a branch weakens, as the report of one check."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pytest_forge.baselines.entries import Baseline
from pytest_forge.judging import Gate
from pytest_forge.model import Report
from pytest_forge.plan import PlannedCheck
from pytest_forge.policy import bounds, known, performance, projects, rules
from pytest_forge.policy.weakening import Weakening
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import Settings

COMPARED = "policy.compared"
"""How many settings, projects and baselines were set side by side."""


@dataclass(frozen=True)
class Side:
    """One side of the comparison: what the files state at the merge base, or in the branch.

    `settings` are those of the files alone, without a profile. `checks` are planned under the
    settings in force, so that only files make a difference. `baselines` are known by the path of
    their file.
    """

    settings: Settings
    tree: Tree
    projects: tuple[Project, ...]
    checks: tuple[PlannedCheck, ...]
    baselines: Mapping[str, Baseline]
    passed_over: Mapping[str, str]


def measure(
    before: Side, after: Side, gates: Sequence[Gate], subjects: Sequence[Project], today: date
) -> Report:
    """Return the report of what `after` weakens; `subjects` are all that have checks."""
    weakened = tuple(_weakened(before, after, gates, subjects, today))
    compared = len(Settings.__dataclass_fields__) + len(subjects) + len(after.baselines)
    return Report(
        findings=tuple(dict.fromkeys(one.finding() for one in weakened)),
        measures={COMPARED: compared},
    )


def _weakened(
    before: Side, after: Side, gates: Sequence[Gate], subjects: Sequence[Project], today: date
) -> Iterator[Weakening]:
    old, new = before.settings, after.settings
    source = _source(old, new, subjects)
    former = {(one.manifest, one.language): one for one in before.projects}
    # What a new project states itself is judged like what an old one begins to state.
    both = bounds.sides(
        subjects,
        lambda one: former.get((one.manifest, one.language), replace(one, limits={})),
        old,
        new,
    )
    yield from bounds.weakened(gates, both, source)
    yield from projects.idle_overrides(gates, old, new, subjects, source)
    yield from rules.waivers(old, new, source, today)
    yield from projects.exemptions(both, source)
    yield from rules.paths(old, new, after.tree, source)
    yield from rules.tools(old, new, source)
    yield from rules.profiles(gates, old, new, source)
    yield from rules.licenses(old.defaults.licenses, new.defaults.licenses, source)
    yield from rules.advisories(old, new, source)
    yield from performance.weakened(old.defaults.performance, new.defaults.performance, source)
    yield from projects.others(both, source)
    yield from rules.others(old, new, source)
    yield from projects.checks(before.checks, after.checks, after.tree.has)
    yield from projects.hidden(before.projects, after.projects, after.tree.has, after.passed_over)
    yield from _grown(before, after, gates)


def _grown(before: Side, after: Side, gates: Sequence[Gate]) -> Iterator[Weakening]:
    limits = {limit.measure: limit for gate in gates for limit in gate.limits}
    for path, baseline in after.baselines.items():
        yield from known.grown(before.baselines[path], baseline, path, limits)


def _source(old: Settings, new: Settings, subjects: Sequence[Project]) -> str:
    """Return the file with the settings: that of the branch, else the one that it has removed."""
    for settings in (new, old):
        if settings.source is not None:
            return settings.source.name
    return subjects[0].manifest
