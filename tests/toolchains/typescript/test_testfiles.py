"""Which test files a run of the unit tests tells of."""

import pytest

from pytest_forge.errors import NothingMeasured
from pytest_forge.formats import jest
from pytest_forge.model import Report, Sample, TestCase, TestOutcome
from pytest_forge.projects import FactValue, Project
from pytest_forge.toolchains.typescript.testfiles import left_out

TESTS = ("packages/a/test/a.test.ts", "packages/b/test/b.test.ts", "packages/b/test/c.test.ts")


def project(place: str = ".", **facts: FactValue) -> Project:
    stated: dict[str, FactValue] = {
        "unit_tests": TESTS,
        "packages": (".", "packages/a", "packages/b"),
        **facts,
    }
    return Project(f"{place}/package.json", "typescript", "kit", stated)


def by_vitest(*paths: str, outcome: TestOutcome = TestOutcome.PASSED) -> Report:
    return Report(tests=tuple(TestCase(f"{path}::adds > up", outcome) for path in paths))


def by_jest(*paths: str) -> Report:
    return Report(
        tests=(TestCase("it adds up", TestOutcome.PASSED),),
        samples=tuple(Sample(jest.RAN, 1, path, path) for path in paths),
    )


def test_where_all_ran_there_is_no_note() -> None:
    assert left_out(project(), by_vitest(*TESTS)) == ()
    assert left_out(project(), by_jest(*TESTS)) == ()
    assert left_out(project("sdk"), by_jest(*(f"sdk/{path}" for path in TESTS))) == ()
    assert left_out(project("sdk"), by_vitest(*TESTS)) == ()


def test_files_that_did_not_run_are_named() -> None:
    assert left_out(project(), by_vitest(*TESTS[:2])) == (f"1 test file did not run: {TESTS[2]}",)
    several = tuple(f"test/{name}.spec.ts" for name in "abcde")
    assert left_out(project(unit_tests=several, packages=(".",)), by_jest(several[4])) == (
        "4 test files did not run: test/a.spec.ts, test/b.spec.ts, test/c.spec.ts, ...",
    )


@pytest.mark.parametrize("ran", [by_vitest(TESTS[0]), by_jest(TESTS[0])])
def test_a_member_whose_tests_did_not_run_is_not_tested(ran: Report) -> None:
    with pytest.raises(NothingMeasured, match="no test of packages/b ran"):
        left_out(project(), ran)


def test_a_failed_test_is_told_before_a_member_without_any() -> None:
    report = by_vitest(TESTS[0], outcome=TestOutcome.FAILED)
    assert left_out(project(), report) == (f"2 test files did not run: {TESTS[1]}, {TESTS[2]}",)


def test_what_only_stands_beside_tests_need_not_run() -> None:
    beside = (
        "test/setup.ts",
        "test/fixtures/broken.test.ts",
        "playground/alias/__tests__/alias.spec.ts",
        "examples/a.test.ts",
    )
    every = project(unit_tests=(*TESTS, *beside), packages=(".", "playground/alias"))
    assert left_out(every, by_vitest(*TESTS)) == ()


def test_of_a_runner_that_names_no_files_nothing_is_said() -> None:
    report = Report(
        tests=(TestCase("adds", TestOutcome.PASSED), TestCase("a::b", TestOutcome.PASSED))
    )
    assert left_out(project(), report) == ()
