"""What one build tells four gates: each compilation left a log, and what stands in the logs.

A file that is compiled for several frameworks, or in several projects, is told of once.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from pytest_forge.errors import NothingMeasured, OutputUnreadable
from pytest_forge.formats import dotnet_log, msbuild_project, roslyn
from pytest_forge.model import Finding, Report, Sample
from pytest_forge.toolchains.declarations import Context

HIDING = "metrics.hiding"
"""The measure of how many files keep CA1502 from telling of every function."""
_NO_LOG = "run `dotnet build --no-incremental` by hand, and see which project is not compiled"


def measure(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return the findings of all compilations, with how many of them there were.

    Raises `OutputUnreadable` where a compilation left no log, and no error says why.
    """
    built, asked = inputs["dotnet-build"], inputs["dotnet-projects"]
    report = replace(built, findings=_once(built.findings), samples=_functions(built.samples))
    logs = int(total(built, roslyn.LOG))
    expected = int(total(asked, msbuild_project.FRAMEWORKS))
    errors = sum(one.measure == "errors" for one in report.findings)
    lost = _lost(built)
    if lost:
        raise OutputUnreadable(f"the build tells of {lost} that stands in no log", _NO_LOG)
    if logs < expected and not errors and not _ended(built):
        raise OutputUnreadable(
            f"of {expected} compilations {logs} left a log: the others were not compiled", _NO_LOG
        )
    return replace(
        report,
        measures={
            "compilations": logs,
            "compilations.failed": errors,
            "build.results": logs + errors,
            "compilations.measured": total(built, roslyn.MEASURED),
            "compilations.guarded": total(built, roslyn.GUARDED),
            "projects.nullable": total(asked, msbuild_project.NULLABLE),
            HIDING: len(context.project.words("metrics_files")),
        },
        notes=tuple(dict.fromkeys(report.notes)),
    )


def total(report: Report, measure: str) -> float:
    """Return the sum of a measure's samples."""
    return sum(one.value for one in report.samples if one.measure == measure)


def _once(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))


def _lost(built: Report) -> str:
    """Return a result of the compiler that was printed and is in no log, "" for none."""
    functions = _functions(built.samples)
    known = {(one.rule, one.path, one.line) for one in built.findings}
    known |= {(roslyn.COMPLEXITY, one.path, one.line) for one in functions}
    told = (one for one in built.samples if one.measure == dotnet_log.COMPILED)
    lost = (one for one in told if (one.subject, one.path, one.line) not in known)
    first = next(lost, None)
    return f"{first.subject} in {first.path}" if first else ""


def _ended(built: Report) -> bool:
    """Tell whether a project ended its build by a warning that it takes for an error."""
    made = sum(one.measure == dotnet_log.BUILT for one in built.samples)
    return made < total(built, roslyn.LOG)


def _functions(samples: tuple[Sample, ...]) -> tuple[Sample, ...]:
    return tuple(dict.fromkeys(one for one in samples if one.measure == "complexity.max"))


def findings_of(*measures: str) -> Callable[[Report], Report]:
    """Return the selection of some measures' findings; the functions' values are not among it.

    It raises `NothingMeasured` for analyses of code that does not compile.
    """

    def select(report: Report) -> Report:
        if "errors" not in measures:
            _require_compiled(report)
        kept = tuple(one for one in report.findings if one.measure in measures)
        return replace(report, findings=kept, samples=())

    return select


def _require_compiled(report: Report) -> None:
    failed = report.measures.get("compilations.failed", 0)
    if failed:
        raise NothingMeasured(
            f"the code does not compile ({failed:g} errors), so it was not analysed",
            "see the check dotnet-build",
        )


def complexity(report: Report) -> Report:
    """Select the functions' complexities; raises `NothingMeasured` where CA1502 was off."""
    _require_compiled(report)
    if not report.measures.get("compilations.measured"):
        raise NothingMeasured(
            "CA1502 was not on in any compilation: the .NET analyzers are switched off",
            "set EnableNETAnalyzers to true, or exempt the check",
        )
    if report.measures.get(HIDING):
        raise NothingMeasured(
            "the project's own CodeMetricsConfig.txt keeps functions below its threshold from"
            " being told",
            "write `CA1502(Method): 0` into it, or exempt the check",
        )
    functions = [one for one in report.samples if one.measure == "complexity.max"]
    highest = max((one.value for one in functions), default=0.0)
    # A project without a function has none that is complex.
    measures = {**report.measures, "complexity.max": highest}
    notes = _partly(report, "compilations.measured", "CA1502 was on")
    return replace(report, findings=(), samples=tuple(functions), measures=measures, notes=notes)


def guarded(report: Report) -> Report:
    """Select what the security rules found, with a note where they were not on everywhere."""
    selected = findings_of("findings")(report)
    return replace(
        selected, notes=_partly(report, "compilations.guarded", "the security rules were on")
    )


def _partly(report: Report, measure: str, what: str) -> tuple[str, ...]:
    """Return the notes, and one more where something held of some compilations alone."""
    every, held = report.measures.get("compilations", 0), report.measures.get(measure, 0)
    if not 0 < held < every:
        return report.notes
    return (*report.notes, f"{what} in {held:g} of {every:g} compilations")
