"""What the exit statuses of TypeScript's tools mean."""

import pytest

from pytest_forge.toolchains.declarations import Run
from pytest_forge.toolchains.typescript.runs import RUNS

BY_NAME = {run.name: run for run in RUNS if isinstance(run, Run)}


@pytest.mark.parametrize("name", ["mocha", "mocha-integration"])
def test_mocha_counts_failed_tests_in_its_status(name: str) -> None:
    # 3 of axios' tests fail without a network: it ends with status 3.
    (step,) = BY_NAME[name].steps
    assert {1, 3, 255} <= step.findings
    assert step.clean == {0}


@pytest.mark.parametrize("name", ["vitest", "jest", "ava", "node-test", "eslint", "biome-lint"])
def test_other_tools_have_one_status_for_what_they_find(name: str) -> None:
    (step,) = BY_NAME[name].steps
    assert step.clean == {0}
    assert step.findings == {1}


def test_coverage_is_that_of_the_unit_tests_alone() -> None:
    with_coverage = {
        name for name, run in BY_NAME.items() if "coverage" in {one.name for one in run.outputs}
    }
    assert with_coverage == {"vitest", "jest", "mocha", "ava", "node-test"}
