"""The copies of the working tree and of a release in which tools may write."""

from dataclasses import replace
from pathlib import Path

import pytest
from toy_repository import Repository

from pytest_forge.execution.snapshot import release_snapshot, snapshot
from pytest_forge.git import git
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context


def context_of(root: Path, *files: str) -> Context:
    project = Project("sdk/toy.json", "toy", "sdk")
    scratch = root / ".forge/runs/build"
    return Context(project, ProjectSettings(), Tree(root, files), root, root / "sdk", scratch)


def test_only_the_trees_files_are_copied_and_the_copy_goes(tmp_path: Path) -> None:
    (tmp_path / "sdk").mkdir()
    (tmp_path / "sdk/toy.json").write_text("{}")
    (tmp_path / "sdk/ignored").write_text("")
    context = context_of(tmp_path, "sdk/toy.json", "sdk/deleted.py")
    with snapshot(context) as slots:
        copy = Path(slots["snapshot"])
        (copy / "written").write_text("by a tool")
        assert sorted(path.name for path in copy.iterdir()) == ["toy.json", "written"]
        assert copy == context.scratch / "snapshot/sdk"
        assert not (copy.parent / ".git").exists()
    assert not copy.parent.exists()
    assert sorted(path.name for path in (tmp_path / "sdk").iterdir()) == ["ignored", "toy.json"]


def test_the_copy_goes_after_a_failure_too(tmp_path: Path) -> None:
    context = context_of(tmp_path)
    with pytest.raises(KeyboardInterrupt), snapshot(context):
        raise KeyboardInterrupt
    assert not (context.scratch / "snapshot").exists()


def test_a_build_in_the_copy_sees_the_repositorys_tags(repository: Repository) -> None:
    repository.toy("sdk").commit().git("tag", "v1.2")
    with snapshot(context_of(repository.root, "sdk/toy.json", "sdk/tool.py")) as slots:
        assert git(Path(slots["snapshot"]), "describe", "--tags").strip() == "v1.2"
        (Path(slots["snapshot"]) / "tool.py").unlink()
    assert repository.git("status", "--porcelain") == ""


def test_the_copy_of_a_release_is_ones_own_and_goes(tmp_path: Path) -> None:
    release = tmp_path / "release"
    (release / "sdk").mkdir(parents=True)
    (release / "sdk/toy.json").write_text("{}")
    (release / ".git").write_text("gitdir: elsewhere\n")
    context = replace(context_of(tmp_path / "now"), slots={"release": str(release)})
    with release_snapshot(context) as copy:
        (copy / "sdk/toy.json").write_text("by a tool")
        assert [one.name for one in copy.iterdir()] == ["sdk"]
    assert not copy.exists()
    assert (release / "sdk/toy.json").read_text() == "{}"
