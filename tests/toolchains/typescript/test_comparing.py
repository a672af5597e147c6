"""The two trees whose API is compared, and the report of a first release."""

from pathlib import Path

import pytest

from pytest_forge.model import Release
from pytest_forge.projects import Project, Tree
from pytest_forge.releases.comparing import COMPARED, FirstRelease
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.typescript.comparing import compared, lent_modules


def test_the_note_of_a_first_release_stands_once() -> None:
    first = FirstRelease("", "nothing has been released").report
    report = compared(first.merged(first))
    assert report.notes == ("nothing has been released",)
    assert report.release == Release("", None)
    assert report.unavailable[COMPARED] == "first release"


@pytest.mark.parametrize("place", [".", "sdk"])
def test_the_released_tree_is_lent_what_is_installed(place: str, tmp_path: Path) -> None:
    root, release = tmp_path / "root", tmp_path / "release"
    own = root / place
    (own / "node_modules/nanoid").mkdir(parents=True)
    (release / place).mkdir(parents=True)
    manifest = "package.json" if place == "." else f"{place}/package.json"
    member = "member" if place == "." else f"{place}/member"
    project = Project(
        manifest,
        "typescript",
        "kit",
        {"packages": (".",)},
        published=(Project(f"{member}/package.json", "typescript", "member", {}),),
    )
    slots = {"release": str(release)}
    context = Context(
        project, ProjectSettings(), Tree(root, ()), root, own, tmp_path, slots, variant="member"
    )
    with lent_modules(context) as added:
        assert added == {"package": str(root / member)}
    lent = release / place / "node_modules/nanoid"
    assert lent.resolve() == (own / "node_modules/nanoid").resolve()
