"""The one line that says why a check did not pass."""

from collections.abc import Sequence

from pytest_forge.judging import Limit
from pytest_forge.model import Finding, Report, TestCase, TestOutcome
from pytest_forge.phrases import clipped

LONGEST = 200
"""Characters of a tool's message that a reason shows; the finding itself keeps all of it."""


def sentence(limit: Limit, actual: float, bound: float, report: Report) -> str:
    """Say how a limit is broken: by the one item, by the first of many, or in numbers alone."""
    items = _broken_by(limit, report)
    if not items:
        return f"{limit.measure} {beyond(limit, actual, bound)}"
    if len(items) == 1 and (limit.each or actual <= 1):
        return items[0]
    noun = limit.noun or f"findings of {limit.measure}"
    if limit.each:
        return f"{len(items)} {noun}, first: {items[0]}"
    over = f" > {shown(bound)}" if bound else ""
    return f"{shown(actual)} {noun}{over}, first: {items[0]}"


def beyond(limit: Limit, actual: float, bound: float) -> str:
    """Write a value and the bound that it breaks with enough digits to see the difference."""
    sign = ">" if limit.sense == "at most" else "<"
    unit = f" {limit.unit}" if limit.unit else ""
    return f"{_apart(actual, bound)}{unit} {sign} {shown(bound)}{unit}"


def shown(value: float) -> str:
    """Write a number with two decimals at most, and without needless ones."""
    return _digits(value, 2)


def _apart(actual: float, bound: float) -> str:
    for places in range(2, 16):
        text = _digits(actual, places)
        if text != _digits(bound, places):
            return text
    return repr(actual)


def _digits(value: float, places: int) -> str:
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _broken_by(limit: Limit, report: Report) -> Sequence[str]:
    if limit.measure == "tests.failed":
        failed = [one for one in report.tests if one.outcome is TestOutcome.FAILED]
        return [_test(one, single=len(failed) == 1) for one in failed]
    free = [one for one in report.findings if one.held_by is None]
    return [text for one in free if (text := _counted_as(limit.measure, one))]


def _counted_as(measure: str, finding: Finding) -> str:
    if measure == finding.measure:
        return _finding(finding)
    if measure == f"{finding.measure}.{finding.severity}":
        return f"{_finding(finding)} ({finding.severity})"
    return ""


def _finding(finding: Finding) -> str:
    place = finding.path or ""
    if place and finding.line is not None:
        place = f"{place}:{finding.line}"
    return " ".join(part for part in (finding.rule, place, _line(finding.message)) if part)


def _test(test: TestCase, single: bool) -> str:
    message = _line(test.message)
    name = f"{test.name} failed" if single else test.name
    return f"{name}: {message}" if message else name


def _line(text: str) -> str:
    return clipped(" ".join(text.split()), LONGEST)
