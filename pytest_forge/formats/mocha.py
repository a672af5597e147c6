"""mocha's JSON report (`mocha --reporter json --reporter-option output=FILE`).

Not its XUnit one, which counts failures as errors and then tells none.
"""

from pytest_forge.formats.jest import RAN
from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Report, Sample, TestCase, TestOutcome


def parse(data: bytes) -> Report:
    """Return the tests, and a sample for each file; a hook that fails is a failed test.

    Raises `OutputUnreadable`, also where the tests are not as many as it counts.
    """
    document = parse_json(data, "mocha")
    stats = document.key("stats")
    groups = {
        "passes": TestOutcome.PASSED,
        "failures": TestOutcome.FAILED,
        "pending": TestOutcome.SKIPPED,
    }
    tests: list[TestCase] = []
    for name, outcome in groups.items():
        found = list(document.key(name).items())
        if len(found) != stats.key(name).count():
            raise unreadable("mocha", f"it names {len(found)} {name}, but counts otherwise")
        tests += (_test(one, outcome) for one in found)
    if len(tests) < stats.key("tests").count():
        raise unreadable("mocha", "it counts more tests than it names")
    files = [one.optional("file") for one in document.key("tests").items()]
    names = dict.fromkeys(file.text() for file in files if file)
    return Report(tests=tuple(tests), samples=tuple(Sample(RAN, 1, one, one) for one in names))


def _test(one: Value, outcome: TestOutcome) -> TestCase:
    duration = one.optional("duration")
    error = one.optional("err")
    message = error.optional("message") if error else None
    return TestCase(
        one.key("fullTitle").text(),
        outcome,
        (duration.count() if duration else 0) / 1000,
        message.text().partition("\n")[0] if message else "",
    )
