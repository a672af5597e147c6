"""The base commit: with what a change is compared, and whether it changed anything that runs."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pytest_forge.changes.revisions import commit_of, merge_base
from pytest_forge.errors import ConfigurationError, NoReference
from pytest_forge.git import GitError, git, is_repository

_PROSE = frozenset({".md", ".rst", ".adoc"})
_DEFAULT_BRANCHES = ("origin/main", "origin/master", "main", "master")
_SHORT = 12


@dataclass(frozen=True)
class Base:
    """The base commit, and the files that differ from it: changed, removed and untracked ones."""

    commit: str
    changed: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return how it is called in reports."""
        return f"commit {self.commit[:_SHORT]}"

    @property
    def has_only_prose(self) -> bool:
        """Tell whether nothing differs but prose, which no program runs."""
        return all(PurePosixPath(path).suffix.lower() in _PROSE for path in self.changed)


def find_base(root: Path, revision: str) -> Base | None:
    """Return the base of the working tree: where HEAD and `revision` went apart.

    Without a revision it is the default branch: the remote's, else `main` or `master`; None where
    there is none, or no commit. Raises `NoReference` for a revision that can't be had.
    """
    named = revision or _default_branch(root)
    if not named:
        return None
    try:
        commit = merge_base(root, named, f'performance.base = "{named}"')
    except ConfigurationError as error:
        if not revision:
            return None
        raise NoReference(str(error)) from error
    return Base(commit, _changed(root, commit))


def known_commit(root: Path, commit: str) -> Base | None:
    """Return a commit as the base, None where git does not have it (in a shallow clone)."""
    if not commit or not is_repository(root) or commit_of(root, commit) is None:
        return None
    return Base(commit, _changed(root, commit))


def _default_branch(root: Path) -> str:
    if not is_repository(root):
        return ""
    try:
        return git(root, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD").strip()
    except GitError:
        return next((name for name in _DEFAULT_BRANCHES if commit_of(root, name)), "")


def _changed(root: Path, commit: str) -> tuple[str, ...]:
    differing = git(root, "diff", "--name-only", "--no-renames", "-z", commit).split("\0")
    untracked = git(root, "ls-files", "--others", "--exclude-standard", "-z").split("\0")
    # What forge itself stores there is a change of nothing that runs.
    changed = (path for path in (*differing, *untracked) if path and not _is_own(path))
    return tuple(sorted(set(changed)))


def _is_own(path: str) -> bool:
    return ".forge" in PurePosixPath(path).parts
