"""What was changed since a revision: files and lines of the working tree, without any I/O.

Paths are relative to forge's root; what lies outside of it is not seen. `differences` reads them.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""Lines, as pairs of the first and the last; both count from 1."""

WHOLE: Ranges = ((1, 2**31 - 1),)
"""Every line of a file: one that is new, or that git can't compare by lines."""


@dataclass(frozen=True)
class Changes:
    """The changes since the merge base `base` (a commit) of `revision`, as the user wrote it.

    `files` gives the changed lines of each changed file that is there; () for one from which lines
    were only removed, or which only got another name. `gone` are paths that are no files any more,
    the former names of renamed files and the directories of changed submodules among them.
    `has_commits` tells whether there are commits since then, which may undo each other. `exclude`
    are the globs of what does not belong to the run.
    """

    revision: str
    base: str
    files: Mapping[str, Ranges] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    has_commits: bool = False
    exclude: tuple[str, ...] = ()

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
        files = dict(self.files)
        return json.dumps([self.revision, self.base, files, self.gone, self.has_commits])

    @classmethod
    def loads(cls, text: str) -> "Changes":
        """Rebuild what `dumps` has written."""
        revision, base, files, gone, has_commits = json.loads(text)
        ranges = {path: tuple((a, b) for a, b in pairs) for path, pairs in files.items()}
        return cls(revision, base, ranges, tuple(gone), has_commits)
