"""The last release of a project, in real repositories of git."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_forge.errors import NoReference
from pytest_forge.model import Release, Report
from pytest_forge.projects import Project, Tree
from pytest_forge.releases import (
    COMPARED,
    FirstRelease,
    last_release,
    last_release_worktree,
    release_worktree,
    remove_worktrees,
    with_release,
)
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context

KIT = Project("pyproject.toml", "python", "kit")


class Repository:
    """A repository with one file; every commit changes it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *args: str) -> str:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        command = ("git", *identity, *args)
        done = subprocess.run(command, cwd=self.root, check=True, capture_output=True, text=True)
        return done.stdout

    def commit(self, text: str, *tags: str) -> None:
        (self.root / "kit.py").write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", text)
        for tag in tags:
            self.git("tag", tag)

    def context(self, project: Project = KIT, pattern: str = "") -> Context:
        return Context(
            project,
            ProjectSettings(tag_pattern=pattern),
            Tree(self.root, ()),
            self.root,
            self.root / project.directory,
            self.root / ".forge" / "scratch",
        )


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "kit")
    repository.commit("first", "v1.9.0", "v2234", "v.1", "core-v2.48.0")
    repository.commit("second", "v1.10.0", "v2.0.0b1")
    repository.commit("third", "v1.9.1")
    repository.commit("fourth")
    return repository


def released(repository: Repository, project: Project = KIT, pattern: str = "") -> str | None:
    tag = last_release(repository.root, project, pattern)
    return None if tag is None else tag.name


def test_the_highest_version_counts_not_the_latest_date(repository: Repository) -> None:
    assert released(repository) == "v1.10.0"


def test_a_prerelease_counts_where_nothing_final_was_released(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "kit")
    repository.commit("first", "v1.0.0b1")
    repository.commit("second", "v1.0.0b2")
    repository.commit("third")
    assert released(repository) == "v1.0.0b2"


