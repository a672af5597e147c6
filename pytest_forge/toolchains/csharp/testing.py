"""The unit tests' report: every test project ran, and what all of them together have covered."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pytest_forge.errors import NothingMeasured, OutputUnreadable
from pytest_forge.formats import cobertura, msbuild_project, trx
from pytest_forge.model import CoveredLines, Report, Sample
from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.csharp.compiled import total
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.places import placed, shipped_places

COVERAGE = ("coverage.line", "coverage.branch", "coverage.function")
# A member's body, or an expression in its place: what declares alone has no line to cover.
_BODY = re.compile(rb"\)\s*\{|=>")
_WHAT = {"coverage.line": "lines", "coverage.branch": "branches", "coverage.function": "functions"}


def measure(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return the tests, and the coverage of the files that ship, merged over the test projects.

    Raises `OutputUnreadable` where a test project did not run, `NothingMeasured` where nothing of
    what ships, or of some package with code, was measured.
    """
    report, asked = inputs["dotnet-test"], inputs["dotnet-projects"]
    project = context.project
    _require_all(project, report, asked, project.words("unit_projects"))
    lines = {path: report.lines[path] for path in shipped_places(context) if path in report.lines}
    if not lines:
        return _without_coverage(report)
    if not report.value("tests.failed"):
        _require_packages(context, lines)
    functions = tuple(_functions(report.samples, lines))
    measures = {
        **_share("coverage.line", _lines(lines)),
        **_share("coverage.branch", _branches(report.samples, lines)),
        **_share("coverage.function", [(1, int(one.value)) for one in functions]),
        "coverage.statements": sum(number for number, _ in _lines(lines)),
    }
    nothing = {
        name: f"the code has no {what}" for name, what in _WHAT.items() if name not in measures
    }
    return replace(
        report,
        measures={**report.measures, **measures},
        samples=(*_files(lines), *functions),
        notes=(*report.notes, *_unmentioned(context, lines)),
        lines=lines,
        unavailable={**report.unavailable, **nothing},
    )


def integration(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return the integration tests; raises `OutputUnreadable` where a project did not run."""
    report, asked = inputs["dotnet-integration-tests"], inputs["dotnet-projects"]
    words = context.project.words
    projects = (*words("integration_projects"), *words("filtered_projects"))
    _require_all(context.project, report, asked, projects)
    return replace(report, samples=(), lines={})


def _require_all(project: Project, report: Report, asked: Report, projects: Iterable[str]) -> None:
    known = (*project.words("test_projects"), *project.words("benchmark_projects"))
    told = total(asked, msbuild_project.TEST)
    if told > len(known):
        raise OutputUnreadable(
            f"MSBuild takes {told:g} projects for tests, of which forge has seen {len(known)}",
            "state IsTestProject in each test project",
        )
    runs, wanted = total(report, trx.RUN), len(tuple(projects))
    if runs < wanted and not report.value("tests.failed"):
        raise OutputUnreadable(
            f"of {wanted} test projects {runs:g} reported a run",
            "run `dotnet test` by hand, and see which one does not",
        )


def _without_coverage(report: Report) -> Report:
    if not report.value("tests.failed") and report.value("tests.executed"):
        raise NothingMeasured(
            "the coverage holds no file that ships",
            "refer to coverlet.collector in the test projects, and to the project that they test",
        )
    absent = dict.fromkeys(COVERAGE, "no test ran to its end with its coverage")
    return replace(report, samples=(), lines={}, unavailable={**report.unavailable, **absent})


def _share(name: str, counts: Iterable[tuple[int, int]]) -> dict[str, float]:
    """Return a measure in percent of pairs (all, covered), nothing where there is none."""
    pairs = list(counts)
    every = sum(number for number, _ in pairs)
    return {name: 100 * sum(covered for _, covered in pairs) / every} if every else {}


def _lines(lines: Mapping[str, CoveredLines]) -> list[tuple[int, int]]:
    return [(len(one.covered | one.uncovered), len(one.covered)) for one in lines.values()]


def _branches(
    samples: Iterable[Sample], lines: Mapping[str, CoveredLines]
) -> Iterable[tuple[int, int]]:
    """Return branches and those taken, line by line: of several runs the one that took most."""
    best: dict[tuple[str, str, int], float] = {}
    for one in samples:
        if one.measure in (cobertura.BRANCHES, cobertura.TAKEN) and one.path in lines:
            place = (one.measure, one.path or "", one.line or 0)
            best[place] = max(best.get(place, 0.0), one.value)
    for (what, path, line), value in best.items():
        if what == cobertura.BRANCHES:
            yield int(value), int(best.get((cobertura.TAKEN, path, line), 0))


def _functions(samples: Iterable[Sample], lines: Mapping[str, CoveredLines]) -> Iterable[Sample]:
    """Return each function once, covered where one of the test projects has run it."""
    found: dict[tuple[str, str, int], Sample] = {}
    for one in samples:
        if one.measure == cobertura.FUNCTION and one.path in lines:
            key = (one.path or "", one.subject, one.line or 0)
            before = found[key].value if key in found else 0.0
            found[key] = replace(one, measure="coverage.function", value=max(one.value, before))
    return found.values()


def _require_packages(context: Context, lines: Mapping[str, CoveredLines]) -> None:
    """Demand that the coverage knows each package that is released.

    Coverlet looks at what stands beside the tests: a project that no test refers to is not there,
    and its code would be missing from the share that is judged.
    """
    for package in context.project.published:
        files = placed(package, package.words("sources"))
        if not any(path in lines for path in files) and any(_holds_code(context, files)):
            raise NothingMeasured(
                f"no test project's coverage mentions a file of the package {package.name}",
                f"refer to {package.manifest} in a test project that refers to coverlet.collector,"
                " or say <IsPackable>false</IsPackable> if it is not released",
            )


def _unmentioned(context: Context, lines: Mapping[str, CoveredLines]) -> Iterator[str]:
    """Yield a note on shipped files with code of which no test project's coverage knows."""
    shipped = [path for path in shipped_places(context) if path not in lines]
    if files := list(_holds_code(context, shipped)):
        yield f"not measured, since no test project's coverage mentions it: {', '.join(files)}"


def _holds_code(context: Context, paths: Iterable[str]) -> Iterator[str]:
    return (path for path in paths if _BODY.search(context.tree.read(path)))


def _files(lines: Mapping[str, CoveredLines]) -> Iterable[Sample]:
    for path, one in lines.items():
        every = len(one.covered | one.uncovered)
        if every:
            yield Sample("coverage.line", 100 * len(one.covered) / every, path, path)


def is_code(project: Project, tree: Tree, path: str) -> bool:
    """Tell whether a file is C# that ships and that somebody has written."""
    return path in placed(project, project.words("sources"))
