"""git, asked through its command line; it is a stated need of forge."""

from pathlib import Path

from pytest_forge.errors import ForgeError
from pytest_forge.execution.process import capture


class GitError(ForgeError):
    """git is missing or refused; the text is git's last line."""


def git(root: Path, *args: str, timeout: float = 120.0) -> str:
    """Run git in `root` and return its standard output.

    File names that are not UTF-8 come back with surrogate escapes. Raises `GitError`.
    """
    try:
        # Without optional locks git doesn't write the index, which belongs to the user's own git.
        done = capture(("git", *args), root, timeout, {"GIT_OPTIONAL_LOCKS": "0"})
    except OSError as error:
        raise GitError(f"git can't be started: {error}") from error
    if done.status != 0:
        lines = done.stderr.strip().splitlines() or [f"git exited with status {done.status}"]
        raise GitError(lines[-1])
    return done.stdout


def is_repository(root: Path) -> bool:
    """Tell whether `root` lies in a git work tree."""
    try:
        return git(root, "rev-parse", "--is-inside-work-tree").strip() == "true"
    except (GitError, OSError):
        return False
