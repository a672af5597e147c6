"""JaCoCo's XML report (DTD 1.1): lines, branches and methods of each source file.

A file is named by its package and its own name, since JaCoCo knows no directories of sources.
"""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from pytest_forge.formats.markup import attribute, count, parse_xml
from pytest_forge.formats.reading import unreadable
from pytest_forge.model import CoveredLines, Report, Sample

KINDS = {
    "LINE": "coverage.line",
    "BRANCH": "coverage.branch",
    "METHOD": "coverage.function",
}
"""JaCoCo's counters, and the measures for which they stand."""

MODULE = "coverage.module"
"""The measure of the sample that stands for the module of a report."""
EVERY, COVERED = ".every", ".covered"
"""Endings of the samples with a file's numbers, which reports of several modules add up."""


def parse(data: bytes) -> Report:
    """Return the measures of `KINDS` where there are any, `coverage.statements`, and all lines.

    `coverage.statements` are the lines with code. Each file's share of lines is a sample, and each
    of its numbers. Raises `OutputUnreadable`, also where the files are not what the whole is.
    """
    root = parse_xml(data, "JaCoCo", "report")
    samples: list[Sample] = []
    lines: dict[str, CoveredLines] = {}
    for path, file in _files(root):
        samples.extend(_numbers(path, file))
        lines[path] = _lines(file)
    _demand_all(root, samples)
    return Report(
        measures=shares(samples),
        samples=(
            Sample(MODULE, 1, attribute(root, "name", "JaCoCo")),
            *samples,
            *_by_file(samples),
        ),
        lines=lines,
    )


def shares(samples: Iterable[Sample]) -> dict[str, float]:
    """Return the measures that the numbers of files come to, and `coverage.statements`."""
    sums = _sums(samples)
    measures = {
        kind: 100 * sums.get(kind + COVERED, 0) / every
        for kind in KINDS.values()
        if (every := sums.get(kind + EVERY, 0))
    }
    return {"coverage.statements": sums.get("coverage.line" + EVERY, 0.0), **measures}


def _sums(samples: Iterable[Sample]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for one in samples:
        sums[one.measure] = sums.get(one.measure, 0) + one.value
    return sums


def _files(root: Element) -> Iterator[tuple[str, Element]]:
    for package in root.iter("package"):
        place = attribute(package, "name", "JaCoCo")
        for file in package.iterfind("sourcefile"):
            name = attribute(file, "name", "JaCoCo")
            yield (f"{place}/{name}" if place else name), file


def _numbers(path: str, file: Element) -> Iterator[Sample]:
    for counter in file.iterfind("counter"):
        kind = KINDS.get(attribute(counter, "type", "JaCoCo"))
        if kind:
            missed, covered = (count(counter, one, "JaCoCo") for one in ("missed", "covered"))
            yield Sample(kind + EVERY, missed + covered, path, path)
            yield Sample(kind + COVERED, covered, path, path)


def _by_file(samples: Iterable[Sample]) -> Iterator[Sample]:
    numbers = {(one.measure, one.subject): one.value for one in samples}
    for (measure, path), every in numbers.items():
        if measure == "coverage.line" + EVERY and every:
            covered = numbers["coverage.line" + COVERED, path]
            yield Sample("coverage.line", 100 * covered / every, path, path)


def _lines(file: Element) -> CoveredLines:
    ran: set[int] = set()
    others: set[int] = set()
    for line in file.iterfind("line"):
        covered = count(line, "ci", "JaCoCo")
        (ran if covered else others).add(count(line, "nr", "JaCoCo"))
    return CoveredLines(frozenset(ran), frozenset(others))


def _demand_all(root: Element, samples: Iterable[Sample]) -> None:
    """Demand that files with debug information are all that there is."""
    told = _sums(samples)
    for counter in root.iterfind("counter"):
        kind = KINDS.get(attribute(counter, "type", "JaCoCo"))
        if kind:
            every = sum(count(counter, one, "JaCoCo") for one in ("missed", "covered"))
            if every != told.get(kind + EVERY, 0):
                raise unreadable(
                    "JaCoCo", f"it counts {every} {counter.get('type')}, its files hold others"
                )
