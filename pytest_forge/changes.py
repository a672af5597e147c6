"""What was changed since a revision: files and lines of the working tree, as git tells them.

The revision's merge base with HEAD is compared with the working tree, since that is what is
measured: commits, changes that are not committed and files that git does not know yet all count.
Paths are relative to forge's root; what lies outside of it is not seen.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from pytest_forge.errors import ConfigurationError
from pytest_forge.git import GitError, git
from pytest_forge.listing import list_tree
from pytest_forge.patches import COMPARING, OPTIONS, QUOTING, additions
from pytest_forge.revisions import OPTION, merge_base

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""Lines, as pairs of the first and the last; both count from 1."""

WHOLE: Ranges = ((1, 2**31 - 1),)
"""Every line of a file: one that is new, or that git can't compare by lines."""

_SUBMODULE = "160000"


@dataclass(frozen=True)
class Changes:
    """The changes since the merge base `base` (a commit) of `revision`, as the user wrote it.

    `files` gives the changed lines of each changed file that is there; () for one from which lines
    were only removed, or which only got another name. `gone` are paths that are no files any more,
    the former names of renamed files and the directories of changed submodules among them.
    """

    revision: str
    base: str
    files: Mapping[str, Ranges] = field(default_factory=dict)
    gone: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """Return every path that the change touches."""
        return (*self.files, *self.gone)

    def touches(self, path: str, first: int, last: int) -> bool:
        """Tell whether a line from `first` to `last` of a file was changed."""
        ranges = self.files.get(path, ())
        return any(start <= last and first <= end for start, end in ranges)

    def lines(self, path: str, among: "frozenset[int]") -> frozenset[int]:
        """Return those of the line numbers `among` that were changed in a file."""
        return frozenset(line for line in among if self.touches(path, line, line))

    def within(self, belongs: Callable[[str], bool]) -> "Changes":
        """Return the changes of the paths of which `belongs` is true."""
        return replace(
            self,
            files={path: lines for path, lines in self.files.items() if belongs(path)},
            gone=tuple(filter(belongs, self.gone)),
        )

    def dumps(self) -> str:
        """Return the changes as ASCII text, to be handed to another process."""
        return json.dumps([self.revision, self.base, dict(self.files), self.gone])

    @classmethod
    def loads(cls, text: str) -> "Changes":
        """Rebuild what `dumps` has written."""
        revision, base, files, gone = json.loads(text)
        ranges = {path: tuple((a, b) for a, b in pairs) for path, pairs in files.items()}
        return cls(revision, base, ranges, tuple(gone))


def changes_since(root: Path, revision: str) -> Changes:
    """Return what was changed in the working tree below `root` since `revision` branched off.

    Raises `ConfigurationError`, one line with the git command that mends it, where the revision or
    its merge base with HEAD can't be had.
    """
    base = merge_base(root, revision)
    try:
        files, gone = _compared(root, base)
    except GitError as error:
        raise ConfigurationError(f"{OPTION} {revision}: {error}") from error
    return Changes(revision, base, files, gone)


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
        if entry.endswith("/"):  # a repository that is no submodule
            yield from (f"{entry}{path}" for path in list_tree(root / entry).files)
        elif entry:
            yield entry
