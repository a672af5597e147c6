"""What a gate is: limits on measures, what it requires, and how a report is examined.

Gates know no language and no tool. Each is a pytest plugin that returns one `Gate` from the hook
`pytest_forge_gates`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from pytest_forge.baselines.entries import Known
from pytest_forge.changes.changed import Changes
from pytest_forge.model import Report
from pytest_forge.projects import Project
from pytest_forge.settings import ProjectSettings, Waiver


@dataclass(frozen=True)
class Limit:
    """A bound on a measure: `value` is its default, `sense` the side on which it is met.

    A `value` of None means that the measure is only reported, unless the user or the project states
    a limit. `noun` is the plural that users read ("lint findings"), `unit` is shown behind the
    number ("%"). `each` says that the limit holds for every sample of the measure, and that each
    sample beyond it becomes a finding. `adopts` says what of it a baseline may adopt: the findings
    that it counts (or its samples), each by itself, or the measure's value, which may then only
    improve; "" where what breaks it can't be known beforehand, as failed tests. The default stands
    back where the project states a limit of its own on the measure `gives_way_to`, and where the
    project lacks the fact `only_if`; a limit of the user's own never does. `by_change` says which
    findings count where only a change is looked at: those on a changed line ("line"; one without a
    line always does), those in a changed file ("file"), or all of them, since a change may bring
    them in lines that it leaves alone ("").
    """

    measure: str
    sense: Literal["at most", "at least"]
    value: float | None
    unit: str = ""
    each: bool = False
    noun: str = ""
    gives_way_to: str = ""
    only_if: str = ""
    adopts: Literal["", "findings", "value"] = ""
    by_change: Literal["", "line", "file"] = ""

    def met(self, actual: float, bound: float) -> bool:
        """Compare exact values, never rounded ones."""
        return actual <= bound if self.sense == "at most" else actual >= bound


@dataclass(frozen=True)
class Case:
    """What a gate may look at beside the report.

    That are the project, its settings, today's date, what the baseline knows of the check, and the
    changes where the run is about these alone.
    """

    project: Project
    settings: ProjectSettings
    today: date
    baseline: Known = field(default_factory=Known)
    changes: Changes | None = None


Examination: TypeAlias = Callable[[Report, Case], Report]
"""Adds what follows from the gate's policy: findings (a refused license), notes, measures."""


@dataclass(frozen=True)
class Gate:
    """A quality gate.

    `order` is its place in a project's run. `requires` are measures of which each must be supplied
    by some check of a project, unless the toolchain says that they are unavailable. `blocks` says
    that a failure blocks the project's later gates. `about` is the text of `pytest-forge explain`.
    """

    id: str
    title: str
    order: int
    limits: tuple[Limit, ...]
    requires: tuple[str, ...]
    about: str
    examine: Examination = lambda report, case: report
    blocks: bool = False


@dataclass(frozen=True)
class Judgement:
    """Who judges one check: its gate, the case, the waivers, and the source lines of findings.

    `code` gives the numbers of the lines with text of a file whose code the unit tests of the
    project should reach, none for any other file.
    """

    gate: Gate
    case: Case
    waivers: tuple[Waiver, ...] = ()
    source_line: Callable[[str, int], str] = lambda path, line: ""
    counts: tuple[str, ...] = ()
    supplies: tuple[str, ...] = ()
    unavailable: Mapping[str, str] = field(default_factory=dict)
    code: Callable[[str], frozenset[int]] = lambda path: frozenset()

    @property
    def baseline(self) -> Known:
        """Return what the baseline knows of the check."""
        return self.case.baseline
