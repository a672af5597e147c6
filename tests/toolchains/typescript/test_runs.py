"""What the exit statuses of TypeScript's tools mean, and what is made of each report."""

import pytest

from pytest_forge.toolchains.declarations import Computation, Run
from pytest_forge.toolchains.typescript.runs import RUNS

BY_NAME = {run.name: run for run in RUNS if isinstance(run, Run)}


@pytest.mark.parametrize("name", ["eslint", "biome-lint", "biome-format", "oxfmt", "xo"])
def test_tools_have_one_status_for_what_they_find(name: str) -> None:
    (step,) = BY_NAME[name].steps
    assert step.clean == {0}
    assert step.findings == {1}


def test_what_each_tool_looked_at_is_judged() -> None:
    inputs = {one.inputs for one in RUNS if isinstance(one, Computation)}
    looking = ("tsc", "eslint", "xo", "biome-lint", "biome-format", "prettier", "oxfmt")
    assert {(name,) for name in looking} <= inputs
