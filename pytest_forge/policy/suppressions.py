"""What a branch adds to its sources that makes a tool be silent: told of, and not judged."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from pytest_forge.changes.patches import OPTIONS, QUOTING, additions
from pytest_forge.git import git
from pytest_forge.phrases import few
from pytest_forge.toolchains.declarations import Suppression


def note(root: Path, commit: str, known: Sequence[Suppression]) -> Iterator[str]:
    """Yield one sentence that counts them by mark and names places, none where there are none.

    Raises `GitError`.
    """
    marks: Counter[str] = Counter()
    places: dict[str, None] = {}
    for path, number, line in _added(root, commit):
        for one in _of(path, known):
            if re.search(one.pattern, line):
                marks[one.mark] += 1
                places[f"{path}:{number}"] = None
    if marks:
        counts = ", ".join(f"{mark} ({count})" for mark, count in sorted(marks.items()))
        yield f"the branch adds suppressions to its sources: {counts}; in {few(places)}"


def _of(path: str, known: Iterable[Suppression]) -> Iterator[Suppression]:
    name = PurePosixPath(path).name
    return (one for one in known if fnmatchcase(name, one.files))


def _added(root: Path, commit: str) -> Iterator[tuple[str, int, str]]:
    """Yield path, number and text of every line below `root` that the working tree has more."""
    patch = git(root, *QUOTING, "diff", *OPTIONS, commit, "--")
    for addition in additions(patch):
        yield from ((addition.path, number, line) for number, line in addition.lines)
    for path in git(root, "ls-files", "--others", "--exclude-standard", "-z").split("\0"):
        with suppress(OSError):  # a directory that is another repository
            lines = (root / path).read_text("utf-8", "replace").splitlines() if path else ()
            yield from ((path, number, line) for number, line in enumerate(lines, 1))