def test_releases_of_other_branches_do_not_count(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit("aside", "v7.0.0")
    repository.git("checkout", "--quiet", "main")
    assert released(repository) == "v1.10.0"


def test_a_nested_project_has_its_own_tags(repository: Repository) -> None:
    core = Project("kit-core/Cargo.toml", "rust", "kit-core")
    assert released(repository, core) == "core-v2.48.0"


def test_paths_in_tags_are_those_below_gits_top_level(repository: Repository) -> None:
    repository.git("tag", "sdks/python/v3.0.0")
    repository.commit("fifth")
    below = repository.root / "sdks"
    (below / "python").mkdir(parents=True)
    tag = last_release(below, Project("python/pyproject.toml", "python", "sdk"))
    assert tag is not None
    assert tag.name == "sdks/python/v3.0.0"


def test_a_history_without_version_tags_is_a_first_release(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "kit")
    assert released(repository) is None
    repository.commit("first", "nightly", "v.1")
    assert released(repository) is None


def test_tags_of_which_none_fits_are_named(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "kit")
    repository.commit("first", "parent-5.4.0", "release-1.2")
    with pytest.raises(NoReference) as caught:
        released(repository)
    assert "(parent-5.4.0, release-1.2); set `tag-pattern" in caught.value.reason
    assert released(repository, pattern="release-{version}") is None
    repository.commit("second")
    assert released(repository, pattern="release-{version}") == "release-1.2"


def test_a_pattern_that_fits_no_tag_is_refused(repository: Repository) -> None:
    with pytest.raises(NoReference, match=r"fits the tag-pattern relase-\{version\}"):
        released(repository, pattern="relase-{version}")


def test_a_pattern_may_name_one_tag(repository: Repository) -> None:
    assert released(repository, pattern="v1.9.0") == "v1.9.0"
    with pytest.raises(NoReference, match=r"no tag v0\.1"):
        released(repository, pattern="v0.1")
    with pytest.raises(NoReference, match="holds no version"):
        released(repository, pattern="v2234")


def test_releases_that_are_no_ancestors_are_named(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "kit")
    repository.commit("first")
    repository.git("checkout", "--quiet", "-b", "releases")
    repository.commit("released", "v1.0.0")
    repository.git("checkout", "--quiet", "main")
    with pytest.raises(NoReference, match=r"v1\.0\.0 is not an ancestor of HEAD"):
        released(repository)


def test_a_shallow_clone_has_no_reference(repository: Repository, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    source = f"file://{repository.root}"
    subprocess.run(("git", "clone", "-q", "--depth=1", source, shallow), check=True)
    with pytest.raises(NoReference) as caught:
        last_release(shallow, KIT)
    assert "`git fetch --unshallow --tags`" in caught.value.reason


def test_outside_git_there_is_no_reference(tmp_path: Path) -> None:
    with pytest.raises(NoReference, match="not a git work tree"):
        last_release(tmp_path, KIT)


def test_a_tagged_commit_is_compared_with_the_release_before(repository: Repository) -> None:
    repository.git("tag", "v1.11.0")
    assert released(repository) == "v1.10.0"


def test_changes_after_a_tagged_commit_are_compared_with_it(repository: Repository) -> None:
    repository.git("tag", "v1.11.0")
    (repository.root / "kit.py").write_text("changed", encoding="utf-8")
    assert released(repository) == "v1.11.0"


def test_the_worktree_holds_the_files_of_the_release(repository: Repository) -> None:
    branches = repository.git("branch", "--all")
    with release_worktree(repository.context()) as slots:
        assert (Path(slots["release"]) / "kit.py").read_text(encoding="utf-8") == "second"
        assert (slots["release_tag"], slots["release_version"]) == ("v1.10.0", "1.10.0")
    assert repository.git("branch", "--all") == branches
    remove_worktrees(repository.root)
    assert repository.git("worktree", "list").count("\n") == 1
    assert not (repository.root / ".forge" / "worktrees").exists()


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


def test_every_comparison_shares_one_worktree(repository: Repository) -> None:
    def path() -> str:
        with release_worktree(repository.context()) as slots:
            return slots["release"]

    with ThreadPoolExecutor(4) as pool:
        paths = {future.result() for future in [pool.submit(path) for _ in range(4)]}
    assert len(paths) == 1
    assert repository.git("worktree", "list").count("\n") == 2


def test_an_incomplete_worktree_is_made_again(repository: Repository) -> None:
    for damage in ("kit.py", ".git"):
        with release_worktree(repository.context()) as slots:
            (Path(slots["release"]) / damage).unlink()
        with release_worktree(repository.context()) as slots:
            assert (Path(slots["release"]) / "kit.py").read_text(encoding="utf-8") == "second"
    remove_worktrees(repository.root)
    assert repository.git("worktree", "list").count("\n") == 1


def test_the_users_checkout_hook_does_not_run(repository: Repository) -> None:
    hook = repository.root / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {repository.root}/hooked\n", encoding="utf-8")
    hook.chmod(0o755)
    with release_worktree(repository.context()):
        assert not (repository.root / "hooked").exists()


def test_a_first_release_has_an_empty_slot(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "kit")
    repository.commit("first")
    with ExitStack() as stack:
        slots = stack.enter_context(release_worktree(repository.context()))
        assert set(slots.values()) == {""}
    assert not (repository.root / ".forge").exists()


def test_removing_without_worktrees_does_nothing(tmp_path: Path) -> None:
    remove_worktrees(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_tag_of_the_whole_releases_a_member_in_the_members_version(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "kit")
    member = Project("inner/Cargo.toml", "rust", "kit-inner", {"version": "0.30.0"})
    (repository.root / "inner").mkdir()
    manifest = repository.root / "inner" / "Cargo.toml"
    manifest.write_text('[package]\nname = "kit-inner"\nversion = "0.29.1"\n', encoding="utf-8")
    repository.commit("first", "v1.0.228")
    manifest.write_text('[package]\nname = "kit-inner"\nversion = "0.30.0"\n', encoding="utf-8")
    repository.commit("second")
    tag = last_release(repository.root, member)
    assert tag is not None
    assert (tag.name, tag.version) == ("v1.0.228", "0.29.1")


def test_a_member_that_states_no_version_has_that_of_the_tag(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "kit")
    (repository.root / "inner").mkdir()
    manifest = repository.root / "inner" / "Cargo.toml"
    manifest.write_text("[package]\nversion.workspace = true\n", encoding="utf-8")
    repository.commit("first", "v1.2.0")
    repository.commit("second")
    tag = last_release(repository.root, Project("inner/Cargo.toml", "rust", "kit-inner"))
    assert tag is not None
    assert tag.version == "1.2.0"


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
