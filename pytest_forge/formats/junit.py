"""JUnit XML, as pytest, vitest, nextest and surefire write it.

A test that errors has failed, and so has a module that cannot be collected: pytest writes it as a
test case with an error.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException
from junitparser import Error, Failure, JUnitXml, JUnitXmlError, Skipped
from junitparser import TestCase as JUnitCase
from junitparser import TestSuite as JUnitSuite

from pytest_forge.formats.reading import plain, unreadable
from pytest_forge.model import Report, TestCase, TestOutcome

# pytest writes characters that XML cannot hold as #x1B, so its terminal escapes look like this.
_WRITTEN_ESCAPE = re.compile(r"#x1B\[[0-9;]*[A-Za-z]")


def parse(data: bytes) -> Report:
    """Return the tests of a JUnit report; raises `OutputUnreadable`."""
    root = _root(data)
    try:
        junit = JUnitXml.fromroot(root)  # type: ignore[arg-type]
        suites = [junit] if isinstance(junit, JUnitSuite) else list(junit)
        tests = [test for suite in suites for test in _tests(suite)]
    except (JUnitXmlError, ValueError, TypeError, AttributeError) as error:
        raise unreadable("the test runner", f"not JUnit XML ({error})") from error
    return Report(tests=tuple(tests))


def _root(data: bytes) -> Element:
    try:
        # A DOCTYPE is allowed, entities are not: defusedxml's default.
        root: Element = defusedxml.ElementTree.fromstring(data)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise unreadable("the test runner", f"not well-formed XML ({error})") from error
    if root.tag not in ("testsuites", "testsuite"):
        raise unreadable("the test runner", f"<{root.tag}> is not JUnit's root element")
    if root.tag == "testsuites" and root.find("testsuite") is None and len(root):
        raise unreadable("the test runner", "<testsuites> holds no <testsuite>")
    return root


def _tests(suite: JUnitSuite) -> Iterator[TestCase]:
    tests = [_test(case) for case in suite]
    inner: Iterator[JUnitSuite] = suite.testsuites()  # type: ignore[no-untyped-call]
    nested = [test for one in inner for test in _tests(one)]
    everything = tests + nested
    _require_all(suite, everything)
    yield from everything


def _require_all(suite: JUnitSuite, tests: list[TestCase]) -> None:
    # More than announced may be there: pytest counts a test that fails and then errors in its
    # teardown once and writes it twice. Fewer means that something is missing.
    failed = sum(test.outcome is TestOutcome.FAILED for test in tests)
    announced = (suite.failures or 0) + (suite.errors or 0)
    if (suite.tests or 0) > len(tests) or announced > failed:
        raise unreadable(
            "the test runner",
            f"suite {suite.name!r} announces {suite.tests} tests and {announced} failures, "
            f"but holds {len(tests)} and {failed}",
        )


def _test(case: JUnitCase) -> TestCase:
    if case.name is None:
        raise unreadable("the test runner", "a test case has no name")
    outcome, message = TestOutcome.PASSED, ""
    for result in case.result:
        text = _WRITTEN_ESCAPE.sub("", result.message or result.text or "")
        if isinstance(result, Failure | Error):
            outcome, message = TestOutcome.FAILED, plain(text)
            break
        if isinstance(result, Skipped):
            outcome, message = TestOutcome.SKIPPED, plain(text)
    name = f"{case.classname}::{case.name}" if case.classname else case.name
    return TestCase(plain(name), outcome, float(case.time or 0.0), message)
