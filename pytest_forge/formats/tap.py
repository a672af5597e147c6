"""The Test Anything Protocol, as ava writes it (`ava --tap`)."""

import re
from collections.abc import Iterator

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Report, TestCase, TestOutcome

_COUNT = re.compile(r"# (tests|pass|skip|fail) (\d+)")
_PLAN = re.compile(r"1\.\.(\d+)")
_POINT = re.compile(r"(?P<not>not )?ok (?P<number>\d+)(?: - )?(?P<rest>.*)")
_DIRECTIVE = re.compile(r"^(?P<name>.*?)(?:\s*# (?P<kind>SKIP|TODO)\b.*)?$", re.IGNORECASE)
_MESSAGE = re.compile(r" {4}(?P<kind>message|assertion|name): (?P<text>.+)")


def parse(data: bytes) -> Report:
    """Return the tests; raises `OutputUnreadable`, also where they are not as many as planned."""
    text = lines(data)
    plans = [int(found[1]) for line in text if (found := _PLAN.fullmatch(line))]
    if not text or not text[0].startswith("TAP version ") or len(plans) != 1:
        raise unreadable("the test runner", "it is no TAP with a version and one plan")
    tests = tuple(_tests(text))
    if len(tests) != plans[0]:
        raise unreadable("the test runner", f"it names {len(tests)} tests of {plans[0]}")
    _demand_counts(text, [one.outcome for one in tests])
    return Report(tests=tests)


def _demand_counts(text: list[str], outcomes: list[TestOutcome]) -> None:
    """Refuse a text that counts other outcomes than these."""
    counts = {found[1]: int(found[2]) for line in text if (found := _COUNT.fullmatch(line))}
    told = {
        "tests": len(outcomes),
        "pass": outcomes.count(TestOutcome.PASSED),
        "fail": outcomes.count(TestOutcome.FAILED),
    }
    if any(counts.get(name) != number for name, number in told.items()):
        raise unreadable("the test runner", f"it names {told}, but counts {counts}")


def _tests(text: list[str]) -> Iterator[TestCase]:
    for number, line in enumerate(text):
        point = _POINT.fullmatch(line)
        if not point:
            continue
        named = _DIRECTIVE.fullmatch(point["rest"])
        kind = named["kind"] if named else None
        outcome = TestOutcome.FAILED if point["not"] else TestOutcome.PASSED
        if kind:
            outcome = TestOutcome.SKIPPED
        name = named["name"] if named else point["rest"]
        said = _said(text, number) if outcome is TestOutcome.FAILED else ""
        yield TestCase(name.strip() or f"test {point['number']}", outcome, 0.0, said)


def _said(text: list[str], number: int) -> str:
    """Return what the YAML block behind a test point says first of why, "" for nothing."""
    said: dict[str, str] = {}
    for line in text[number + 1 :]:
        if _POINT.fullmatch(line):
            break
        found = _MESSAGE.fullmatch(line)
        if found:
            said.setdefault(found["kind"], found["text"].strip("'\""))
    return next(filter(None, map(said.get, ("message", "assertion", "name"))), "")
