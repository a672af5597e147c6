"""The objects of checks in `report.json`: from results, and back to results.

With them a result travels between processes, too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
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
from pytest_forge.results import CheckResult, LimitResult


def check_to_dict(check: CheckResult) -> dict[str, Any]:
    """Return the check's object in `report.json` (plain lists, dicts, strings, numbers)."""
    return {
        "id": check.id,
        "manifest": check.manifest,
        "language": check.language,
        "gate": check.gate,
        "tool": check.tool,
        "tool_version": check.tool_version,
        "command": list(check.command),
        "outcome": str(check.outcome),
        "error": None if check.error is None else str(check.error),
        "reason": check.reason,
        "notes": list(check.notes),
        "measures": dict(sorted(check.measures.items())),
        "limits": [asdict(one) for one in check.limits],
        "findings": [_finding_to_dict(one) for one in check.findings],
        "tests": _tests_to_dict(check.tests),
        "components": [asdict(one) for one in check.components],
        "step": None if check.step is None else asdict(check.step),
        "timings": [asdict(one) for one in check.timings],
        "seconds": round(check.seconds, 3),
    }


def check_from_dict(data: Mapping[str, Any]) -> CheckResult:
    """Rebuild a result from `check_to_dict`; passed and skipped tests come back as counts only."""
    return CheckResult(
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
