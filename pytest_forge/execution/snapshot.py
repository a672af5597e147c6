"""Copies of the working tree and of a release, for tools that write into what they read."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pytest_forge.git import GitError, git
from pytest_forge.toolchains.declarations import Context


@contextmanager
def snapshot(context: Context) -> Iterator[Mapping[str, str]]:
    """Copy the tree's files; the slot `snapshot` is the project's directory in the copy.

    The copy shows the repository's git data (a build may take its version from the tags), through
    a `.git` file like that of a linked worktree. The copy goes when the run has ended.
    """
    copy = context.scratch / "snapshot"
    for path in context.tree.files:
        source, target = context.root / path, copy / path
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    copy.mkdir(parents=True, exist_ok=True)
    _show_git(context.root, copy)
    try:
        yield {"snapshot": str(copy / context.project.directory)}
    finally:
        shutil.rmtree(copy, ignore_errors=True)


@contextmanager
def release_snapshot(context: Context) -> Iterator[Path]:
    """Copy the last release, which others read too; yields what forge's root is in the copy.

    The run has the release in the slot `release`. The copy goes when the run has ended.
    """
    copy = context.scratch / "before"
    release = Path(context.slots["release"])
    shutil.copytree(release, copy, symlinks=True, ignore=shutil.ignore_patterns(".git"))
    try:
        yield copy
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def _show_git(root: Path, copy: Path) -> None:
    try:
        directory = git(root, "rev-parse", "--absolute-git-dir").strip()
    except GitError:
        return
    # Where the root is below git's top level the copy looks like the whole work tree: enough for
    # versions from tags, which is all that a build reads there.
    (copy / ".git").write_text(f"gitdir: {directory}\n", encoding="utf-8")
