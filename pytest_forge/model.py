"""The one vocabulary in which every tool's output is expressed.

Frozen dataclasses without I/O, rendering or thresholds: toolchains produce a
`Report`, gates judge it, writers render it. Paths are POSIX and relative; the
engine makes them relative to forge's root as soon as a format has been read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal


class Severity(StrEnum):
    """Severity of a finding, worst first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """Outcome of a check or a gate, worst first."""

    ERROR = "error"
    FAILED = "failed"
    BLOCKED = "blocked"
    WAIVED = "waived"
    PASSED = "passed"
    EXEMPT = "exempt"

    @staticmethod
    def worst(outcomes: Iterable["Outcome"]) -> "Outcome":
        """Return the worst of `outcomes`, which must not be empty."""
        order = list(Outcome)
        return min(outcomes, key=order.index)


class TestOutcome(StrEnum):
    """Outcome of one test of the project; a test that errors has failed."""

    __test__ = False

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a tool found.

    `measure` is the count in which it is counted: `errors`, `warnings`, `type.errors`,
    `files.unformatted`, `lint.findings`, `complexity.max`, `findings` (split by severity into
    `findings.critical` ...), `secrets`, `licenses.refused`, `api.breaking`. Where the finding is an
    item's own value beyond its limit, `subject` names the item and `value` is the number.
    `last_line` is where it ends, None where the tool does not tell.
    """

    measure: str
    rule: str
    message: str
    severity: Severity = Severity.UNKNOWN
    path: str | None = None
    line: int | None = None
    column: int | None = None
    help_url: str = ""
    fingerprint: str = ""
    held_by: str | None = None
    subject: str = ""
    value: float | None = None
    last_line: int | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """One item's own value of a measure: a function's complexity, a file's coverage.

    It stands from `line` to `last_line`, None where the tool does not tell.
    """

    measure: str
    value: float
    subject: str
    path: str | None = None
    line: int | None = None
    last_line: int | None = None


@dataclass(frozen=True, slots=True)
class CoveredLines:
    """Numbers of a file's lines that hold code: those that some test has run, and the others."""

    covered: frozenset[int] = frozenset()
    uncovered: frozenset[int] = frozenset()

    def merged(self, other: "CoveredLines") -> "CoveredLines":
        """Return both in one; a line that ran in one of them is covered."""
        covered = self.covered | other.covered
        return CoveredLines(covered, (self.uncovered | other.uncovered) - covered)


@dataclass(frozen=True, slots=True)
class TestCase:
    """One test that the project's runner reported; `seconds` is its own duration."""

    __test__ = False

    name: str
    outcome: TestOutcome
    seconds: float = 0.0
    message: str = ""


@dataclass(frozen=True, slots=True)
class Component:
    """A dependency: what is resolved, under which license, and whether it ships.

    `license` is the statement as the package makes it (an SPDX expression where it gives one,
    else its classifier or free text, or empty); `ecosystem` is OSV's name ("PyPI", "crates.io").
    """

    name: str
    version: str
    ecosystem: str
    license: str = ""
    direct: bool = False
    ships: bool = True
    purl: str = ""


