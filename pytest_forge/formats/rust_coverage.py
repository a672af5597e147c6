"""The report of forge's own probe `rust_coverage`: coverage without the code of the tests."""

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import CoveredLines, Report, Sample

_NO_BRANCHES = "stable Rust measures no branches"


def parse(data: bytes) -> Report:
    """Return `coverage.line`, `coverage.function` and `coverage.statements`, the number of lines.

    The line coverage of each file is a sample, and its lines are told. Raises `OutputUnreadable`,
    also where the files do not add up to the totals, or the lines not to their number.
    """
    document = parse_json(data, "rust_coverage")
    if document.key("schema").text() != "rust-coverage-2":
        raise unreadable("rust_coverage", "its schema is not rust-coverage-2")
    lines = hit_lines = functions = hit_functions = 0
    samples = []
    numbers: dict[str, CoveredLines] = {}
    for path, file in document.key("files").members():
        counts = _counts(file)
        numbers[path] = _lines(file, counts)
        lines, hit_lines = lines + counts[0], hit_lines + counts[1]
        functions, hit_functions = functions + counts[2], hit_functions + counts[3]
        if counts[0]:
            samples.append(Sample("coverage.line", 100 * counts[1] / counts[0], path, path))
    if _counts(document.key("totals")) != (lines, hit_lines, functions, hit_functions):
        raise unreadable("rust_coverage", "its files do not add up to its totals")
    measures: dict[str, float] = {"coverage.statements": lines}
    unavailable = {"coverage.branch": _NO_BRANCHES}
    if lines:
        measures["coverage.line"] = 100 * hit_lines / lines
    if functions:
        measures["coverage.function"] = 100 * hit_functions / functions
    else:
        unavailable["coverage.function"] = "the code has no functions"
    notes = tuple(
        f"coverage: {one.text()} holds syntax that is unknown, so tests in it may count as code"
        for one in document.key("unreadable").items()
    )
    return Report(
        measures=measures,
        samples=tuple(samples),
        lines=numbers,
        unavailable=unavailable,
        notes=notes,
    )


def _lines(file: Value, counts: tuple[int, int, int, int]) -> CoveredLines:
    covered, uncovered = (
        frozenset(line.count() for line in file.key(name).items())
        for name in ("covered", "uncovered")
    )
    if (len(covered | uncovered), len(covered)) != counts[:2]:
        raise unreadable("rust_coverage", f"the lines of {file.at} are not as many as it counts")
    return CoveredLines(covered, uncovered)


def _counts(entry: Value) -> tuple[int, int, int, int]:
    names = ("lines", "covered_lines", "functions", "covered_functions")
    counts = [entry.key(name).count() for name in names]
    if counts[1] > counts[0] or counts[3] > counts[2]:
        raise unreadable("rust_coverage", f"{entry.at} covers more than there is")
    return counts[0], counts[1], counts[2], counts[3]
