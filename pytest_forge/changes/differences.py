"""Reads from git what was changed since a revision.

The revision's merge base with HEAD is compared with the working tree, since that is what is
measured: commits, changes that are not committed and files that git does not know yet all count.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pytest_forge.changes.changed import WHOLE, Changes, Ranges
from pytest_forge.changes.patches import COMPARING, OPTIONS, QUOTING, additions
from pytest_forge.changes.revisions import OPTION, merge_base
from pytest_forge.errors import ConfigurationError
from pytest_forge.git import GitError, git
from pytest_forge.listing import is_linked_work_tree, list_tree

_SUBMODULE = "160000"


def changes_since(root: Path, revision: str) -> Changes:
    """Return what was changed in the working tree below `root` since `revision` branched off.

    Raises `ConfigurationError`, one line with the git command that mends it, where the revision or
    its merge base with HEAD can't be had.
    """
    base = merge_base(root, revision)
    try:
        files, gone = _compared(root, base)
        has_commits = git(root, "rev-parse", "HEAD").strip() != base
    except GitError as error:
        raise ConfigurationError(f"{OPTION} {revision}: {error}") from error
    return Changes(revision, base, files, gone, has_commits)


@dataclass(frozen=True)
class _Entry:
    """One changed path: its modes and content before, and its name before where it was renamed."""

    modes: tuple[str, str]
    blob: str
    state: str
    path: str
    before: str

    @property
    def is_submodule(self) -> bool:
        return self.modes[1] == _SUBMODULE

    @property
    def gone(self) -> tuple[str, ...]:
        renamed = (self.before,) if self.state.startswith("R") else ()
        return (*renamed, self.path) if self.state == "D" or self.is_submodule else renamed


def _compared(root: Path, base: str) -> tuple[dict[str, Ranges], tuple[str, ...]]:
    """Return the changed lines by file, and the paths that are gone, below a git directory."""
    submodules = "--ignore-submodules=none"
    named = git(root, "diff", *COMPARING, submodules, "--raw", "-z", "--no-abbrev", base, "--")
    patch = git(root, *QUOTING, "diff", *OPTIONS, submodules, base, "--")
    lines: dict[str, list[tuple[int, int]]] = {}
    for addition in additions(patch):
        numbers = [number for number, _ in addition.lines]
        ranges = [(numbers[0], numbers[-1])] if numbers else []
        lines.setdefault(addition.path, []).extend(ranges)
    files: dict[str, Ranges] = {}
    gone: list[str] = []
    for entry in _entries(named):
        gone += entry.gone
        if entry.is_submodule:
            files |= _in_submodule(root, entry)
        elif entry.state != "D":
            by_line = lines.get(entry.path)
            files[entry.path] = _as_a_whole(root, entry) if by_line is None else tuple(by_line)
    return {**files, **dict.fromkeys(_untracked(root), WHOLE)}, tuple(gone)


def _entries(named: str) -> Iterator[_Entry]:
    """Read git's raw format (git-diff(1), "Raw output format") with NUL bytes behind the fields."""
    fields = iter(named.split("\0"))
    for described in fields:
        if described:
            old, new, blob, _, state = described.removeprefix(":").split(" ")
            before = next(fields)
            path = next(fields) if state[0] in "RC" else before
            yield _Entry((old, new), blob, state, path, before)


def _as_a_whole(root: Path, entry: _Entry) -> Ranges:
    """Judge a file of which git shows no lines: moved or of another mode only, or not by lines."""
    with suppress(GitError):  # of what is no plain file
        if git(root, "hash-object", "--", entry.path).strip() == entry.blob:
            return ()
    return WHOLE


def _in_submodule(root: Path, entry: _Entry) -> dict[str, Ranges]:
    """Return the changed files below a submodule; all, where its former commit can't be had."""
    place = root / entry.path
    if not (place / ".git").exists():
        return {}  # It is not checked out, so nothing of it is measured.
    files = dict.fromkeys(list_tree(place).files, WHOLE)
    if entry.modes[0] == _SUBMODULE:
        with suppress(GitError):
            files, _ = _compared(place, entry.blob)
    return {f"{entry.path}/{path}": lines for path, lines in files.items()}


def _untracked(root: Path) -> Iterator[str]:
    for entry in git(root, "ls-files", "--others", "--exclude-standard", "-z").split("\0"):
        if entry.endswith("/") and is_linked_work_tree(root / entry):
            continue  # of which nothing is measured
        if entry.endswith("/"):  # a repository that is no submodule
            yield from (f"{entry}{path}" for path in list_tree(root / entry).files)
        elif entry:
            yield entry
