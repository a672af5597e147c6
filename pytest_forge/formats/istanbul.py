"""Istanbul's coverage by file (`coverage-final.json`), as vitest, jest, nyc and c8 write it.

Lines are counted as Istanbul does it: the lines on which statements begin. Its summaries round, and
say "Unknown" of nothing; everything is computed here from the counts.
"""

from collections.abc import Iterator, Mapping

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import CoveredLines, Report, Sample

TOTAL, HIT = "istanbul.total", "istanbul.hit"
"""Beginnings of the measures of samples that count a file's lines, branches and functions."""

KINDS = {"line": "lines", "branch": "branches", "function": "functions"}
"""What is counted, with its plural, as in `coverage.line`."""

Counts = Mapping[str, tuple[int, int]]


def parse(data: bytes) -> Report:
    """Return the coverage measures, each file's counts as samples, and its lines.

    Raises `OutputUnreadable`, also where a file's counters don't belong to what they count.
    """
    samples: list[Sample] = []
    lines: dict[str, CoveredLines] = {}
    for path, file in parse_json(data, "the coverage").members():
        hits = _lines(file)
        lines[path] = CoveredLines(
            frozenset(line for line, hit in hits.items() if hit),
            frozenset(line for line, hit in hits.items() if not hit),
        )
        counts: Counts = {
            "line": _counted(list(hits.values())),
            "branch": _counted(list(_branches(file))),
            "function": _counted([one.count() > 0 for _, one in _pairs(file, "f", "fnMap")]),
        }
        samples += _samples(path, counts)
    return Report(measures=measures_of(samples), samples=tuple(samples), lines=lines)


def measures_of(samples: list[Sample]) -> dict[str, float]:
    """Return the measures of all files whose counts are given; a kind of which is none is absent.

    `coverage.statements` counts lines.
    """
    measures: dict[str, float] = {}
    for kind in KINDS:
        total = sum(one.value for one in samples if one.measure == f"{TOTAL}.{kind}")
        hit = sum(one.value for one in samples if one.measure == f"{HIT}.{kind}")
        if total:
            measures[f"coverage.{kind}"] = 100 * hit / total
        if kind == "line":
            measures["coverage.statements"] = total
    return measures


def _samples(path: str, counts: Counts) -> Iterator[Sample]:
    for kind, (hit, total) in counts.items():
        yield Sample(f"{TOTAL}.{kind}", total, path, path)
        yield Sample(f"{HIT}.{kind}", hit, path, path)
    hit, total = counts["line"]
    if total:
        yield Sample("coverage.line", 100 * hit / total, path, path)


def _counted(hits: list[bool]) -> tuple[int, int]:
    return sum(hits), len(hits)


def _lines(file: Value) -> dict[int, bool]:
    """Return which lines begin a statement, and whether one of these ran."""
    hits: dict[int, bool] = {}
    for place, count in _pairs(file, "s", "statementMap"):
        line = place.key("start").key("line").count()
        hits[line] = hits.get(line, False) or count.count() > 0
    return hits


def _branches(file: Value) -> Iterator[bool]:
    # vitest reckons how often an `else` that is not there was taken, and may arrive below 0.
    for _, counts in _pairs(file, "b", "branchMap"):
        yield from (one.integer() > 0 for one in counts.items())


def _pairs(file: Value, counters: str, places: str) -> Iterator[tuple[Value, Value]]:
    counted, placed = dict(file.key(counters).members()), dict(file.key(places).members())
    if set(counted) != set(placed):
        raise unreadable("the coverage", f"{file.at} has not one counter for each of its {places}")
    for name, place in placed.items():
        yield place, counted[name]
