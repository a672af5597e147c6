"""What git prints as a patch: the lines that it adds, by file and, in a log, by commit.

The form is that of git-diff(1), "Generating patch text with -p" and "Combined diff format". A hunk
is read by the numbers of lines in its head, so that no line of a file can be taken for markup.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

_COMMIT = re.compile(r"commit ([0-9a-f]{40,64})")
_HUNK = re.compile(r"(@@+)((?: -\d+(?:,\d+)?)+) \+(\d+)(?:,(\d+))? \1")
_SIZE = re.compile(r"-\d+(?:,(\d+))?")
_ESCAPE = re.compile(rb'\\(?:([abtnvfr"\\])|([0-7]{3}))')
_ESCAPED = dict(zip(b'abtnvfr"\\', b'\a\b\t\n\v\f\r"\\', strict=True))
_NOWHERE = "/dev/null"

COMPARING = ("--no-color", "--no-ext-diff", "--find-renames", "--relative")
"""What git must be told whenever it compares, whatever the user has configured."""

OPTIONS = (
    *COMPARING,
    "--patch",
    "--no-textconv",
    "--unified=0",
    "--inter-hunk-context=0",
    "--src-prefix=a/",
    "--dst-prefix=b/",
)
"""What git must be told for a patch that can be read here."""

QUOTING = ("-c", "core.quotePath=false")
"""Options of git itself: names in other scripts than Latin come as they are."""


@dataclass(frozen=True, slots=True)
class Addition:
    """The lines that a patch adds to a file, with their numbers in it; `commit` is "" in a diff.

    There is one for each hunk. One that only removes lines adds none, and is an addition still.
    """

    commit: str
    path: str
    lines: tuple[tuple[int, str], ...]


def additions(text: str) -> Iterator[Addition]:
    """Read what `git diff` or `git log --format='commit %H'` prints with `OPTIONS`.

    The path is the file's after the change; a file that is gone has none, and is left out. A line
    that a merge has from one of its parents is not added by it.
    """
    commit, path = "", ""
    lines = iter(text.split("\n"))
    for line in lines:
        if found := _COMMIT.fullmatch(line):
            commit, path = found[1], ""
        elif line.startswith("+++ "):
            path = _path(line.removeprefix("+++ "))
        elif hunk := _HUNK.match(line):
            added = tuple(_added(hunk, lines))
            if path:
                yield Addition(commit, path, added)


def _added(hunk: re.Match[str], lines: Iterator[str]) -> Iterator[tuple[int, str]]:
    """Yield the added lines of a hunk and leave `lines` behind its last one.

    In front of a line stands a column for each side that it is compared with.
    """
    parents = len(hunk[1]) - 1
    left = _sizes(hunk[2])
    number = int(hunk[3])
    end = number + int(hunk[4] or 1)
    for line in lines:
        columns, content = line[:parents], line[parents:]
        if columns.startswith("\\"):
            continue  # "\ No newline at end of file"
        stands = "-" not in columns
        left = _left_of(left, columns, " " if stands else "-")
        if set(columns) == {"+"}:
            yield number, content
        number += stands
        if number >= end and max(left) <= 0:
            return


def _sizes(written: str) -> list[int]:
    """Return how many lines of each side a hunk has; one where its head names none."""
    return [int(size or 1) for size in _SIZE.findall(written)]


def _left_of(left: list[int], columns: str, mark: str) -> list[int]:
    """Return how many lines of each side are still to come, where a line has `mark` for its own."""
    return [size - (column == mark) for size, column in zip(left, columns, strict=False)]


def _path(written: str) -> str:
    """Return the path behind `+++`, "" where there is none."""
    if written == _NOWHERE:
        return ""
    quoted = written.startswith('"')
    # git sets a tab behind a name with white space in it.
    path = _unquoted(written) if quoted else written.removesuffix("\t")
    return path.removeprefix("b/")


def _unquoted(written: str) -> str:
    """Undo the quoting of "unusual" characters (git-config(1), core.quotePath)."""

    def character(found: re.Match[bytes]) -> bytes:
        return bytes([int(found[2], 8) if found[2] else _ESCAPED[found[1][0]]])

    inner = os.fsencode(written[1 : written.rindex('"')])
    return os.fsdecode(_ESCAPE.sub(character, inner))
