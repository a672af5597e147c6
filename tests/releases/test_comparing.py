"""What stands at hand while a run compares with the last release."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from tagged_repository import Repository

from pytest_forge.model import Release, Report
from pytest_forge.projects import Project
from pytest_forge.releases.comparing import (
    COMPARED,
    FirstRelease,
    each_released,
    last_release_worktree,
    release_worktree,
    with_release,
)
from pytest_forge.releases.worktrees import remove_worktrees
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context


def test_the_worktree_holds_the_files_of_the_release(repository: Repository) -> None:
    branches = repository.git("branch", "--all")
    with release_worktree(repository.context()) as slots:
        assert (Path(slots["release"]) / "kit.py").read_text(encoding="utf-8") == "second"
        assert (slots["release_tag"], slots["release_version"]) == ("v1.10.0", "1.10.0")
    assert repository.git("branch", "--all") == branches
    remove_worktrees(repository.root)
    assert repository.git("worktree", "list").count("\n") == 1
    assert not (repository.root / ".forge" / "worktrees").exists()


def test_what_is_released_on_its_own_is_compared_by_itself() -> None:
    core = Project("core/toy.json", "toy", "core")
    whole = Project("toy.json", "toy", "kit")
    assert each_released(whole, ProjectSettings()) == ("",)
    assert each_released(replace(whole, published=(core,)), ProjectSettings()) == ("core",)


def test_the_worktree_matches_forges_root_where_that_is_nested(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "kit")
    (repository.root / "sdks").mkdir()
    (repository.root / "sdks" / "sdk.py").write_text("old", encoding="utf-8")
    repository.commit("first", "v1.0.0")
    repository.commit("second")
    repository.root /= "sdks"
    with release_worktree(repository.context()) as slots:
        assert (Path(slots["release"]) / "sdk.py").read_text(encoding="utf-8") == "old"
    remove_worktrees(repository.root)


def test_a_first_release_has_an_empty_slot(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "kit")
    repository.commit("first")
    with ExitStack() as stack:
        slots = stack.enter_context(release_worktree(repository.context()))
        assert set(slots.values()) == {""}
    assert not (repository.root / ".forge").exists()


def test_nothing_runs_for_a_first_release(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "kit")
    repository.commit("first")
    project = Project("Cargo.toml", "rust", "kit", {"version": "0.1.0"})
    with pytest.raises(FirstRelease) as caught, last_release_worktree(repository.context(project)):
        pass
    assert caught.value.report.release == Release("0.1.0", None)
    assert caught.value.report.unavailable[COMPARED] == "first release"


def test_a_member_is_compared_in_its_own_directory(tmp_path: Path) -> None:
    context = with_member(tmp_path, "inner/Cargo.toml")
    with last_release_worktree(context) as slots:
        assert Path(slots["release_directory"], "Cargo.toml").is_file()
        reports = with_release({"api": Report()}, replace(context, slots=slots))
    assert reports["api"] == Report(release=Release("1.1.0", "1.0.0", "v1.0.0"))
    remove_worktrees(context.root)


def with_member(tmp_path: Path, manifest: str) -> Context:
    """Return the context of a member `manifest` beside a release that held `kit-inner`."""
    repository = Repository(tmp_path / "kit")
    (repository.root / "inner").mkdir()
    (repository.root / "inner" / "Cargo.toml").write_text('name = "kit-inner"\n', encoding="utf-8")
    repository.commit("first", "v1.0.0")
    repository.commit("second")
    member = Project(manifest, "rust", "kit-inner", {"version": "1.1.0"})
    whole = Project("Cargo.toml", "rust", "kit", published=(member,))
    return replace(repository.context(whole), variant="kit-inner")
