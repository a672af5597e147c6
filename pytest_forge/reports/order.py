"""One order for all reports, whatever the order in which the checks came in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pytest_forge.model import Finding, Severity
from pytest_forge.results import CheckResult, RunReport

_SEVERITIES = list(Severity)
# An unknown severity counts as high, so it stands beside the high ones.
_RANKS = {one: _SEVERITIES.index(one) for one in _SEVERITIES} | {
    Severity.UNKNOWN: _SEVERITIES.index(Severity.HIGH)
}


def ordered(run: RunReport) -> RunReport:
    """Return `run` with its checks by manifest, gate and id, and its lists sorted."""
    gates = {gate: place for place, gate in enumerate(run.gate_titles)}

    def place(check: CheckResult) -> tuple[str, int, str, str]:
        return check.manifest, gates.get(check.gate, len(gates)), check.gate, check.id

    return replace(
        run,
        checks=tuple(sorted(run.checks, key=place)),
        not_run=tuple(sorted(run.not_run, key=lambda one: (one.manifest, one.gate, one.why))),
        passed_over=tuple(sorted(run.passed_over, key=lambda one: (one.manifest, one.why))),
        excluded=tuple(sorted(run.excluded)),
    )


def findings_worst_first(findings: Iterable[Finding]) -> Sequence[Finding]:
    """Return findings sorted: held ones last, then by severity, path and line."""
    return sorted(
        findings,
        key=lambda one: (
            one.held_by is not None,
            _RANKS[one.severity],
            one.path or "",
            one.line or 0,
            one.rule,
        ),
    )


def waived_because(check: CheckResult, rule: str) -> str:
    """Return the sentence with which the check tells that `rule` is waived, "" if there is none.

    Rule may be a finding's rule or the name of a limit. The sentence is one of the check's notes,
    or part of its reason where the whole check is waived.
    """
    start = re.compile(rf"{re.escape(rule)}(?: in .*)? is waived until ")
    for text in (*check.notes, *check.reason.split("; "), check.reason):
        if rule and start.match(text):
            return text
    return ""
