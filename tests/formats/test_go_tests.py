from collections.abc import Callable

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import go_cover, go_cover_functions, go_test
from pytest_forge.model import Report, TestOutcome

Recorded = Callable[[str, str, str], bytes]


def _outcomes(report: Report) -> dict[str, TestOutcome]:
    return {one.name.removeprefix("example.com/shop/"): one.outcome for one in report.tests}


def test_tests_subtests_and_examples_count(recorded: Recorded) -> None:
    report = go_test.parse(recorded("go-test", "clean", "tests"))

    assert sorted(one.name.removeprefix("example.com/") for one in report.tests) == [
        "shop.TestTotal",
        "shop.TestTotal/one",
        "shop.TestTotal/two",
        "shop/cmd/shop.Example_main",
        "shop/internal/names.TestString",
        "shop/till.TestAdd",
    ]
    assert report.value("tests.executed") == 6
    assert report.value("tests.failed") == 0
    assert report.measures == {"packages.tested": 4}


def test_every_way_to_fail_is_a_failed_test(recorded: Recorded) -> None:
    outcomes = _outcomes(go_test.parse(recorded("go-test", "failures", "tests")))

    failed = {name for name, outcome in outcomes.items() if outcome is TestOutcome.FAILED}
    assert failed == {
        "breaks",  # does not build
        "exits.TestA",  # os.Exit(1) in a test
        "quits.TestA",  # os.Exit(0) in a test
        "mains",  # os.Exit(3) in TestMain
        "panics.TestA",
        "fails.TestA",
        "fails.TestA/sub/x",
        "fails.ExampleSaid",
    }
    assert outcomes["fails.FuzzA/seed#0"] is TestOutcome.PASSED
    assert outcomes["skips.TestA"] is TestOutcome.SKIPPED


def test_a_process_that_ends_before_its_tests_has_skipped_them(recorded: Recorded) -> None:
    report = go_test.parse(recorded("go-test", "failures", "tests"))
    (left,) = [one for one in report.tests if one.name.endswith("/leaves")]

    assert left.outcome is TestOutcome.SKIPPED
    assert "os.Exit in TestMain" in left.message


def test_a_package_without_tests_is_none(recorded: Recorded) -> None:
    report = go_test.parse(recorded("go-test", "no-test", "tests"))

    assert (report.tests, report.measures) == ((), {"packages.tested": 4})


def test_messages_say_why(recorded: Recorded) -> None:
    report = go_test.parse(recorded("go-test", "failures", "tests"))
    messages = {one.name.rpartition("/")[2]: one.message for one in report.tests}

    assert messages["breaks"].splitlines()[1] == "breaks/a_test.go:12:28: undefined: undefined"
    assert messages["panics.TestA"].startswith("panic: boom")
    assert messages["x"] == "a_test.go:9: red"


def test_a_failure_that_a_test_main_hides_is_one(recorded: Recorded) -> None:
    outcomes = _outcomes(go_test.parse(recorded("go-test", "careless", "tests")))

    assert outcomes["careless.TestA"] is TestOutcome.FAILED


def test_a_failure_that_was_only_printed_is_none(recorded: Recorded) -> None:
    data = recorded("go-test", "printed", "tests")
    outcomes = _outcomes(go_test.parse(data))

    for name in (b"TestOuter/inner", b"by itself"):
        assert b'"Action":"fail","Package":"example.com/shop/till","Test":"%b"' % name in data
    assert outcomes["till.TestOuter"] is TestOutcome.PASSED
    assert outcomes["till.TestApart"] is TestOutcome.PASSED
    assert TestOutcome.FAILED not in outcomes.values()


def test_a_true_failure_is_kept_beside_printed_ones(recorded: Recorded) -> None:
    outcomes = _outcomes(go_test.parse(recorded("go-test", "mixed", "tests")))

    # A printed success bears the names of the first two; `ends` fails in its TestMain alone.
    failed = {name for name, outcome in outcomes.items() if outcome is TestOutcome.FAILED}
    assert failed == {"mixed.TestA", "mixed.TestA/sub", "ends"}


def test_a_failure_counts_where_the_testing_package_does_not_say_pass(recorded: Recorded) -> None:
    said = b'"Package":"example.com/shop/till","Output":"PASS'
    data = recorded("go-test", "printed", "tests")
    outcomes = _outcomes(go_test.parse(data.replace(said, said.replace(b"PASS", b"past"))))

    assert data.count(said) == 1
    assert outcomes["till.by itself"] is TestOutcome.FAILED


def test_a_test_that_never_ends_is_no_result(recorded: Recorded) -> None:
    text = recorded("go-test", "clean", "tests").decode().splitlines(keepends=True)
    ends = [line for line in text if '"pass"' in line and '"TestAdd"' in line]

    with pytest.raises(OutputUnreadable, match="TestAdd never ended"):
        go_test.parse("".join(line for line in text if line not in ends).encode())


def test_an_action_that_nobody_knows_is_not_passed_over(recorded: Recorded) -> None:
    data = recorded("go-test", "clean", "tests").replace(b'"skip"', b'"pass"')

    with pytest.raises(OutputUnreadable, match="retried"):
        go_test.parse(data.replace(b'"Action":"run"', b'"Action":"retried"'))


def test_a_block_of_several_test_binaries_counts_once(recorded: Recorded) -> None:
    data = recorded("go-test", "clean", "coverage")
    report = go_cover.parse(data)

    assert data.count(b"names_gen.go:") == 4
    assert report.measures == {
        "coverage.statements": 10,
        "coverage.line": 90,
        "coverage.total": 90,
    }


def test_a_block_is_covered_if_one_binary_has_run_it() -> None:
    profile = b"mode: set\na/b.go:1.2,3.4 2 0\na/b.go:1.2,3.4 2 1\na/b.go:5.2,6.4 1 0\n"
    report = go_cover.parse(profile)

    assert report.measures["coverage.line"] == pytest.approx(200 / 3)
    assert [(one.line, one.value) for one in report.samples if one.measure == go_cover.BLOCK] == [
        (1, 100.0),
        (5, 0.0),
    ]


def test_code_without_statements_has_no_coverage() -> None:
    assert go_cover.parse(b"mode: set\n").measures == {"coverage.statements": 0}


def test_functions_with_a_covered_statement(recorded: Recorded) -> None:
    report = go_cover_functions.parse(recorded("go-test", "clean", "functions"))
    shares = {one.subject.rpartition(":")[2]: one.value for one in report.samples}

    assert report.measures["coverage.function"] == pytest.approx(500 / 6)
    assert (shares["Made"], shares["Total"], shares["total"]) == (0.0, 100.0, 90.0)
