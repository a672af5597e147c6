"""JUnit XML, as pytest, vitest, nextest and surefire write it.

A test that errors has failed, and so has a module that cannot be collected: pytest writes it as a
test case with an error.
"""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from junitparser import Error, Failure, JUnitXml, JUnitXmlError, Skipped
from junitparser import TestCase as JUnitCase
from junitparser import TestSuite as JUnitSuite
from junitparser.junitparser import Result

from pytest_forge.formats.markup import parse_xml
from pytest_forge.formats.reading import plain, unreadable
from pytest_forge.model import Report, TestCase, TestOutcome

_NOT_COLLECTED = "collection failure"
# pytest writes characters that XML cannot hold as #x1B, so its terminal escapes look like this.
_WRITTEN_ESCAPE = re.compile(r"#x1B\[[0-9;]*[A-Za-z]")


def parse(data: bytes) -> Report:
    """Return the tests of a JUnit report; raises `OutputUnreadable`."""
    root = _root(data)
    try:
        for suite in root.iter("testsuite"):
            _require_all(suite)
        junit = JUnitXml.fromroot(root)  # type: ignore[arg-type]
        # Before version 4 a single suite came back as it is. Its cases include nested suites'.
        suites = [junit] if isinstance(junit, JUnitSuite) else list(junit)
        tests = [_test(case) for suite in suites for case in suite]
    except (JUnitXmlError, ValueError, TypeError, AttributeError) as error:
        raise unreadable("the test runner", f"not JUnit XML ({error})") from error
    return Report(tests=_without_repeats(tests))


def _root(data: bytes) -> Element:
    root = parse_xml(data, "the test runner", "testsuites", "testsuite")
    if root.tag == "testsuites" and root.find("testsuite") is None and len(root):
        raise unreadable("the test runner", "<testsuites> holds no <testsuite>")
    return root


def _without_repeats(tests: Iterable[TestCase]) -> tuple[TestCase, ...]:
    """Join what pytest writes twice: a test that fails and then errors in its teardown."""
    joined: list[TestCase] = []
    for test in tests:
        last = joined[-1] if joined else None
        failed = last is not None and last.outcome is test.outcome is TestOutcome.FAILED
        if last is not None and failed and last.name == test.name:
            seconds, message = last.seconds + test.seconds, f"{last.message}\n{test.message}"
            joined[-1] = TestCase(test.name, test.outcome, seconds, message)
        else:
            joined.append(test)
    return tuple(joined)


def _require_all(suite: Element) -> None:
    """Refuse a suite that holds less than it announces; where it announces nothing, anything."""
    # More is no harm. The library recounts what is not announced, hence the elements themselves.
    cases = list(suite.iter("testcase"))
    failed = sum(case.find("failure") is not None for case in cases)
    errors = sum(case.find("error") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    counts = {"tests": len(cases), "failures": failed, "errors": errors, "skipped": skipped}
    for name, found in counts.items():
        announced = int(suite.get(name) or 0)
        if announced > found:
            raise unreadable(
                "the test runner",
                f"suite {suite.get('name')!r} announces {announced} {name}, but holds {found}",
            )


def _test(case: JUnitCase) -> TestCase:
    if case.name is None:
        raise unreadable("the test runner", "a test case has no name")
    outcome, message = TestOutcome.PASSED, ""
    for result in case.result:
        text = _WRITTEN_ESCAPE.sub("", _said(result))
        if isinstance(result, Failure | Error):
            outcome, message = TestOutcome.FAILED, plain(text)
            break
        if isinstance(result, Skipped):
            outcome, message = TestOutcome.SKIPPED, plain(text)
    name = f"{case.classname}::{case.name}" if case.classname else case.name
    return TestCase(plain(name), outcome, float(case.time or 0.0), message)


def _said(result: Result) -> str:
    """Return a result's message; of a module that cannot be collected also why, from the text."""
    message, text = result.message or "", result.text or ""
    if message != _NOT_COLLECTED or not text.strip():
        return message or text
    return f"{message}: {_cause(text)}"


def _cause(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    # pytest marks the lines of the error itself with an E, where it shows a traceback.
    errors = [line[1:].strip() for line in lines if line.startswith("E ")]
    return (errors or lines)[-1]
