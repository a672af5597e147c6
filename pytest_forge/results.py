"""What a run of forge has found: the values that reports are written from.

A result is made of plain values only, so that it can travel between processes: `to_dict` gives
exactly the objects of `report.json`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from pytest_forge.errors import ErrorName
from pytest_forge.model import (
    Component,
    Finding,
    Outcome,
    Severity,
    TestCase,
    TestOutcome,
    Timing,
    TimingState,
    VersionStep,
)
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

    def to_dict(self) -> dict[str, Any]:
        """Return the check's object in `report.json` (plain lists, dicts, strings, numbers)."""
        return {
            "id": self.id,
            "manifest": self.manifest,
            "language": self.language,
            "gate": self.gate,
            "tool": self.tool,
            "tool_version": self.tool_version,
            "command": list(self.command),
            "outcome": str(self.outcome),
            "error": None if self.error is None else str(self.error),
            "reason": self.reason,
            "notes": list(self.notes),
            "measures": dict(sorted(self.measures.items())),
            "limits": [
                {
                    "name": one.name,
                    "actual": one.actual,
                    "limit": one.limit,
                    "ok": one.ok,
                    "stated": one.stated,
                }
                for one in self.limits
            ],
            "findings": [_finding_to_dict(one) for one in self.findings],
            "tests": _tests_to_dict(self.tests),
            "components": [_component_to_dict(one) for one in self.components],
            "step": None if self.step is None else asdict(self.step),
            "timings": [asdict(one) for one in self.timings],
            "seconds": round(self.seconds, 3),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "CheckResult":
        """Rebuild a result from `to_dict`; passed and skipped tests come back as counts only."""
        return cls(
            id=data["id"],
            manifest=data["manifest"],
            language=data["language"],
            gate=data["gate"],
            tool=data["tool"],
            tool_version=data["tool_version"],
            command=tuple(data["command"]),
            outcome=Outcome(data["outcome"]),
            error=None if data["error"] is None else ErrorName(data["error"]),
            reason=data["reason"],
            notes=tuple(data["notes"]),
            measures=data["measures"],
            limits=tuple(LimitResult(**one) for one in data["limits"]),
            findings=tuple(_finding_from_dict(one) for one in data["findings"]),
            tests=_tests_from_dict(data["tests"]),
            components=tuple(Component(**one) for one in data["components"]),
            step=None if data["step"] is None else VersionStep(**data["step"]),
            timings=tuple(_timing_from_dict(one) for one in data["timings"]),
            seconds=data["seconds"],
            surface=tuple(data.get("surface", ())),
        )


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


def _finding_to_dict(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "message": finding.message,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "measure": finding.measure,
        "help_url": finding.help_url,
        "fingerprint": finding.fingerprint,
        "held_by": finding.held_by,
        "subject": finding.subject,
        "value": finding.value,
    }


def _finding_from_dict(data: Mapping[str, Any]) -> Finding:
    return Finding(**{**data, "severity": Severity(data["severity"])})


def _timing_from_dict(data: Mapping[str, Any]) -> Timing:
    return Timing(**{**data, "state": TimingState(data["state"])})


def _tests_to_dict(tests: Sequence[TestCase]) -> dict[str, Any]:
    counts = {str(outcome): 0 for outcome in TestOutcome}
    for test in tests:
        counts[str(test.outcome)] += 1
    failures = [
        {"name": test.name, "message": test.message}
        for test in tests
        if test.outcome is TestOutcome.FAILED
    ]
    return {**counts, "failures": failures}


def _tests_from_dict(data: Mapping[str, Any]) -> tuple[TestCase, ...]:
    failures = tuple(
        TestCase(one["name"], TestOutcome.FAILED, message=one["message"])
        for one in data["failures"]
    )
    rest = tuple(
        TestCase("", outcome)
        for outcome in (TestOutcome.PASSED, TestOutcome.SKIPPED)
        for _ in range(data[str(outcome)])
    )
    return failures + rest


def _component_to_dict(component: Component) -> dict[str, Any]:
    return {
        "name": component.name,
        "version": component.version,
        "ecosystem": component.ecosystem,
        "license": component.license,
        "direct": component.direct,
        "ships": component.ships,
        "purl": component.purl,
    }
