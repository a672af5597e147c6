"""What the tools of TypeScript's column are asked, beside the test runners."""

from pathlib import Path

import pytest

from pytest_forge.errors import NoReference
from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.typescript import commands
from pytest_forge.toolchains.typescript.running import COPIES


def context(scratch: Path = Path("/scratch"), place: str = "sdk", **facts: FactValue) -> Context:
    project = Project(f"{place}/package.json", "typescript", "kit", facts)
    root = Path("/kit")
    return Context(project, ProjectSettings(), Tree(root, ()), root, root / place, scratch, {})


def test_prettier_is_asked_about_each_file(tmp_path: Path) -> None:
    asked = context(tmp_path, code=("src/a.ts", "test/b c.ts"))
    with commands.listed_files(asked) as slots:
        assert slots == {}
    assert (tmp_path / "files").read_text() == "src/a.ts\ntest/b c.ts\n"
    assert commands.prettier(asked)[-1] == "{scratch}/files"
    assert Path(commands.PRETTIER_FILES).is_file()


def test_npm_audits_its_own_lockfile_alone() -> None:
    assert commands.npm_audit(context(manager="npm")) == ("{tool}", "audit", "--json")


def test_packages_are_sought_for_each_package_of_the_project() -> None:
    command = commands.packages(context(packages=(".", "packages/a")))
    assert command[-3:] == ("{root}", "{directory}/.", "{directory}/packages/a")


def test_the_api_is_compared_with_the_last_releases() -> None:
    command = commands.api(context())
    assert command[-3:] == ("{package}", "{release_directory}", ".")


@pytest.mark.parametrize("manager", ["pnpm", "yarn"])
def test_other_managers_lockfiles_are_not_npms(manager: str) -> None:
    with pytest.raises(NoReference, match=f"the project is {manager}'s"):
        commands.npm_audit(context(manager=manager))


def test_the_last_release_is_not_linted() -> None:
    command = commands.eslint(context())
    assert f"--ignore-pattern={COPIES}" in command
    assert command[-1] == "{lint_targets}"
