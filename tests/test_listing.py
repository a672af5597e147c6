"""The files of a repository: what git tracks or does not ignore, each counted once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pytest_forge.git import GitError
from pytest_forge.listing import list_tree


def git(directory: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=directory, check=True, capture_output=True)


def write(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q")
    return root


def test_tracked_and_untracked_files_count_and_ignored_ones_do_not(repository: Path) -> None:
    write(repository, "tracked.py", "forced.log", "untracked.py", "ignored.log")
    (repository / ".gitignore").write_text("*.log\n")
    git(repository, "add", "tracked.py")
    git(repository, "add", "--force", "forced.log")
    assert list_tree(repository).files == (
        ".gitignore",
        "forced.log",
        "tracked.py",
        "untracked.py",
    )


def test_a_tracked_file_that_was_deleted_is_left_out(repository: Path) -> None:
    write(repository, "kept.py", "deleted.py")
    git(repository, "add", ".")
    (repository / "deleted.py").unlink()
    assert list_tree(repository).files == ("kept.py",)


def test_a_file_in_conflict_counts_once(repository: Path) -> None:
    write(repository, "a.py")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "base")
    git(repository, "checkout", "-qb", "other")
    (repository / "a.py").write_text("theirs\n")
    git(repository, "commit", "-qam", "theirs")
    git(repository, "checkout", "-q", "-")
    (repository / "a.py").write_text("ours\n")
    git(repository, "commit", "-qam", "ours")
    with pytest.raises(subprocess.CalledProcessError):
        git(repository, "merge", "other")
    assert list_tree(repository).files == ("a.py",)


@pytest.mark.parametrize("name", ["a b.py", "it's.py", 'a "quote".py', "naïve/ü.py", "a\nb.py"])
def test_names_are_taken_as_they_are(repository: Path, name: str) -> None:
    write(repository, name)
    git(repository, "add", ".")
    assert list_tree(repository).files == (name,)


@pytest.mark.skipif(sys.platform == "darwin", reason="its file system refuses such names")
def test_a_name_that_is_not_utf8_can_be_read(repository: Path) -> None:
    name = os.fsdecode(b"caf\xe9.py")
    (repository / name).write_text("x = 1\n")
    tree = list_tree(repository)
    assert tree.files == (name,)
    assert tree.read(name) == b"x = 1\n"


def test_what_forge_writes_is_never_listed(repository: Path) -> None:
    write(repository, "a.py", ".forge/reports/report.json", "sub/.forge/x")
    assert list_tree(repository).files == ("a.py",)


def test_only_what_is_below_the_root_is_listed(repository: Path) -> None:
    write(repository, "above.py", "sdk/inside.py")
    git(repository, "add", ".")
    assert list_tree(repository / "sdk").files == ("inside.py",)


def test_a_repository_within_is_listed_by_its_own_git(repository: Path) -> None:
    write(repository, "a.py", "inner/b.py", "inner/ignored.log")
    (repository / "inner" / ".gitignore").write_text("*.log\n")
    git(repository / "inner", "init", "-q")
    assert list_tree(repository).files == ("a.py", "inner/.gitignore", "inner/b.py")


def test_a_submodule_is_listed_by_its_own_git(repository: Path, tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    write(origin, "lib.py")
    git(origin, "init", "-q")
    git(origin, "add", ".")
    git(origin, "commit", "-qm", "first")
    git(repository, "-c", "protocol.file.allow=always", "submodule", "add", str(origin), "sub")
    write(repository, "sub/untracked.py")
    assert list_tree(repository).files == (".gitmodules", "sub/lib.py", "sub/untracked.py")


def test_a_submodule_that_is_not_checked_out_holds_nothing(
    repository: Path, tmp_path: Path
) -> None:
    test_a_submodule_is_listed_by_its_own_git(repository, tmp_path)
    git(repository, "commit", "-qam", "with a submodule")
    copy = tmp_path / "copy"
    git(tmp_path, "clone", "-q", str(repository), str(copy))
    assert list_tree(copy).files == (".gitmodules",)


def test_a_linked_work_tree_is_no_second_set_of_files(repository: Path) -> None:
    write(repository, "a.py")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "first")
    git(repository, "worktree", "add", "-q", "trees/other")
    assert list_tree(repository).files == ("a.py",)


def test_a_link_to_a_listed_file_does_not_count_again(repository: Path) -> None:
    write(repository, "real.py", "other/b.py")
    (repository / "link.py").symlink_to("real.py")
    (repository / "directory").symlink_to("other")
    assert list_tree(repository).files == ("other/b.py", "real.py")


def test_links_to_a_file_outside_count_once(repository: Path, tmp_path: Path) -> None:
    write(tmp_path, "outside.py")
    for name in ("one.py", "two.py"):
        (repository / name).symlink_to(tmp_path / "outside.py")
    assert list_tree(repository).files == ("one.py",)


def test_links_in_a_circle_and_to_nowhere_are_left_out(repository: Path) -> None:
    write(repository, "a.py")
    (repository / "one").symlink_to("two")
    (repository / "two").symlink_to("one")
    (repository / "nowhere").symlink_to("missing.py")
    (repository / "self").symlink_to(".")
    assert list_tree(repository).files == ("a.py",)


def test_outside_git_environments_caches_and_hidden_directories_are_left_out(
    tmp_path: Path,
) -> None:
    write(tmp_path, "a.py", ".flake8", "sub/b.py", ".hidden/c.py", "node_modules/d/e.py")
    write(tmp_path, "sub/__pycache__/b.pyc", "env/pyvenv.cfg", "env/lib/f.py", ".forge/x")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    assert list_tree(tmp_path).files == (".flake8", "a.py", "sub/b.py")


def test_outside_git_a_repository_below_is_listed_by_its_git(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "repo/b.py", "repo/b.log")
    (tmp_path / "repo" / ".gitignore").write_text("*.log\n")
    git(tmp_path / "repo", "init", "-q")
    assert list_tree(tmp_path).files == ("a.py", "repo/.gitignore", "repo/b.py")


def test_a_root_that_the_repository_around_it_ignores_is_walked(repository: Path) -> None:
    write(repository, "scratch/a.py")
    (repository / ".gitignore").write_text("scratch/\n")
    assert list_tree(repository / "scratch").files == ("a.py",)


def test_an_empty_repository_has_no_files(repository: Path) -> None:
    assert list_tree(repository).files == ()


def test_a_git_that_refuses_is_not_passed_over(repository: Path) -> None:
    write(repository, "a.py")
    (repository / ".git" / "config").write_text("[core\n")
    with pytest.raises(GitError, match="config"):
        list_tree(repository)
