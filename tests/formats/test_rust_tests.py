from collections.abc import Callable

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import cargo_test, junit, libtest, rust_coverage
from pytest_forge.model import TestOutcome

Recorded = Callable[[str, str, str], bytes]

_ONE = b"""
running 1 test
test a ... ok

test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

"""


def test_tests_of_all_binaries(recorded: Recorded) -> None:
    report = cargo_test.parse(recorded("cargo-llvm-cov", "clean", "tests"))

    assert sorted(one.name for one in report.tests) == [
        "ends_well",
        "prices::own_tests::nothing_costs_nothing",
        "tests::adds_tax",
    ]
    # The library's and the program's.
    assert report.measures == {"test.binaries": 2}


def test_outcomes_and_messages(recorded: Recorded) -> None:
    tests = {
        one.name: one
        for one in cargo_test.parse(recorded("cargo-llvm-cov", "failures", "tests")).tests
    }

    assert {name: one.outcome for name, one in tests.items()} == {
        "ends_well": TestOutcome.PASSED,
        "prices::own_tests::nothing_costs_nothing": TestOutcome.PASSED,
        "tests::adds_tax": TestOutcome.PASSED,
        "tests::panics": TestOutcome.PASSED,
        "tests::ignored": TestOutcome.SKIPPED,
        "tests::wrong": TestOutcome.FAILED,
        "tests::does_not_panic": TestOutcome.FAILED,
        "tests::returns_an_error": TestOutcome.FAILED,
    }
    assert tests["tests::wrong"].message == (
        "src/tests.rs:11:5:\nassertion `left == right` failed: one is not two\nleft: 1\nright: 2"
    )
    assert "did not panic as expected" in tests["tests::does_not_panic"].message
    assert tests["tests::adds_tax"].message == ""


def test_tests_that_do_not_compile_have_failed(recorded: Recorded) -> None:
    (test,) = cargo_test.parse(recorded("cargo-llvm-cov", "compile-error", "tests")).tests

    assert test.outcome is TestOutcome.FAILED
    assert test.message == "it does not compile: src/tests.rs:3: mismatched types (E0308)"


def test_a_test_that_ends_its_process_is_no_success(recorded: Recorded) -> None:
    with pytest.raises(OutputUnreadable, match="end the process"):
        cargo_test.parse(recorded("cargo-llvm-cov", "leaves", "tests"))


def test_the_last_binary_ended_without_its_sum() -> None:
    with pytest.raises(OutputUnreadable, match="without its sum"):
        libtest.parse(_ONE + b"\nrunning 2 tests\ntest a ... ok\n")


def test_a_binary_that_tells_nothing_is_missed(recorded: Recorded) -> None:
    data = recorded("cargo-llvm-cov", "clean", "tests")
    without_the_program = data[: data.rindex(b"running 1 test\n")]

    with pytest.raises(OutputUnreadable, match="2 test binaries were built, but 1"):
        cargo_test.parse(without_the_program)


@pytest.mark.parametrize("case", ["clean", "failures"])
def test_doc_tests(recorded: Recorded, case: str) -> None:
    (test,) = cargo_test.parse(recorded("doctest", case, "tests")).tests

    assert test.name == "src/prices.rs - prices::total (line 21)"
    assert (test.outcome is TestOutcome.FAILED) == (case == "failures")
    assert ("assertion `left == right` failed" in test.message) == (case == "failures")


@pytest.mark.parametrize(
    ("run", "executed"), [("cargo-llvm-cov", 0), ("doctest", 0), ("cargo-test", 0)]
)
def test_nothing_to_execute(recorded: Recorded, run: str, executed: int) -> None:
    report = cargo_test.parse(recorded(run, "nothing", "tests"))

    assert report.value("tests.executed") == executed


def test_a_sum_without_an_announcement() -> None:
    with pytest.raises(OutputUnreadable, match="behind no announcement"):
        libtest.parse(_ONE.replace(b"running 1 test", b"running 1 check"))


def test_a_result_that_comes_late_with_one_thread() -> None:
    data = _ONE.replace(b"test a ... ok", b"test a ... words of the test\nmore words ok")

    assert [one.outcome for one in libtest.parse(data).tests] == [TestOutcome.PASSED]


def test_a_result_behind_words_without_an_end() -> None:
    data = _ONE.replace(b"test a", b"wordstest a")

    assert [one.name for one in libtest.parse(data).tests] == ["a"]


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"1 passed", b"2 passed"), (b"running 1", b"running 2"), (b"a ... ok", b"a ... FAILED")],
)
def test_the_sum_must_fit_the_tests(old: bytes, new: bytes) -> None:
    with pytest.raises(OutputUnreadable, match="announces"):
        libtest.parse(_ONE.replace(old, new))


def test_nextest(recorded: Recorded) -> None:
    report = junit.parse(recorded("cargo-nextest", "failures", "tests"))

    # nextest leaves out what is ignored.
    assert report.value("tests.executed") == 7
    assert report.value("tests.failed") == 3


def test_coverage_without_the_tests_own_code(recorded: Recorded) -> None:
    report = rust_coverage.parse(recorded("cargo-llvm-cov", "clean", "coverage"))

    # Neither src/tests.rs is there, nor the module `own_tests`, nor the program's own test.
    assert [(one.path, one.value) for one in report.samples] == [
        ("src/main.rs", 100),
        ("src/prices.rs", 100),
    ]
    assert report.measures == {
        "coverage.statements": 12,
        "coverage.line": 100,
        "coverage.function": 100,
    }
    assert "coverage.branch" in report.unavailable
    assert report.lines["src/main.rs"].covered == {1, 2, 3}
    assert not any(file.uncovered for file in report.lines.values())


def test_coverage_of_tarpaulin(recorded: Recorded) -> None:
    report = rust_coverage.parse(recorded("cargo-tarpaulin", "clean", "coverage"))

    assert report.measures["coverage.statements"] == 8


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b'"lines": 12', b'"lines": 13', "add up"),
        (b'"covered_lines": 3', b'"covered_lines": 9', "more than there is"),
        (b"rust-coverage-2", b"rust-coverage-3", "schema"),
        (b"    24,", b"    23, 24,", "not as many as it counts"),
    ],
)
def test_coverage_that_contradicts_itself(
    recorded: Recorded, old: bytes, new: bytes, why: str
) -> None:
    data = recorded("cargo-llvm-cov", "clean", "coverage")
    assert old in data

    with pytest.raises(OutputUnreadable, match=why):
        rust_coverage.parse(data.replace(old, new))


def test_code_without_functions_and_unknown_syntax() -> None:
    report = rust_coverage.parse(
        b'{"schema": "rust-coverage-2", "unreadable": ["src/new.rs"], "files": {}, "totals": '
        b'{"lines": 0, "covered_lines": 0, "functions": 0, "covered_functions": 0}}'
    )

    assert report.measures == {"coverage.statements": 0}
    assert "coverage.function" in report.unavailable
    assert "src/new.rs" in report.notes[0]


def test_a_cut_of_text_alone_shows_unless_it_falls_between_two_binaries(recorded: Recorded) -> None:
    # The build's messages tell how many there are; tarpaulin has none, but exits with an error.
    data = recorded("cargo-tarpaulin", "failures", "tests")
    boundary = data.index(b"finished in") + len(b"finished in 0.00s\n")

    for end in range(boundary):
        with pytest.raises(OutputUnreadable):
            libtest.parse(data[:end])
