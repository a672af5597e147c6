"""What one build's logs, and MSBuild's word on the projects, prove together."""

from collections.abc import Callable

import pytest

from pytest_forge.errors import NothingMeasured, OutputUnreadable
from pytest_forge.formats import dotnet_log, msbuild_project, roslyn
from pytest_forge.model import Finding, Report, Sample
from pytest_forge.toolchains.csharp.compiled import complexity, findings_of, guarded, measure
from pytest_forge.toolchains.declarations import Context

ContextOf = Callable[..., Context]

UNUSED = Finding(measure="warnings", rule="CS0219", message="x", path="/r/A.cs", line=3)
BROKEN = Finding(measure="errors", rule="CS0029", message="x", path="/r/A.cs", line=4)
TOLD = Sample(dotnet_log.COMPILED, 1, "CS0219", "/r/A.cs", 3)
NAME = Sample("complexity.max", 12, "Name", "/r/A.cs", 7)


def log(*more: Sample) -> tuple[Sample, ...]:
    return (Sample(roslyn.LOG, 1, ""), *more)


def built(*assemblies: str) -> tuple[Sample, ...]:
    return tuple(Sample(dotnet_log.BUILT, 1, one) for one in assemblies)


def asked(frameworks: int, nullable: int = 1) -> Report:
    return Report(
        samples=(
            Sample(msbuild_project.FRAMEWORKS, frameworks, "Kit"),
            Sample(msbuild_project.NULLABLE, nullable, "Kit"),
        )
    )


def measured(context: Context, build: Report, projects: Report) -> Report:
    return measure(context, {"dotnet-build": build, "dotnet-projects": projects})


def test_every_framework_left_a_log(context_of: ContextOf) -> None:
    build = Report(samples=(*log(), *log(), *built("net8.0/Kit.dll", "net10.0/Kit.dll")))
    report = measured(context_of(), build, asked(2))

    assert report.measures["compilations"] == 2
    assert report.measures["compilations.failed"] == 0
    assert report.measures["build.results"] == 2
    assert report.measures["projects.nullable"] == 1


def test_a_log_that_is_missing_is_no_pass(context_of: ContextOf) -> None:
    """What was not compiled anew left none, with exit status 0."""
    build = Report(samples=(*log(), *built("a/Kit.dll", "b/Kit.dll")))

    with pytest.raises(OutputUnreadable, match="of 2 compilations 1 left a log") as raised:
        measured(context_of(), build, asked(2))
    assert "dotnet build --no-incremental" in raised.value.mend


def test_an_error_says_why_a_log_is_missing(context_of: ContextOf) -> None:
    """A broken project stops those that need it: they have none."""
    report = measured(context_of(), Report(findings=(BROKEN,), samples=log()), asked(3))

    assert report.measures["compilations.failed"] == 1
    assert report.measures["build.results"] == 2


def test_a_warning_that_is_an_error_ends_a_project_too(context_of: ContextOf) -> None:
    """Its log still says warning, and no assembly was made: those that need it have no log."""
    build = Report(findings=(UNUSED,), samples=(*log(), TOLD))

    assert measured(context_of(), build, asked(2)).findings == (UNUSED,)


def test_what_was_printed_must_stand_in_a_log(context_of: ContextOf) -> None:
    build = Report(samples=(*log(), TOLD, *built("a/Kit.dll")))

    with pytest.raises(OutputUnreadable, match=r"CS0219 in /r/A\.cs that stands in no log"):
        measured(context_of(), build, asked(1))


def test_a_function_that_was_printed_stands_in_a_log(context_of: ContextOf) -> None:
    told = Sample(dotnet_log.COMPILED, 1, roslyn.COMPLEXITY, NAME.path, NAME.line)
    build = Report(samples=(*log(NAME), told, *built("a/Kit.dll")))

    assert measured(context_of(), build, asked(1)).samples == (NAME,)


def test_a_file_of_several_frameworks_is_told_of_once(context_of: ContextOf) -> None:
    build = Report(
        findings=(UNUSED, UNUSED),
        samples=(*log(NAME), *log(NAME), *built("a/Kit.dll", "b/Kit.dll")),
        notes=("suppressed in the source: 1", "suppressed in the source: 1"),
    )
    report = measured(context_of(), build, asked(2))

    assert (report.findings, report.samples) == ((UNUSED,), (NAME,))
    assert report.notes == ("suppressed in the source: 1",)


@pytest.mark.parametrize("select", [findings_of("lint.findings"), complexity, guarded])
def test_code_that_does_not_compile_is_not_analysed(select: Callable[[Report], Report]) -> None:
    with pytest.raises(NothingMeasured, match=r"does not compile \(2 errors\)"):
        select(Report(measures={"compilations.failed": 2}))


def test_each_gate_has_its_own_findings() -> None:
    report = Report(findings=(UNUSED, BROKEN), measures={"compilations.failed": 1})

    assert findings_of("errors", "warnings")(report).findings == (UNUSED, BROKEN)
    assert findings_of("errors")(report).findings == (BROKEN,)


def test_the_highest_complexity() -> None:
    other = Sample("complexity.max", 3, "Other", "/r/A.cs", 30)
    report = Report(samples=(NAME, other), measures={"compilations.measured": 1})
    selected = complexity(report)

    assert selected.measures["complexity.max"] == 12
    assert selected.samples == (NAME, other)


def test_code_without_a_function_has_none_that_is_complex() -> None:
    assert complexity(Report(measures={"compilations.measured": 1})).measures["complexity.max"] == 0


def test_without_analyzers_no_complexity_is_known() -> None:
    with pytest.raises(NothingMeasured, match="CA1502 was not on") as raised:
        complexity(Report(measures={"compilations": 2}))
    assert "EnableNETAnalyzers" in raised.value.mend


def test_a_threshold_of_the_project_hides_functions(context_of: ContextOf) -> None:
    build = Report(samples=(*log(), Sample(roslyn.MEASURED, 1, ""), *built("a/Kit.dll")))
    report = measured(context_of(metrics_files=("CodeMetricsConfig.txt",)), build, asked(1))

    with pytest.raises(NothingMeasured, match=r"own CodeMetricsConfig\.txt"):
        complexity(report)


@pytest.mark.parametrize(
    ("select", "measure_", "what"),
    [
        (complexity, "compilations.measured", "CA1502 was on"),
        (guarded, "compilations.guarded", "the security rules were on"),
    ],
)
def test_what_was_not_on_everywhere_is_a_note(
    select: Callable[[Report], Report], measure_: str, what: str
) -> None:
    """Analyzers are off by default in what is built for netstandard2.0."""
    partly = select(Report(measures={"compilations": 2, measure_: 1}))
    wholly = select(Report(measures={"compilations": 2, measure_: 2}))

    assert partly.notes == (f"{what} in 1 of 2 compilations",)
    assert wholly.notes == ()
