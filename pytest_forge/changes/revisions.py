"""The revision that a change is compared with, and what to do where git does not have it."""

from pathlib import Path

from pytest_forge.errors import ConfigurationError
from pytest_forge.git import GitError, git, is_repository

OPTION = "--forge-since"


def merge_base(root: Path, revision: str, asked: str = "") -> str:
    """Return the commit from which HEAD and `revision` went apart.

    Raises `ConfigurationError` with the git command that mends it; `asked` says there who wants to
    know, the option where it is empty.
    """
    asked = asked or f"{OPTION} {revision}"
    if not is_repository(root):
        raise ConfigurationError(
            f"{asked}: {root} is no git work tree; work in a `git clone` of it"
        )
    if commit_of(root, "HEAD") is None:
        raise ConfigurationError(f"{asked}: there is no commit yet; `git commit` first")
    commit = commit_of(root, revision)
    if commit is None:
        raise ConfigurationError(f"{asked}: {_why_unknown(root, revision)}")
    try:
        return git(root, "merge-base", "HEAD", commit).strip()
    except GitError as error:
        why = "has no commit in common with HEAD"
        mend = "name a revision of the same history"
        if _is_shallow(root):
            why = f"{why} in this shallow clone"
            mend = "run `git fetch --unshallow` (in CI: fetch-depth: 0)"
        raise ConfigurationError(f"{asked}: {why}; {mend}") from error


def commit_of(root: Path, revision: str) -> str | None:
    """Return the commit that a revision means, None where git knows none."""
    arguments = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    try:
        return git(root, *arguments).strip()
    except GitError:
        return None


def _why_unknown(root: Path, revision: str) -> str:
    if _is_shallow(root):
        return (
            "unknown in this shallow clone; run `git fetch --unshallow` (in CI: fetch-depth: 0), "
            "or fetch the revision"
        )
    remotes = git(root, "remote").split()
    for remote in remotes:
        if commit_of(root, f"{remote}/{revision}") is not None:
            return f"git knows no such revision; {remote}/{revision} is there: name that"
    remote, _, branch = revision.partition("/")
    if branch and remote in remotes:
        return f"git knows no such revision; run `git fetch {remote} {branch}`"
    if remotes:
        return (
            f"git knows no such revision; run `git fetch {remotes[0]} {revision}` "
            f"and name {remotes[0]}/{revision}"
        )
    return "git knows no such revision; `git branch -a` lists the branches"


def _is_shallow(root: Path) -> bool:
    return git(root, "rev-parse", "--is-shallow-repository").strip() == "true"
