"""The commands of Python's column that depend on the project's facts."""

from collections.abc import Callable, Mapping
from dataclasses import replace

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


def test_ruff_changes_nothing_and_its_report_goes_to_a_file(tree_of: TreeOf) -> None:
    command = commands.ruff(context_of(tree_of({"pyproject.toml": PACKAGED, "demo.py": ""})))
    assert {"--no-fix", "--no-fix-only", "--output-file={scratch}/ruff.json"} <= set(command)
    assert command[-1] == "demo.py"


@pytest.mark.parametrize(
    ("command", "option", "place"),
    [
        (commands.environment_of, "--output", "{scratch}/environment.json"),
        (commands.environment_for_audit, "--pins", "{scratch}/requirements.txt"),
        (commands.environment_for_licensecheck, "--metadata", "{scratch}/metadata"),
    ],
)
def test_the_environment_is_listed_for_each_of_its_readers(
    tree_of: TreeOf, command: Callable[[Context], tuple[str, ...]], option: str, place: str
) -> None:
    argv = command(context_of(tree_of({"pyproject.toml": PACKAGED, "demo.py": ""})))
    assert argv[:2] == ("{python}", "-I")
    assert argv[3] == "{distribution}"
    assert argv[argv.index(option) + 1] == place
    assert "--requirements" not in argv


def test_what_an_application_without_a_package_needs_is_read_from_its_file(
    tree_of: TreeOf,
) -> None:
    context = context_of(tree_of({"pyproject.toml": PACKAGED, "demo.py": ""}))
    facts = {**context.project.facts, "requirements_only": True}
    project = replace(context.project, manifest="app/requirements.txt", facts=facts)
    argv = commands.environment_of(replace(context, project=project))
    assert argv[argv.index("--requirements") + 1] == "requirements.txt"


def test_licensecheck_reads_the_manifest_and_not_standard_input(tree_of: TreeOf) -> None:
    argv = commands.licensecheck(context_of(tree_of({"pyproject.toml": PACKAGED, "demo.py": ""})))
    assert argv[-2:] == ("-r", "pyproject.toml")
    assert argv[2].endswith("run_licensecheck.py")
    assert argv[3] == "{scratch}/metadata"


def test_unit_tests_leave_out_the_integration_ones(tree_of: TreeOf) -> None:
    files = {"tests/unit/test_a.py": "", "tests/integration/test_b.py": "", "demo/__init__.py": ""}
    plain = commands.unit_tests(context_of(tree_of({"pyproject.toml": PACKAGED, **files})))
    assert plain[2:5] == ("demo", "all", "")
    assert plain[-2:] == ("--ignore=tests/integration", "tests")
    marked = {"pyproject.toml": PACKAGED + MARKER, **files}
    assert commands.unit_tests(context_of(tree_of(marked)))[3] == "unit"


def test_bandit_is_told_where_the_projects_settings_of_it_are(tree_of: TreeOf) -> None:
    tables = PACKAGED + "[tool.bandit]\nskips = []\n"
    argv = commands.bandit(context_of(tree_of({"pyproject.toml": tables, "demo/__init__.py": ""})))
    assert argv[argv.index("-c") + 1] == "pyproject.toml"
    plain = {"pyproject.toml": PACKAGED, "demo/__init__.py": ""}
    assert "-c" not in commands.bandit(context_of(tree_of(plain)))


def test_griffe_compares_only_where_there_is_a_release(tree_of: TreeOf) -> None:
    context = context_of(tree_of({"pyproject.toml": PACKAGED, "src/demo/__init__.py": ""}))
    first = commands.griffe(context)
    assert not any(word.startswith("--release=") for word in first)
    assert first[-1] == "demo"
    assert {"--search=src", "--previous="} <= set(first)
    slots = {"release": "/old", "release_version": "1.2", "release_tag": "v1.2"}
    after = commands.griffe(replace(context, slots=slots))
    assert [word for word in after if word.startswith("--release=")] == [
        "--release=/old/src",
        "--release=/old",
    ]
    assert {"--declared=1.2", "--previous=1.2", "--tag=v1.2"} <= set(after)
