"""What has become of files that are gone: asked of git's last copy of them."""

import os
from collections import Counter
from pathlib import Path
from threading import Lock

from pytest_forge.git import GitError, git

SIMILAR = 0.5
"""The share of equal lines from which a file is another one moved; git's own for renames."""


class GitMoves:
    """Tells moved files of the tree at `root`; every answer is kept. Safe for threads."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._old: dict[str, str | None] = {}
        self._lock = Lock()

    def is_gone(self, path: str) -> bool:
        """Tell whether there is no such file in the working tree."""
        return not os.path.lexists(self._root / path)

    def resembles(self, old: str, new: str) -> bool | None:
        """Tell whether half of the lines of `old`, as git last had it, are those of `new`.

        None where git has no copy: outside git, in a shallow clone, of a file never committed.
        """
        with self._lock:
            if old not in self._old:
                self._old[old] = self._last_copy(old)
            before = self._old[old]
        if before is None:
            return None
        try:
            after = (self._root / new).read_bytes().decode("utf-8", "surrogateescape")
        except OSError:
            return False
        return _share(before, after) >= SIMILAR

    def _last_copy(self, path: str) -> str | None:
        try:
            deleted = git(
                self._root, "log", "-1", "--format=%H", "--diff-filter=D", "--", f":(literal){path}"
            ).strip()
            revision = f"{deleted}^" if deleted else "HEAD"
            return git(self._root, "show", f"{revision}:./{path}")
        except GitError:
            return None


def _share(before: str, after: str) -> float:
    """Return the share of lines that two texts have in common, of the longer one's lines."""
    first, second = (
        Counter("".join(line.split()) for line in _lines(one)) for one in (before, after)
    )
    longest = max(first.total(), second.total())
    return (first & second).total() / longest if longest else 1.0


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
