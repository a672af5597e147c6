"""The unit tests' report: all packages tested, and the coverage of what somebody has written."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest
from math import inf

from pytest_forge.errors import NothingMeasured, OutputUnreadable
from pytest_forge.formats import go_cover, go_cover_functions
from pytest_forge.model import CoveredLines, Report, Sample
from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.go.members import own_modules
from pytest_forge.toolchains.places import join, relative

COVERAGE = ("coverage.line", "coverage.function", "coverage.total")
_FUNCTION = re.compile(rb"^func\b", re.MULTILINE)
# go tool cover shows one decimal.
_ROUNDED = 0.051


def measure(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return the tests, and the coverage without generated files.

    Raises `OutputUnreadable` where a listed package has not been tested, and where profile and
    functions do not belong together.
    """
    (report,) = inputs.values()
    tested, listed = (report.measures.get(f"packages{what}", 0) for what in (".tested", ""))
    if tested < listed:
        raise _damaged(f"go test names {tested:g} packages, but there are {listed:g}")
    shown = [one.value for one in report.samples if one.measure == go_cover_functions.TOTAL]
    if "coverage.statements" not in report.measures or not shown:
        return _without_coverage(report)
    if abs(shown[0] - report.measures.get("coverage.line", 0.0)) > _ROUNDED:
        raise _damaged("the coverage profile does not hold what go tool cover has read in it")
    return _written(report, _located(context))


def _damaged(what: str) -> OutputUnreadable:
    return OutputUnreadable(what, "run it again, and see that its disk is not full")


def _without_coverage(report: Report) -> Report:
    if not report.value("tests.failed"):
        raise NothingMeasured("go test wrote no coverage profile", "run `go test` by hand")
    absent = dict.fromkeys(COVERAGE, "tests failed before they had written their coverage")
    return replace(report, unavailable={**report.unavailable, **absent})


def _located(context: Context) -> Callable[[str], str | None]:
    """Return the function that makes a path below forge's root of a name in a profile.

    It is None for a generated file.
    """
    project, places = context.project, own_modules(context)
    generated = {join(project.directory, path) for path in project.words("generated")}

    def locate(name: str) -> str | None:
        module = max((one for one in places if name.startswith(f"{one}/")), key=len, default="")
        if not module:
            raise _damaged(f"the coverage names {name}, which is in no module of the project")
        path = join(places[module], name.removeprefix(f"{module}/"))
        return None if path in generated else path

    return locate


def _written(report: Report, locate: Callable[[str], str | None]) -> Report:
    """Return the report with the coverage of files that are not generated."""
    shares = _by_subject(report.samples, "coverage.line")
    numbers = _by_subject(report.samples, go_cover.STATEMENTS)
    located = {name: locate(name) for name in numbers}
    files = {
        path: (int(numbers[name]), round(share * numbers[name] / 100))
        for name, share in shares.items()
        if (path := located[name]) is not None
    }
    functions = tuple(_functions(report.samples, located))
    covered = go_cover.report_of(files)
    measures = {**covered.measures, **go_cover_functions.measures_of(functions)}
    kept = {name: value for name, value in report.measures.items() if name not in COVERAGE}
    return replace(
        report,
        measures={**kept, **measures},
        samples=(*(replace(one, path=one.subject) for one in covered.samples), *functions),
        lines=_lines(report.samples, located),
        unavailable={**report.unavailable, **_nothing_to_cover(measures)},
        notes=(*report.notes, *_left_out(located.values())),
    )


def _left_out(places: Collection[str | None]) -> tuple[str, ...]:
    """Return the note that tells why the coverage is not that which go itself shows."""
    left_out = sum(place is None for place in places)
    files = "generated file is" if left_out == 1 else "generated files are"
    return (f"{left_out} {files} left out of the coverage",) if left_out else ()


def _lines(samples: Iterable[Sample], located: Mapping[str, str | None]) -> dict[str, CoveredLines]:
    """Return the lines of each file's blocks; one that is in several ran where one of these did."""
    lines: dict[str, CoveredLines] = {}
    for one in samples:
        path = located.get(one.subject) if one.measure == go_cover.BLOCK else None
        if path is not None:
            numbers = frozenset(range(_line(one), (one.last_line or 0) + 1))
            block = CoveredLines(numbers) if one.value else CoveredLines(uncovered=numbers)
            lines[path] = lines.get(path, CoveredLines()).merged(block)
    return lines


def _functions(samples: Iterable[Sample], located: Mapping[str, str | None]) -> Iterator[Sample]:
    """Yield the functions that have statements; of the others go shows that nothing was covered.

    A function's statements are in the blocks from its own line up to the next function's.
    """
    blocks, functions = _by_file(samples, located)
    shown = {name: path for name, path in located.items() if path is not None}
    for name, path in shown.items():
        for one in _with_statements(functions[name], blocks[name]):
            yield replace(one, subject=one.subject.rpartition(":")[2], path=path)


def _by_file(
    samples: Iterable[Sample], located: Iterable[str]
) -> tuple[dict[str, list[int]], dict[str, list[Sample]]]:
    """Return for each located file the first lines of its blocks, and its functions."""
    blocks: dict[str, list[int]] = {name: [] for name in located}
    functions: dict[str, list[Sample]] = {name: [] for name in located}
    for one in samples:
        name = one.subject.rpartition(":")[0]
        if one.measure == go_cover.BLOCK:
            blocks[one.subject].append(_line(one))
        elif one.measure == "coverage.function" and name in functions:
            functions[name].append(one)
        elif one.measure == "coverage.function":
            raise _damaged(f"go tool cover names {name}, which the coverage profile does not")
    return blocks, functions


def _with_statements(functions: list[Sample], blocks: list[int]) -> Iterator[Sample]:
    ordered = sorted(functions, key=_line)
    for one, following in zip_longest(ordered, ordered[1:]):
        end = _line(following) if following else inf
        if any(_line(one) <= line < end for line in blocks):
            yield one


def _line(sample: Sample) -> int:
    return sample.line or 0


def _by_subject(samples: Iterable[Sample], measure: str) -> dict[str, float]:
    return {one.subject: one.value for one in samples if one.measure == measure}


def _nothing_to_cover(measures: Mapping[str, float]) -> dict[str, str]:
    what = {name: "functions" if name == "coverage.function" else "statements" for name in COVERAGE}
    return {name: f"the code has no {kind}" for name, kind in what.items() if name not in measures}


def is_code(project: Project, tree: Tree, path: str) -> bool:
    """Tell whether somebody wrote a function with a body into a file, and it is not for tests."""
    own = relative(path, project.directory)
    others = {*project.words("generated"), *project.words("test_files")}
    written = own in project.words("go_files") and own not in others
    return written and _FUNCTION.search(tree.read(path)) is not None
