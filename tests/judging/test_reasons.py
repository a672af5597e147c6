import pytest

from pytest_forge.judging import Limit
from pytest_forge.judging.reasons import beyond, sentence, shown
from pytest_forge.model import Finding, Report, Severity, TestCase, TestOutcome

COVERAGE = Limit("coverage.line", "at least", 80, unit="%")
LINT = Limit("lint.findings", "at most", 0, noun="lint findings")
HIGH = Limit("findings.high", "at most", 0, noun="high findings")
COMPLEXITY = Limit("complexity.max", "at most", 9, each=True, noun="functions too complex")
FAILED = Limit("tests.failed", "at most", 0, noun="tests failed")


def lint(rule: str = "F401", line: int = 1, held_by: str | None = None) -> Finding:
    return Finding("lint.findings", rule, "unused", path="src/x", line=line, held_by=held_by)


@pytest.mark.parametrize(
    ("actual", "bound", "text"),
    [
        (79.996, 80, "79.996 % < 80 %"),
        (79.996123456, 80, "79.996 % < 80 %"),
        (79.99996123456, 80, "79.99996 % < 80 %"),
        (79.9999999, 80, "79.9999999 % < 80 %"),
        (75, 80, "75 % < 80 %"),
        (66.666666666, 80, "66.67 % < 80 %"),
        (0, 80, "0 % < 80 %"),
        (100 * 2 / 3, 66.67, "66.667 % < 66.67 %"),
        (99.99, 100, "99.99 % < 100 %"),
    ],
)
def test_the_digits_are_enough_to_see_the_difference(
    actual: float, bound: float, text: str
) -> None:
    assert beyond(COVERAGE, actual, bound) == text


@pytest.mark.parametrize(("bound", "bit"), [(80, 2**-46), (0.25, 2**-55)])
def test_a_difference_in_the_last_bit_still_shows(bound: float, bit: float) -> None:
    text, _, rest = beyond(COVERAGE, bound - bit, bound).partition(" ")
    assert float(text) < bound
    assert rest == f"% < {bound} %"


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (100, "100"), (1200, "1200"), (2.5, "2.5"), (1 / 3, "0.33")]
)
def test_numbers_have_no_needless_digits(value: float, text: str) -> None:
    assert shown(value) == text


def test_a_measure_is_told_in_numbers() -> None:
    assert sentence(COVERAGE, 79.996, 80, Report()) == "coverage.line 79.996 % < 80 %"


def test_one_finding_speaks_for_itself() -> None:
    assert sentence(LINT, 1, 0, Report((lint(),))) == "F401 src/x:1 unused"


def test_of_many_findings_the_first_is_shown() -> None:
    report = Report((lint(), lint("E501", 3)))
    assert sentence(LINT, 2, 0, report) == "2 lint findings, first: F401 src/x:1 unused"


def test_findings_over_a_limit_show_the_limit() -> None:
    report = Report((lint(), lint(line=2), lint(line=3)))
    assert sentence(LINT, 3, 2, report) == "3 lint findings > 2, first: F401 src/x:1 unused"


def test_a_held_finding_is_not_the_first() -> None:
    report = Report((lint("E501", held_by="waiver"), lint()))
    assert sentence(LINT, 1, 0, report) == "F401 src/x:1 unused"


def test_a_count_without_its_findings_is_told_in_numbers() -> None:
    assert sentence(LINT, 4, 0, Report()) == "lint.findings 4 > 0"


def test_a_severity_that_a_limit_is_about_is_shown() -> None:
    report = Report(
        (
            Finding("findings", "ADV-1", "thing 1.6.0", Severity.CRITICAL),
            Finding("findings", "S105", "hardcoded password", Severity.HIGH, "src/a", 3),
        )
    )
    assert sentence(HIGH, 1, 0, report) == "S105 src/a:3 hardcoded password (high)"


def test_a_finding_without_a_line_shows_its_path() -> None:
    report = Report((Finding("lint.findings", "", "would be changed", path="src/x"),))
    assert sentence(LINT, 1, 0, report) == "src/x would be changed"


def test_samples_beyond_their_limit_are_counted_by_their_findings() -> None:
    one = Finding("complexity.max", "complexity.max", "parse: 12 > 9", path="src/x", line=4)
    assert sentence(COMPLEXITY, 12, 9, Report((one,))) == "complexity.max src/x:4 parse: 12 > 9"
    assert sentence(COMPLEXITY, 12, 9, Report((one, one))) == (
        "2 functions too complex, first: complexity.max src/x:4 parse: 12 > 9"
    )


def case(name: str, message: str = "", outcome: TestOutcome = TestOutcome.FAILED) -> TestCase:
    return TestCase(name, outcome, message=message)


def test_a_failed_test_is_named_with_its_message() -> None:
    tests = (case("fine", outcome=TestOutcome.PASSED), case("t::a", "AssertionError: 1 == 2"))
    assert sentence(FAILED, 1, 0, Report(tests=tests)) == "t::a failed: AssertionError: 1 == 2"


def test_of_many_failed_tests_the_first_is_shown() -> None:
    report = Report(tests=(case("t::a"), case("t::b")))
    assert sentence(FAILED, 2, 0, report) == "2 tests failed, first: t::a"


def test_a_message_of_many_lines_becomes_one_short_line() -> None:
    report = Report(tests=(case("t::a", "assert\n  1\n" * 200),))
    text = sentence(FAILED, 1, 0, report)
    assert "\n" not in text
    assert len(text) < 250
    assert text.endswith("...")
