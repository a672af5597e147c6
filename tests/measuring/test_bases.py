"""The base commit of a change, in real repositories of git."""

import subprocess
from pathlib import Path

import pytest

from pytest_forge.errors import NoReference
from pytest_forge.measuring.bases import find_base
from pytest_forge.releases.worktrees import commit_worktree, remove_worktrees


class Repository:
    """A repository with a commit on main, and a branch that begins there."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit(**{"shop.py": "1", "README.md": "A shop.", ".gitignore": ".forge/\n"})
        self.first = self.git("rev-parse", "HEAD").strip()
        self.git("checkout", "--quiet", "-b", "change")

    def git(self, *args: str) -> str:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        command = ("git", *identity, *args)
        done = subprocess.run(command, cwd=self.root, check=True, capture_output=True, text=True)
        return done.stdout

    def commit(self, **files: str) -> None:
        for name, text in files.items():
            (self.root / name).write_text(text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", "Change")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def test_it_is_where_the_branch_began(repository: Repository) -> None:
    repository.commit(**{"shop.py": "2"})
    (repository.root / "new.py").write_text("3")
    base = find_base(repository.root, "")
    assert base is not None
    assert base.commit == repository.first
    assert base.changed == ("new.py", "shop.py")
    assert not base.has_only_prose
    assert base.name == f"commit {repository.first[:12]}"


def test_a_change_of_prose_alone_changes_nothing_that_runs(repository: Repository) -> None:
    repository.commit(**{"README.md": "Another shop.", "NEWS.rst": "News."})
    base = find_base(repository.root, "")
    assert base is not None
    assert base.changed == ("NEWS.rst", "README.md")
    assert base.has_only_prose


def test_what_forge_stores_is_no_change(repository: Repository) -> None:
    (repository.root / ".forge" / "baseline").mkdir(parents=True)
    (repository.root / ".forge" / "baseline" / "shop.json").write_text("{}")
    (repository.root / ".gitignore").unlink()
    base = find_base(repository.root, "")
    assert base is not None
    assert base.changed == (".gitignore",)


def test_a_file_that_was_removed_or_renamed_counts(repository: Repository) -> None:
    repository.git("mv", "shop.py", "shop.md")
    base = find_base(repository.root, "main")
    assert base is not None
    assert not base.has_only_prose


def test_the_remotes_default_branch_stands_first(repository: Repository, tmp_path: Path) -> None:
    repository.git("checkout", "--quiet", "-b", "trunk", "main")
    repository.commit(**{"shop.py": "2"})
    second = repository.git("rev-parse", "HEAD").strip()
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", repository.root, clone], check=True)
    base = find_base(clone, "")
    assert base is not None
    assert base.commit == second


def test_without_a_default_branch_there_is_none(repository: Repository, tmp_path: Path) -> None:
    repository.git("branch", "--quiet", "-m", "main", "other")
    assert find_base(repository.root, "") is None
    (tmp_path / "plain").mkdir()
    assert find_base(tmp_path / "plain", "") is None


def test_a_revision_that_is_named_has_to_be_there(repository: Repository) -> None:
    with pytest.raises(NoReference, match=r'performance.base = "nowhere": git knows no such'):
        find_base(repository.root, "nowhere")


def test_the_files_of_the_base_are_at_hand_and_go_again(repository: Repository) -> None:
    repository.commit(**{"shop.py": "2"})
    with commit_worktree(repository.root, repository.first) as place:
        assert (place / "shop.py").read_text() == "1"
    remove_worktrees(repository.root)
    assert not place.exists()
    assert repository.git("status", "--porcelain") == ""


def test_a_commit_that_is_not_there_is_no_reference(repository: Repository) -> None:
    with (
        pytest.raises(NoReference, match="can't be checked out"),
        commit_worktree(repository.root, "0" * 40),
    ):
        pass
