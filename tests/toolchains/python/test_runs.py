"""Python's runs, as far as a mistake in them shows in no single recording."""

import pytest

from pytest_forge.toolchains.declarations import Run
from pytest_forge.toolchains.python.runs import RUNS


@pytest.mark.parametrize(
    "name", ["mypy", "pyright", "ruff", "ruff-format", "black", "isort", "flake8"]
)
def test_a_tool_that_projects_pin_is_sought_in_the_projects_environment(name: str) -> None:
    """pydantic locks ruff 0.15.10, which finds nothing; 0.17.5 finds 294 offences there."""
    (run,) = (one for one in RUNS if one.name == name)
    assert isinstance(run, Run)
    assert run.prepared
    assert run.needs[0].scope == "any"
