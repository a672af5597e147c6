"""The complexity of functions, measured by lizard for several languages."""

from pathlib import Path

import pytest

from pytest_forge.errors import NothingMeasured
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains import complexity
from pytest_forge.toolchains.declarations import Context

RUN = complexity.run("lizard-toy", "toy", "play", files="toys")


def argv(*toys: str) -> tuple[str, ...]:
    root = Path("/repository")
    project = Project("toy.json", "toy", "kit", {"toys": toys})
    (step,) = RUN.steps
    assert callable(step.argv)
    return step.argv(
        Context(project, ProjectSettings(), Tree(root, ()), root, root, root / ".forge")
    )


def test_complexity_is_that_of_the_files_that_are_named() -> None:
    assert argv("a.toy")[-1] == "{toys}"
    assert argv("a.toy")[:3] == ("{tool}", "--languages=toy", "--languages=play")


def test_without_a_file_nothing_else_is_looked_at() -> None:
    with pytest.raises(NothingMeasured, match="no source file ships"):
        argv()


def test_the_check_reads_its_run_and_judges_nothing_itself() -> None:
    check = complexity.check(RUN.name)
    assert (check.run, check.proof) == ("lizard-toy", "functions")
    assert check.supplies == ("complexity.max",)
    assert check.counts == ()