@dataclass(frozen=True, slots=True)
class ApiItem:
    """A public item of the API: dotted name, kind (function, class, ...) and signature."""

    name: str
    kind: str
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """The last release beside what is declared now; `previous` is None for a first release."""

    declared: str
    previous: str | None
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class VersionStep:
    """What the change of an API since the last release asks of the version that is declared.

    `previous` and `tag` are the last release (None for a first one), `declared` is "" where only
    the next tag will tell the version. `breaks` and `additions` count changes, None where nothing
    looked for them. `needs` is the smallest step that carries these ("none", "patch", "minor",
    "major") and `required` the smallest final version behind it, "" where no step is needed. `ok`
    says whether what is declared will do, `sentence` says all this to people.
    """

    previous: str | None
    tag: str | None
    declared: str
    breaks: int | None
    additions: int | None
    needs: str
    required: str
    ok: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What one process measured of one thing, round by round.

    `unit` is a base unit: "s" for times, "bytes", "ops/s" for rates. `direction` is the side on
    which a value is the better one. Several fresh processes give several of one name, in the order
    in which they ran.
    """

    name: str
    unit: str
    direction: Literal["lower", "higher"]
    values: tuple[float, ...]


class TimingState(StrEnum):
    """What a comparison with a baseline has come to."""

    OK = "ok"
    REGRESSION = "regression"
    INCONCLUSIVE = "inconclusive"
    NOT_COMPARABLE = "not-comparable"
    FIRST_MEASUREMENT = "first-measurement"


@dataclass(frozen=True, slots=True)
class Timing:
    """A benchmark beside its baseline.

    `value` is the one measured now and `base_value` that of the baseline, both in `unit`. `ratio`
    is how many times worse it became (1.5: half as slow again, whatever the direction of the unit),
    `low` and `high` bound it, as far as the rule gives bounds (None where it does not). `runs` and
    `base_runs` count fresh processes. `rule` names the rule of the comparison, `base` what was
    compared with ("commit 1a2b3c4", "session of 2026-11-21"), `note` says what else must be known:
    why it can't be compared, that the rule is weak.
    """

    name: str
    state: TimingState
    rule: str
    unit: str = "s"
    value: float | None = None
    base_value: float | None = None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    runs: int = 0
    base_runs: int = 0
    base: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one check measured.

    `measures` holds exact values; counts of findings, tests, components and benchmarks need not be
    given, `value` derives them. `unavailable` names measures that cannot exist here, with the
    reason ("no branches in the code"). `notes` are shown beside a pass.
    """

    findings: tuple[Finding, ...] = ()
    measures: Mapping[str, float] = field(default_factory=dict)
    samples: tuple[Sample, ...] = ()
    lines: Mapping[str, CoveredLines] = field(default_factory=dict)
    tests: tuple[TestCase, ...] = ()
    components: tuple[Component, ...] = ()
    surface: tuple[ApiItem, ...] = ()
    benchmarks: tuple[Benchmark, ...] = ()
    timings: tuple[Timing, ...] = ()
    release: Release | None = None
    step: VersionStep | None = None
    unavailable: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def value(self, measure: str) -> float | None:
        """Return the measure's value: the one that was given, else derived from the parts."""
        if measure in self.measures:
            return self.measures[measure]
        derived = _DERIVED.get(measure)
        return None if derived is None else derived(self)

    def count(self, measure: str) -> int:
        """Count the findings of a measure that nothing holds back.

        `findings.high` counts the findings of measure `findings` with severity high.
        """
        return sum(
            finding.held_by is None
            and measure in (finding.measure, f"{finding.measure}.{finding.severity}")
            for finding in self.findings
        )

    def merged(self, other: "Report") -> "Report":
        """Return this report and `other` in one; `other`'s measures win where both have one."""
        return replace(
            self,
            findings=self.findings + other.findings,
            measures={**self.measures, **other.measures},
            samples=self.samples + other.samples,
            lines=_merged_lines(self.lines, other.lines),
            tests=self.tests + other.tests,
            components=self.components + other.components,
            surface=self.surface + other.surface,
            benchmarks=self.benchmarks + other.benchmarks,
            timings=self.timings + other.timings,
            release=other.release or self.release,
            step=other.step or self.step,
            unavailable={**self.unavailable, **other.unavailable},
            notes=self.notes + other.notes,
        )


_DERIVED: Mapping[str, Callable[[Report], int]] = {
    "tests.executed": lambda one: sum(
        test.outcome is not TestOutcome.SKIPPED for test in one.tests
    ),
    "tests.failed": lambda one: sum(test.outcome is TestOutcome.FAILED for test in one.tests),
    "components": lambda one: len(one.components),
    "api.items": lambda one: len(one.surface),
    "benchmarks": lambda one: len(
        {each.name for each in one.benchmarks} | {each.name for each in one.timings}
    ),
}
"""The measures that a report's parts tell, where none was given."""


def _merged_lines(
    ours: Mapping[str, CoveredLines], others: Mapping[str, CoveredLines]
) -> dict[str, CoveredLines]:
    none = CoveredLines()
    paths = dict.fromkeys((*ours, *others))
    return {path: ours.get(path, none).merged(others.get(path, none)) for path in paths}
