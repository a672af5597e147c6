"""The unit tests' report: what surefire ran, and JaCoCo's coverage of the project's own files."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from pytest_forge.errors import NothingMeasured, OutputUnreadable
from pytest_forge.formats import jacoco
from pytest_forge.model import Report, Sample
from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java.located import located, unrooted
from pytest_forge.toolchains.java.sources import has_statements
from pytest_forge.toolchains.places import relative

_Locate = Callable[[str], str | None]
LEFT_OUT = "see which the build leaves out, by a profile or a setting; `exclude` does so for forge"
"""What helps where a tool has not looked at every module with code."""

COVERAGE = ("coverage.line", "coverage.branch", "coverage.function")


def measure(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return the tests, and the coverage without generated files.

    Raises `OutputUnreadable` where a module with code has no coverage report.
    """
    (report,) = inputs.values()
    tests = Report(tests=report.tests, notes=report.notes)
    samples = [one for one in report.samples if one.measure.startswith("coverage.")]
    if not any(one.measure == jacoco.MODULE for one in samples):
        return _without_coverage(tests)
    _demand_modules(context, samples)
    locate = located(context)
    lines = ((locate(unrooted(context, name)), one) for name, one in report.lines.items())
    return replace(
        _covered(tests, samples, locate),
        lines={path: numbers for path, numbers in lines if path is not None},
    )


def _covered(tests: Report, samples: Sequence[Sample], locate: _Locate) -> Report:
    """Return the tests with the shares of the project's own files."""
    kept = [
        replace(one, path=path, subject=path)
        for one in samples
        if (path := locate(one.subject)) is not None
    ]
    measures = jacoco.shares(kept)
    if not measures["coverage.statements"] and not tests.value("tests.failed"):
        raise NothingMeasured(
            "JaCoCo saw no line of the project's own code",
            "see what its settings leave out, or exempt unit-tests if there is none",
        )
    return replace(
        tests,
        measures=measures,
        samples=tuple(one for one in kept if one.measure == "coverage.line"),
        unavailable=_absent(measures),
        notes=(*tests.notes, *_left_out(samples, locate)),
    )


def _demand_modules(context: Context, samples: Sequence[Sample]) -> None:
    modules = sum(one.measure == jacoco.MODULE for one in samples)
    expected = len(context.project.words("code_modules"))
    if modules < expected:
        raise OutputUnreadable(
            f"JaCoCo reports on {modules} modules, but {expected} hold code",
            LEFT_OUT,
        )


def _absent(measures: Mapping[str, float]) -> dict[str, str]:
    """Return the shares of which there is nothing to measure, with the reason."""
    absent = (name for name in COVERAGE if name not in measures)
    return {name: f"the code has no {name.removeprefix('coverage.')}" for name in absent}


def _left_out(samples: Iterable[Sample], locate: _Locate) -> tuple[str, ...]:
    named = {one.subject for one in samples if one.measure != jacoco.MODULE}
    count = sum(locate(name) is None for name in named)
    files = "generated file is" if count == 1 else "generated files are"
    return (f"{count} {files} left out of the coverage",) if count else ()


def _without_coverage(tests: Report) -> Report:
    if tests.value("tests.failed"):
        absent = dict.fromkeys(COVERAGE, "tests failed before any code of the project ran")
        return replace(tests, unavailable=absent)
    if not tests.value("tests.executed"):
        return tests
    raise NothingMeasured(
        "JaCoCo wrote no report of the tests",
        "see whether the build turns JaCoCo off, as jacoco.skip does, or an argLine of surefire's "
        "without @{argLine}",
    )


def is_code(project: Project, tree: Tree, path: str) -> bool:
    """Tell whether a file ships and may hold statements."""
    own = relative(path, project.directory)
    return own in project.words("sources") and has_statements(own)
