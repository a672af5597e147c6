"""coverage.py's JSON report (format 3; functions since coverage 7.6).

coverage.py's own `percent_covered` mixes lines and branches and its display is rounded, so every
percentage is computed here from the counts:

- `coverage.line` = covered_lines / num_statements
- `coverage.branch` = covered_branches / num_branches
- `coverage.function` = functions with a covered line / functions that have statements
- `coverage.total` = (covered_lines + covered_branches) / (num_statements + num_branches), which is
  what coverage.py compares with `fail_under`
"""

from dataclasses import dataclass

from packaging.version import InvalidVersion, Version

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import CoveredLines, Report, Sample

_COUNTS = ("covered_lines", "num_statements", "covered_branches", "num_branches")


@dataclass(frozen=True, slots=True)
class _Counts:
    covered_lines: int
    num_statements: int
    covered_branches: int
    num_branches: int

    def __add__(self, other: "_Counts") -> "_Counts":
        return _Counts(*(getattr(self, name) + getattr(other, name) for name in _COUNTS))


def parse(data: bytes) -> Report:
    """Return the coverage measures, the line coverage of each file as samples, and its lines.

    Raises `OutputUnreadable`, also where the files do not add up to the totals, or the lines not to
    their number.
    """
    document = parse_json(data, "coverage")
    branches = document.key("meta").key("branch_coverage").flag()
    totals = _counts(document.key("totals"), branches)
    summed, samples = _Counts(0, 0, 0, 0), []
    lines: dict[str, CoveredLines] = {}
    for path, file in document.key("files").members():
        counts = _counts(file.key("summary"), branches)
        summed += counts
        lines[path] = _lines(file, counts)
        if counts.num_statements:
            value = 100 * counts.covered_lines / counts.num_statements
            samples.append(Sample("coverage.line", value, path, path))
    if summed != totals:
        raise unreadable("coverage", "its files do not add up to its totals")
    measures, unavailable = _measures(totals, branches)
    _add_functions(document, measures, unavailable)
    return Report(measures=measures, samples=tuple(samples), lines=lines, unavailable=unavailable)


def _lines(file: Value, counts: _Counts) -> CoveredLines:
    covered, uncovered = (
        frozenset(line.count() for line in file.key(name).items())
        for name in ("executed_lines", "missing_lines")
    )
    if (len(covered), len(covered | uncovered)) != (counts.covered_lines, counts.num_statements):
        raise unreadable("coverage", f"the lines of {file.at} are not as many as it counts")
    return CoveredLines(covered, uncovered)


def _counts(summary: Value, branches: bool) -> _Counts:
    values = [
        summary.key(name).count() if branches or "branches" not in name else 0 for name in _COUNTS
    ]
    counts = _Counts(*values)
    if counts.covered_lines > counts.num_statements or counts.covered_branches > (
        counts.num_branches
    ):
        raise unreadable("coverage", f"{summary.at} covers more than there is")
    return counts


def _measures(totals: _Counts, branches: bool) -> tuple[dict[str, float], dict[str, str]]:
    measures: dict[str, float] = {"coverage.statements": totals.num_statements}
    unavailable = {}
    if totals.num_statements:
        measures["coverage.line"] = 100 * totals.covered_lines / totals.num_statements
        covered = totals.covered_lines + totals.covered_branches
        measures["coverage.total"] = 100 * covered / (totals.num_statements + totals.num_branches)
    if totals.num_branches:
        measures["coverage.branch"] = 100 * totals.covered_branches / totals.num_branches
    elif branches:
        unavailable["coverage.branch"] = "the code has no branches"
    return measures, unavailable


def _add_functions(
    document: Value, measures: dict[str, float], unavailable: dict[str, str]
) -> None:
    functions = hit = 0
    reported = _reports_functions(document.key("meta").key("version").text())
    for _, file in document.key("files").members():
        regions = file.key("functions") if reported else file.optional("functions")
        if regions is None:
            unavailable["coverage.function"] = "coverage.py before 7.6 does not report functions"
            return
        for name, region in regions.members():
            summary = region.key("summary")
            # "" is the code outside of functions.
            if name and summary.key("num_statements").count():
                functions += 1
                hit += summary.key("covered_lines").count() > 0
    if functions:
        measures["coverage.function"] = 100 * hit / functions
    else:
        unavailable["coverage.function"] = "the code has no functions"


def _reports_functions(version: str) -> bool:
    try:
        return Version(version).release >= (7, 6)
    except InvalidVersion as error:
        raise unreadable("coverage", f"$.meta.version is {version!r}") from error
