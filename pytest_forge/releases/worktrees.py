"""The files of a commit, in a worktree beside the working tree."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pytest_forge.errors import NoReference
from pytest_forge.git import GitError, git
from pytest_forge.locks import lock

WORKTREE_NAME = 16
"""How many characters of its commit's name are the name of a worktree's directory."""


@contextmanager
def commit_worktree(root: Path, commit: str) -> Iterator[Path]:
    """Have the files of a commit at hand: yields the counterpart of forge's root in a worktree.

    It is made and removed as that of a release. Raises `NoReference`.
    """
    with lock(_in_use(root), shared=True):
        try:
            place = checked_out(root, commit) / prefix(root)
        except GitError as error:
            raise NoReference(f"the commit {commit} can't be checked out: {error}") from error
        yield place


@contextmanager
def worktrees_in_use(root: Path) -> Iterator[Path]:
    """Keep the worktrees from being removed: yields the directory in which they lie."""
    with lock(_in_use(root), shared=True):
        yield root / ".forge" / "worktrees"


def remove_worktrees(root: Path) -> None:
    """Remove the worktrees of releases below `root`, once nobody compares with them any more."""
    directory = root / ".forge" / "worktrees"
    if not directory.is_dir():
        return
    with lock(_in_use(root)):
        for worktree in directory.iterdir():
            with suppress(GitError):
                git(root, "worktree", "remove", "--force", "--force", str(worktree))
        shutil.rmtree(directory, ignore_errors=True)
        with suppress(GitError):
            git(root, "worktree", "prune")


def checked_out(root: Path, commit: str) -> Path:
    """Return the worktree of a commit, made where it does not stand yet. Raises `GitError`."""
    path = root / ".forge" / "worktrees" / commit[:WORKTREE_NAME]
    with lock(root / ".forge" / "worktrees-made.lock"):
        if not _stands(path, commit):
            _make_worktree(root, path, commit)
    return path


def _stands(path: Path, commit: str) -> bool:
    """Tell whether an earlier user (or an interrupted run) left the whole worktree here."""
    if not (path / ".git").is_file():
        return False
    with suppress(GitError):
        at_commit = git(path, "rev-parse", "HEAD").strip() == commit
        return at_commit and not git(path, "status", "--porcelain").strip()
    return False


def _make_worktree(root: Path, path: Path, commit: str) -> None:
    shutil.rmtree(path, ignore_errors=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    # The user's hooks (post-checkout) are for the user's own checkouts.
    no_hooks = ("-c", f"core.hooksPath={os.devnull}")
    git(root, *no_hooks, "worktree", "add", "--detach", "--force", "--quiet", str(path), commit)


def _in_use(root: Path) -> Path:
    return root / ".forge" / "worktrees.lock"


def prefix(root: Path) -> str:
    """Return where forge's root lies below git's top level, "" at the top."""
    return git(root, "rev-parse", "--show-prefix").rstrip("\n")
