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


def test_linters_are_given_the_members_of_a_workspace_and_not_what_hooks_leave_out(
    tree_of: TreeOf,
) -> None:
    """pydantic's workspace owns pydantic-core; requests keeps a test from its formatter."""
    hook = "repos:\n- repo: x\n  hooks:\n  - id: ruff-format\n    exclude: tests/test_low\n"
    workspace = '[tool.uv.workspace]\nmembers = ["core"]\n'
    tree = tree_of(
        {
            "pyproject.toml": PACKAGED + workspace,
            ".pre-commit-config.yaml": hook,
            "demo/__init__.py": "",
            "demo/typed.pyi": "",
            "tests/test_low.py": "",
            "core/pyproject.toml": '[project]\nname = "core"\n',
            "core/core/__init__.py": "",
            "core/tests/test_core.py": "",
            "README.md": "",
        }
    )
    context = context_of(tree)
    members = {"core/core/__init__.py", "core/tests/test_core.py"}
    linted = commands.ruff_files(context)[5:]
    assert set(linted) == {"demo/__init__.py", "demo/typed.pyi", "tests/test_low.py", *members}
    assert len(linted) == len(set(linted))
    assert set(linted) - set(commands.ruff_format(context)) == {"tests/test_low.py"}


def test_hooks_that_leave_out_everything_leave_nothing_to_measure(tree_of: TreeOf) -> None:
    hook = "exclude: .\nrepos:\n- repo: x\n  hooks:\n  - id: ruff-format\n"
    tree = tree_of({"pyproject.toml": PACKAGED, "demo.py": "", ".pre-commit-config.yaml": hook})
    with pytest.raises(NothingMeasured, match="no Python file is left"):
        commands.ruff_format(context_of(tree))


def test_what_is_broken_on_purpose_below_tests_is_not_compiled(tree_of: TreeOf) -> None:
    """Trap 16 of the survey of real repositories: pulumi tests with a file that cannot compile."""
    files = {"demo/__init__.py": "", "tests/errors/compilation_error/bad.py": "def ("}
    context = context_of(tree_of({"pyproject.toml": PACKAGED, **files}))
    for command in (commands.compileall, commands.bandit, commands.radon):
        assert any(word.endswith("demo") for word in command(context))
        assert not any("errors" in word for word in command(context))
