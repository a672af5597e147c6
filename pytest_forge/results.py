"""What a run of forge has found: the values that reports are written from.

A result is made of plain values only, so that it can travel between processes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pytest_forge.errors import ErrorName
from pytest_forge.model import Component, Finding, Outcome, TestCase, Timing, VersionStep
from pytest_forge.projects import REPOSITORY

POLICY_RULE = "policy-weakened"
"""The rule of the findings that tell what a change weakens of the rules by which it is judged."""


@dataclass(frozen=True, slots=True)
class LimitResult:
    """One limit as it was judged: exact values, never rounded ones.

    `stated` is the limit that would hold without the baseline, None where that is the same one.
    """

    name: str
    actual: float
    limit: float
    ok: bool
    stated: float | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcome of one check with everything that explains it.

    `surface` are the items of the public API as lines, for the baseline; reports leave them out.
    `id` is `manifest::gate::check`; `reason` is one line, empty for a plain pass; `seconds` is the
    time of the processes that fed the check.
    """

    id: str
    manifest: str
    language: str
    gate: str
    tool: str
    outcome: Outcome
    tool_version: str = ""
    command: tuple[str, ...] = ()
    error: ErrorName | None = None
    reason: str = ""
    notes: tuple[str, ...] = ()
    measures: Mapping[str, float] = field(default_factory=dict)
    limits: tuple[LimitResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    tests: tuple[TestCase, ...] = ()
    components: tuple[Component, ...] = ()
    step: VersionStep | None = None
    timings: tuple[Timing, ...] = ()
    seconds: float = 0.0
    surface: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotRun:
    """Something that was collected or could have been, and was not run."""

    manifest: str
    gate: str
    why: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A manifest that is not a project of this run, and why."""

    manifest: str
    why: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The revision since which a run looked, its merge base with HEAD, and what it found touched.

    `touched` are the manifests of projects that hold a change or depend on what does.
    """

    revision: str
    base: str
    touched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GateRow:
    """A gate's outcome for one manifest: that of its worst check."""

    gate: str
    manifest: str
    language: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class RunReport:
    """A whole run, as every writer gets it.

    `root_directory` is forge's root on this machine, for reading sources; it is not written.
    `commit` is empty outside git. `gate_titles` gives id -> title in running order.
    `profile` is the name of the one under which the run stood, empty for none. `since` is None
    where everything was asked for, not only what was changed.
    """

    version: str
    root_directory: str
    commit: str
    dirty: bool
    complete: bool
    checks: tuple[CheckResult, ...]
    gate_titles: Mapping[str, str]
    not_run: tuple[NotRun, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    excluded: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    profile: str = ""
    since: Compared | None = None

    def gates(self) -> tuple[GateRow, ...]:
        """Return a row for each manifest and gate with a check, in order of the checks."""
        grouped: dict[tuple[str, str], list[CheckResult]] = {}
        for check in self.checks:
            grouped.setdefault((check.manifest, check.gate), []).append(check)
        return tuple(
            GateRow(gate, manifest, _language(rows), Outcome.worst(row.outcome for row in rows))
            for (manifest, gate), rows in grouped.items()
        )

    def worst_first(self) -> Sequence[CheckResult]:
        """Return the checks sorted by outcome, worst first, otherwise in their order."""
        order = list(Outcome)
        return sorted(self.checks, key=lambda check: order.index(check.outcome))


def _language(rows: Sequence[CheckResult]) -> str:
    """Return the project's language where the repository's own checks stand beside it."""
    return next((row.language for row in rows if row.language != REPOSITORY), REPOSITORY)
