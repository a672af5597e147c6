"""What the exit statuses of the test runners mean, and what their runs are given."""

import pytest

from pytest_forge.toolchains.typescript.tested import INTEGRATION, UNIT, UNIT_TESTS

BY_NAME = {run.name: run for run in (*UNIT, *INTEGRATION)}


@pytest.mark.parametrize("name", ["mocha", "mocha-integration"])
def test_mocha_counts_failed_tests_in_its_status(name: str) -> None:
    # 3 of axios' tests fail without a network: it ends with status 3.
    (step,) = BY_NAME[name].steps
    assert {1, 3, 255} <= step.findings
    assert step.clean == {0}


@pytest.mark.parametrize("name", ["vitest", "jest", "ava", "node-test"])
def test_other_runners_have_one_status_for_what_they_find(name: str) -> None:
    (step,) = BY_NAME[name].steps
    assert step.clean == {0}
    assert step.findings == {1}


def test_coverage_is_that_of_the_unit_tests_alone() -> None:
    with_coverage = {
        name for name, run in BY_NAME.items() if "coverage" in {one.name for one in run.outputs}
    }
    assert with_coverage == {run.name for run in UNIT}
    assert {one.inputs for one in UNIT_TESTS} == {(run.name,) for run in UNIT}


def test_a_run_waits_for_no_terminal() -> None:
    environments = [dict(step.environment) for run in BY_NAME.values() for step in run.steps]
    assert {one["CI"] for one in environments} == {"true"}
