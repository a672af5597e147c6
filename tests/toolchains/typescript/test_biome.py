"""What Biome is asked, and what is made of how many files it looked at."""

from pathlib import Path

import pytest

from pytest_forge.errors import NothingMeasured
from pytest_forge.model import Report
from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.typescript import biome

CODE = ("src/a.ts", "src/b.ts", "src2/c.ts", "test/a.test.ts")


def context(**facts: FactValue) -> Context:
    project = Project("package.json", "typescript", "kit", {"code": CODE, **facts})
    root = Path("/kit")
    return Context(project, ProjectSettings(), Tree(root, CODE), root, root, root, {})


def test_the_projects_configuration_is_its_own() -> None:
    command = biome.lint(context(linter="biome"))
    assert command[:3] == ("{tool}", "lint", "--reporter=json")
    assert not [one for one in command if one.startswith("--config-path")]
    assert command[-4:] == CODE


def test_without_one_it_is_forges() -> None:
    command = biome.lint(context(linter=""))
    assert f"--config-path={biome.DEFAULTS}" in command
    assert biome.DEFAULTS.is_file()


@pytest.mark.parametrize(
    ("targets", "files"),
    [
        ((), CODE),
        ((".",), CODE),
        (("./src",), CODE[:2]),
        (("src/", "test/a.test.ts"), (*CODE[:2], CODE[3])),
    ],
)
def test_what_the_script_lints_is_linted(targets: tuple[str, ...], files: tuple[str, ...]) -> None:
    asked = context(linter="biome", lint_targets=targets)
    assert biome.linted(asked.project) == files
    assert biome.lint(asked)[-len(files) :] == files


def test_without_files_there_is_nothing_to_ask() -> None:
    for command in (biome.lint, biome.format_files):
        with pytest.raises(NothingMeasured, match="no file"):
            command(context(code=()))


def counted(looked: int) -> Report:
    return biome.counted(context(), {"biome-lint": Report(measures={"files.checked": looked})})


def test_files_that_were_left_out_are_told() -> None:
    assert counted(4).notes == ()
    assert counted(2).notes == ("the linter did not look at 2 of 4 files",)


def test_less_than_half_of_the_files_is_no_linting() -> None:
    with pytest.raises(NothingMeasured, match="looked at 1 of 4"):
        counted(1)


def test_no_file_at_all_is_the_proofs_business() -> None:
    assert counted(0).value("files.checked") == 0
