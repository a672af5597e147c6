"""JUnit XML as Node.js's own test runner writes it (`node --test --test-reporter=junit`).

Unlike others it sets test cases of no suite beside the suites. How many tests there were it says in
comments at the end. A file in which no test was run (there is none, or the process ended before) it
counts as a test of the file's own name that has passed.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from pytest_forge.formats.markup import parse_xml
from pytest_forge.formats.reading import plain, unreadable
from pytest_forge.model import Report, TestCase, TestOutcome

_NO_TEST = "no test of this file was run: there is none, or the process ended before"
_FILE = re.compile(r"(?:/.*|[A-Za-z]:\\.*|\S+)\.[cm]?[jt]sx?")
_COUNT = re.compile(rb"<!-- (\w+) (\d+) -->")


def parse(data: bytes) -> Report:
    """Return the tests; a file without any is a skipped one.

    Raises `OutputUnreadable`, also where they are not as many as counted.
    """
    root = parse_xml(data, "node --test", "testsuites")
    tests = tuple(_tests(root, ""))
    counts = {name.decode(): int(number) for name, number in _COUNT.findall(data)}
    if counts.get("tests") != len(tests):
        raise unreadable("node --test", f"it names {len(tests)} tests, but counts {counts}")
    return Report(tests=tests)


def _tests(element: Element, above: str) -> Iterator[TestCase]:
    for one in element:
        name = plain(one.get("name", ""))
        full = f"{above} > {name}" if above else name
        if one.tag == "testsuite":
            yield from _tests(one, full)
        elif one.tag == "testcase":
            test = _test(one, full)
            stands_for_file = not above and _FILE.fullmatch(name) is not None
            yield _as_file(test) if stands_for_file else test


def _as_file(test: TestCase) -> TestCase:
    if test.outcome is not TestOutcome.PASSED:
        return test
    return replace(test, outcome=TestOutcome.SKIPPED, message=_NO_TEST)


def _test(case: Element, name: str) -> TestCase:
    outcome, message = TestOutcome.PASSED, ""
    for kind, meant in (
        ("skipped", TestOutcome.SKIPPED),
        ("failure", TestOutcome.FAILED),
        ("error", TestOutcome.FAILED),
    ):
        found = case.find(kind)
        if found is not None:
            outcome, message = meant, plain(found.get("message", "") or (found.text or ""))
    try:
        seconds = float(case.get("time", "0"))
    except ValueError as error:
        raise unreadable("node --test", f"the time of {name} is no number") from error
    return TestCase(name, outcome, seconds, message)
