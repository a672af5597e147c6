"""What a change has to answer for, as lines of Markdown: what it brought, the worst first."""

from collections.abc import Iterator
from itertools import chain, starmap

from pytest_forge.model import Finding, Severity, TestOutcome
from pytest_forge.reports.escape import code, markdown
from pytest_forge.reports.order import findings_worst_first
from pytest_forge.reports.wording import UNMET, held
from pytest_forge.results import POLICY_RULE, CheckResult, RunReport

_TEXT = 300


def brought(run: RunReport) -> Iterator[str]:
    """Yield failed tests, then findings that count, then what is only remarked of the change.

    Nothing where the run is not about a change. What weakens a rule has a section of its own.
    """
    if run.since is None:
        return
    checks = run.worst_first()
    found = [(one, check) for check in checks for one in _counting(check)]
    # Stable: what is only remarked goes behind everything else, each in its order.
    found.sort(key=lambda one: one[0].severity is Severity.INFO)
    told = [*chain.from_iterable(map(_failures, checks)), *starmap(_line, found)]
    if not told and not any(check.outcome in UNMET for check in checks):
        told = ["Nothing that was found is of this change."]
    yield from told


def finding_line(finding: Finding) -> str:
    """Return place, severity, rule and message of a finding, and what holds it."""
    place = finding.path or ""
    if place and finding.line is not None:
        place = f"{place}:{finding.line}"
    severity = "" if finding.severity is Severity.UNKNOWN else str(finding.severity)
    mark = f"({held(finding.held_by)})" if finding.held_by else ""
    message = markdown(finding.message, _TEXT)
    parts = (code(place, _TEXT), severity, code(finding.rule, _TEXT), message, mark)
    return " ".join(part for part in parts if part)


def failed_tests(check: CheckResult) -> Iterator[str]:
    """Yield name and message of each test that has failed."""
    for test in check.tests:
        if test.outcome is TestOutcome.FAILED:
            message = f": {markdown(test.message, _TEXT)}" if test.message else ""
            yield f"failed test {code(test.name, _TEXT)}{message}"


def _counting(check: CheckResult) -> Iterator[Finding]:
    for one in findings_worst_first(check.findings):
        if one.held_by is None and one.rule != POLICY_RULE:
            yield one


def _line(finding: Finding, check: CheckResult) -> str:
    return f"- {finding_line(finding)} ({code(check.id, _TEXT)})"


def _failures(check: CheckResult) -> Iterator[str]:
    return (f"- {line} ({code(check.id, _TEXT)})" for line in failed_tests(check))
