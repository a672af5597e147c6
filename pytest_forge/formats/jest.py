"""jest's JSON report (`jest --json --outputFile=FILE`)."""

from collections.abc import Iterator

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Report, Sample, TestCase, TestOutcome

RAN = "tests.file"
"""The measure of the samples that name each file of tests that was run."""

_OUTCOMES = {
    "passed": TestOutcome.PASSED,
    "failed": TestOutcome.FAILED,
    "pending": TestOutcome.SKIPPED,
    "skipped": TestOutcome.SKIPPED,
    "todo": TestOutcome.SKIPPED,
    "disabled": TestOutcome.SKIPPED,
}


def parse(data: bytes) -> Report:
    """Return the tests, and a sample for each file; one that can't be run is a failed test.

    Raises `OutputUnreadable`, also where the tests are not as many as it counts.
    """
    document = parse_json(data, "jest")
    files = list(document.key("testResults").items())
    tests = tuple(one for file in files for one in _tests(file))
    counted = (
        document.key("numTotalTests").count() + document.key("numRuntimeErrorTestSuites").count()
    )
    if len(tests) != counted:
        raise unreadable("jest", f"it names {len(tests)} tests, but counts {counted}")
    names = [file.key("name").text() for file in files]
    return Report(tests=tests, samples=tuple(Sample(RAN, 1, name, name) for name in names))


def _tests(file: Value) -> Iterator[TestCase]:
    cases = list(file.key("assertionResults").items())
    if not cases and file.key("status").text() == "failed":
        name, message = file.key("name").text(), file.key("message").text()
        yield TestCase(name.rpartition("/")[2], TestOutcome.FAILED, 0.0, _cause(message))
    for case in cases:
        status = case.key("status").text()
        if status not in _OUTCOMES:
            raise unreadable("jest", f"{case.at}.status is {status!r}")
        duration = case.optional("duration")
        said = [one.text() for one in case.key("failureMessages").items()]
        yield TestCase(
            case.key("fullName").text(),
            _OUTCOMES[status],
            (duration.count() if duration else 0) / 1000,
            said[0].splitlines()[0] if said and said[0] else "",
        )


def _cause(message: str) -> str:
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    # The first line is a bullet with a heading.
    return next((line for line in lines if "●" not in line), "it can't be run")
