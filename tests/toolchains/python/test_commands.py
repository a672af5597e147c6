"""The commands of Python's column that depend on the project's facts."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.errors import NothingMeasured
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.python import commands
from pytest_forge.toolchains.python.project import inspect

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

MARKER = '[tool.pytest.ini_options]\nmarkers = ["integration"]\n'
PACKAGED = '[build-system]\nrequires = []\n[project]\nname = "demo"\n'


def context_of(tree: Tree) -> Context:
    project = inspect(tree, "pyproject.toml")
    assert isinstance(project, Project)
    return Context(
        project, ProjectSettings(), tree, tree.root, tree.root, tree.root / ".forge/runs/demo"
    )


def test_without_any_integration_test_no_test_is_collected(tree_of: TreeOf) -> None:
    """No test of pydantic's is set apart, and it takes a minute to collect all of them."""
    tree = tree_of({"pyproject.toml": PACKAGED, "tests/test_a.py": "def test_a(): ...\n"})
    with pytest.raises(NothingMeasured, match="no tests/integration") as caught:
        commands.integration_tests(context_of(tree))
    assert "exempt.integration-tests" in caught.value.mend


@pytest.mark.parametrize(
    ("place", "settings", "choice"),
    [
        ("tests/integration/test_a.py", "", "all"),
        ("tests/test_a.py", MARKER, "integration"),
    ],
)
def test_integration_tests_are_run_where_they_are(
    tree_of: TreeOf, place: str, settings: str, choice: str
) -> None:
    tree = tree_of({"pyproject.toml": PACKAGED + settings, place: "def test_a(): ...\n"})
    assert commands.integration_tests(context_of(tree))[2] == choice
