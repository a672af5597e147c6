"""A coverage profile of `go test -coverprofile`: blocks of statements, and how often each ran.

With several packages under `-coverpkg` a block stands there once for each test binary; it counts
once, and is covered if one of them has run it. Go measures statements, not lines: their share is
`coverage.line`, as `go tool cover` shows it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Report, Sample

STATEMENTS = "coverage.statements"
"""The measure of the samples that hold a file's number of statements."""

BLOCK = "coverage.block"
"""The measure of the samples that say of a block with statements whether it ran: 100 or 0.

They stand from the line on which the block begins to the one on which it ends.
"""

_MODE = re.compile(r"mode: (?:set|count|atomic)")
_BLOCK = re.compile(r"(?P<file>.+):(?P<place>\d+\.\d+,\d+\.\d+) (?P<statements>\d+) (?P<count>\d+)")


def parse(data: bytes) -> Report:
    """Return `coverage.statements` and, where there are any, `coverage.line` and `coverage.total`.

    Each file's share and number of statements are samples, and each of its blocks; files are named
    as in the profile, by their package. Raises `OutputUnreadable`. A cut between two lines cannot
    be seen here.
    """
    text = lines(data)
    if not _MODE.fullmatch(text[0]) or text[-1]:
        raise unreadable("go's coverage", "it is cut off, or is no profile")
    blocks: dict[tuple[str, str], tuple[int, bool]] = {}
    for line in text[1:-1]:
        found = _BLOCK.fullmatch(line)
        if not found:
            raise unreadable("go's coverage", line)
        key = found["file"], found["place"]
        _, ran = blocks.get(key, (0, False))
        blocks[key] = int(found["statements"]), ran or int(found["count"]) > 0
    files: dict[str, tuple[int, int]] = {}
    for (file, _), (statements, ran) in blocks.items():
        every, covered = files.get(file, (0, 0))
        files[file] = every + statements, covered + statements * ran
    report = report_of(files)
    return replace(report, samples=(*report.samples, *_blocks(blocks)))


def _blocks(blocks: Mapping[tuple[str, str], tuple[int, bool]]) -> Iterator[Sample]:
    for (file, place), (statements, ran) in blocks.items():
        if statements:
            first, last = (int(one.partition(".")[0]) for one in place.split(","))
            yield Sample(BLOCK, 100.0 * ran, file, line=first, last_line=last)


def report_of(files: Mapping[str, tuple[int, int]]) -> Report:
    """Return the report of files with their numbers of statements and of covered ones."""
    every = sum(statements for statements, _ in files.values())
    covered = sum(ran for _, ran in files.values())
    measures: dict[str, float] = {"coverage.statements": every}
    if every:
        measures |= dict.fromkeys(("coverage.line", "coverage.total"), 100 * covered / every)
    counted = {file: counts for file, counts in files.items() if counts[0]}
    shares = (Sample("coverage.line", 100 * ran / n, file) for file, (n, ran) in counted.items())
    numbers = (Sample(STATEMENTS, n, file) for file, (n, _) in files.items())
    return Report(measures=measures, samples=(*shares, *numbers))
