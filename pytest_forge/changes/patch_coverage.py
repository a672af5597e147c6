"""Patch coverage: what the unit tests reach of the changed lines, in three states.

A changed line that holds code is covered, uncovered, or never measured: it stands in a file of the
project's code that no coverage data mentions. What is never measured counts as not covered:

    coverage.patch = covered / (covered + uncovered + never measured), in percent
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from pytest_forge.changes.changed import Changes
from pytest_forge.judging import Judgement
from pytest_forge.model import Finding, Report, Severity
from pytest_forge.projects import Project

MEASURE = "coverage.patch"
UNCOVERED = "coverage.patch.uncovered"
UNMEASURED = "coverage.patch.unmeasured"

_WHOLE = "coverage.line"


@dataclass(frozen=True)
class _File:
    """The changed lines of one file that hold code."""

    path: str
    covered: frozenset[int] = frozenset()
    uncovered: frozenset[int] = frozenset()
    unmeasured: frozenset[int] = frozenset()

    @property
    def counts(self) -> tuple[int, int, int]:
        """Return how many lines are covered, uncovered, and were never measured."""
        return len(self.covered), len(self.uncovered), len(self.unmeasured)


def with_patch_coverage(report: Report, judgement: Judgement) -> Report:
    """Add the measure to the report of a check that supplies the coverage of lines.

    Uncovered lines and files that were never measured become findings, each counted in a measure
    of its own. Where no changed line holds code there is no patch coverage.
    """
    changes = judgement.case.changes
    limited = {limit.measure for limit in judgement.gate.limits}
    if changes is None or MEASURE not in limited or _WHOLE not in judgement.supplies:
        return report
    if not report.lines:
        return _without_lines(report, changes, judgement.case.project)
    return _with_files(report, list(_files(report, changes, judgement)))


def _with_files(report: Report, files: Sequence[_File]) -> Report:
    counts = zip((0, 0, 0), *(one.counts for one in files), strict=True)
    covered, uncovered, unmeasured = map(sum, counts)
    total = covered + uncovered + unmeasured
    if not total:
        return report
    told = f"{covered} covered, {uncovered} uncovered, {unmeasured} never measured"
    return replace(
        report,
        findings=(*report.findings, *chain.from_iterable(map(_findings, files))),
        measures={**report.measures, MEASURE: 100 * covered / total},
        notes=(*report.notes, f"changed lines with code: {told}"),
    )


def _without_lines(report: Report, changes: Changes, project: Project) -> Report:
    """Say that there is no patch coverage, where something in the project's directory changed."""
    here = "" if project.directory == "." else f"{project.directory}/"
    if not any(path.startswith(here) for path in changes.files):
        return report
    note = f"{MEASURE} is not available: the coverage data names no lines"
    return replace(report, notes=(*report.notes, note))


def _files(report: Report, changes: Changes, judgement: Judgement) -> Iterator[_File]:
    for path in sorted(changes.files):
        known = report.lines.get(path)
        if known is not None:
            covered = changes.lines(path, known.covered)
            yield _File(path, covered, changes.lines(path, known.uncovered))
        else:
            yield _File(path, unmeasured=changes.lines(path, judgement.code(path)))


def _findings(file: _File) -> Iterator[Finding]:
    for first, last in _runs(file.uncovered):
        where = f"line {first}" if first == last else f"lines {first} to {last}"
        yield _finding(file, UNCOVERED, f"no unit test reaches {where} of the change", first, last)
    if file.unmeasured:
        why = "no coverage data mentions this file: its changed lines were never measured"
        yield _finding(file, UNMEASURED, why, min(file.unmeasured), max(file.unmeasured))


def _finding(file: _File, measure: str, message: str, first: int, last: int) -> Finding:
    rule = measure.rpartition(".")[2]
    return Finding(measure, rule, message, Severity.INFO, file.path, first, last_line=last)


def _runs(lines: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of each run of lines that follow each other."""
    ordered = sorted(lines)
    starts = [line for line in ordered if line - 1 not in lines]
    ends = [line for line in ordered if line + 1 not in lines]
    yield from zip(starts, ends, strict=True)
