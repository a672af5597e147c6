"""The unit tests' report: every project ran, and the coverage of what ships, merged."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_forge.errors import NothingMeasured, OutputUnreadable
from pytest_forge.formats import cobertura, msbuild_project, trx
from pytest_forge.model import CoveredLines, Report, Sample, TestCase, TestOutcome
from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.csharp.testing import integration, is_code, measure
from pytest_forge.toolchains.declarations import Context

ContextOf = Callable[..., Context]

PASSED = TestCase("Kit.Tests.Works", TestOutcome.PASSED)
FAILED = TestCase("Kit.Tests.Works", TestOutcome.FAILED, message="no")
KIT = "src/Kit.cs"
RUN = Sample(trx.RUN, 1, "Kit.Tests.dll")
FACTS = {
    "unit_projects": ("tests/A.csproj",),
    "test_projects": ("tests/A.csproj",),
    "sources": (KIT,),
}


def lines(*covered: int, of: int = 4) -> dict[str, CoveredLines]:
    return {
        KIT: CoveredLines(frozenset(covered), frozenset(range(1, of + 1)) - set(covered)),
        "tests/Test.cs": CoveredLines(frozenset({1}), frozenset()),
    }


def branches(line: int, every: int, taken: int) -> tuple[Sample, Sample]:
    return (
        Sample(cobertura.BRANCHES, every, "", KIT, line),
        Sample(cobertura.TAKEN, taken, "", KIT, line),
    )


def function(name: str, hit: int, line: int) -> Sample:
    return Sample(cobertura.FUNCTION, hit, name, KIT, line, line + 1)


def asked(tests: int = 1) -> Report:
    return Report(samples=(Sample(msbuild_project.TEST, tests, "Kit.Tests"),))


def measured(context: Context, report: Report, projects: Report | None = None) -> Report:
    return measure(context, {"dotnet-test": report, "dotnet-projects": projects or asked()})


def test_only_what_ships_counts(context_of: ContextOf) -> None:
    ran = Report(tests=(PASSED,), samples=(RUN,), lines=lines(1, 2, 3))
    report = measured(context_of(**FACTS), ran)

    assert report.measures["coverage.line"] == 75
    assert report.measures["coverage.statements"] == 4
    assert set(report.lines) == {KIT}
    assert report.unavailable["coverage.branch"] == "the code has no branches"
    assert report.unavailable["coverage.function"] == "the code has no functions"
    assert [(one.measure, one.value, one.path) for one in report.samples] == [
        ("coverage.line", 75, KIT)
    ]


def test_code_that_no_coverage_mentions_is_named(context_of: ContextOf) -> None:
    """A project that no test refers to is not in the coverage; what only declares never is."""
    ran = Report(tests=(PASSED,), samples=(RUN,), lines=lines(1, 2, 3, 4))
    context = context_of(**FACTS | {"sources": (KIT, "src/IKit.cs", "src/Other.cs", "src/Sum.cs")})
    for name, text in (
        ("IKit", "interface IKit { int Size(); }"),
        ("Other", "class Other { int Size()\n{ return 1; } }"),
        ("Sum", "class Sum { int Size => 1; }"),
    ):
        path = context.root / "src" / f"{name}.cs"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    assert measured(context, ran).notes == (
        "not measured, since no test project's coverage mentions it: src/Other.cs, src/Sum.cs",
    )


@pytest.mark.parametrize(
    ("text", "outcome", "known"),
    [
        ("class More { int Size => 1; }", FAILED, False),
        ("interface IMore { int Size(); }", PASSED, False),
        ("class More { int Size => 1; }", PASSED, True),
    ],
    ids=["tests failed", "only declarations", "a file of it is known"],
)
def test_packages_that_no_test_refers_to_may_be_missing(
    context_of: ContextOf, text: str, outcome: TestCase, known: bool
) -> None:
    context = _with_package(context_of, text)
    there = {"more/More.cs": CoveredLines(frozenset(), frozenset({1}))} if known else {}
    ran = Report(tests=(outcome,), samples=(RUN,), lines={**lines(1, 2, 3), **there})

    assert measured(context, ran).measures["coverage.line"] == (60 if known else 75)


def test_a_package_with_code_that_no_coverage_mentions_is_an_error(context_of: ContextOf) -> None:
    context = _with_package(context_of, "class More { int Size => 1; }")
    ran = Report(tests=(PASSED,), samples=(RUN,), lines=lines(1, 2, 3, 4))

    with pytest.raises(NothingMeasured, match=r"a file of the package Kit\.More") as raised:
        measured(context, ran)
    assert "more/More.csproj" in raised.value.mend


def _with_package(context_of: ContextOf, text: str) -> Context:
    facts = FACTS | {"sources": (KIT, "more/More.cs")}
    more = Project("more/More.csproj", "csharp", "Kit.More", facts={"sources": ("More.cs",)})
    context = context_of(more, **facts)
    (context.root / "more").mkdir()
    (context.root / "more" / "More.cs").write_text(text)
    return context


def test_of_several_projects_the_best_branches_of_a_line_count(context_of: ContextOf) -> None:
    """Which of them each project took nobody says: more than the better one's is not proven."""
    ran = Report(
        tests=(PASSED,),
        samples=(RUN, *branches(2, 4, 3), *branches(2, 4, 1), *branches(3, 2, 0)),
        lines=lines(1),
    )
    assert measured(context_of(**FACTS), ran).measures["coverage.branch"] == 50


def test_a_function_is_covered_where_one_project_has_run_it(context_of: ContextOf) -> None:
    ran = Report(
        tests=(PASSED,),
        samples=(
            RUN,
            *(function("Kit.A", 0, 1), function("Kit.B", 0, 3)),
            *(function("Kit.A", 1, 1), function("Kit.B", 0, 3)),
        ),
        lines=lines(1, 2),
    )
    report = measured(context_of(**FACTS), ran)

    assert report.measures["coverage.function"] == 50
    assert [
        (one.subject, one.value) for one in report.samples if one.measure == "coverage.function"
    ] == [("Kit.A", 1), ("Kit.B", 0)]


def test_coverage_of_nothing_that_ships_is_none(context_of: ContextOf) -> None:
    """As where an assembly is excluded from coverage: the file says that it has 0 lines."""
    ran = Report(tests=(PASSED,), samples=(RUN, Sample(cobertura.FILE, 0, "")))

    with pytest.raises(NothingMeasured, match="no file that ships") as raised:
        measured(context_of(**FACTS), ran)
    assert "coverlet.collector" in raised.value.mend


def test_failed_tests_say_more_than_coverage_that_is_missing(context_of: ContextOf) -> None:
    report = measured(context_of(**FACTS), Report(tests=(FAILED,), samples=(RUN,)))

    assert report.value("tests.failed") == 1
    assert set(report.unavailable) == {"coverage.line", "coverage.branch", "coverage.function"}


def test_every_test_project_must_report_a_run(context_of: ContextOf) -> None:
    facts = {**FACTS, "unit_projects": ("a.csproj", "b.csproj")}
    ran = Report(tests=(PASSED,), samples=(RUN,), lines=lines(1))

    with pytest.raises(OutputUnreadable, match="of 2 test projects 1 reported a run"):
        measured(context_of(**{**facts, "test_projects": facts["unit_projects"]}), ran)


def test_a_test_project_that_forge_has_not_seen_is_an_error(context_of: ContextOf) -> None:
    ran = Report(tests=(PASSED,), samples=(RUN,), lines=lines(1))

    with pytest.raises(OutputUnreadable, match=r"takes 2 projects for tests, .* seen 1") as raised:
        measured(context_of(**FACTS), ran, asked(tests=2))
    assert "IsTestProject" in raised.value.mend


def test_benchmarks_are_tests_to_msbuild_and_seen(context_of: ContextOf) -> None:
    facts = {**FACTS, "benchmark_projects": ("tests/B.csproj",)}
    ran = Report(tests=(PASSED,), samples=(RUN,), lines=lines(1, 2, 3, 4))

    report = measured(context_of(**facts), ran, asked(tests=2))
    assert report.measures["coverage.line"] == 100


def test_integration_tests_are_tests_alone(context_of: ContextOf) -> None:
    context = context_of(**{**FACTS, "integration_projects": ("tests/A.csproj",)})
    ran = Report(tests=(PASSED,), samples=(RUN,), lines=lines(1))
    inputs = {"dotnet-integration-tests": ran, "dotnet-projects": asked()}

    report = integration(context, inputs)
    assert (report.value("tests.executed"), report.samples, report.lines) == (1, (), {})
    with pytest.raises(OutputUnreadable, match="of 1 test projects 0 reported a run"):
        integration(context, {**inputs, "dotnet-integration-tests": replace(ran, samples=())})


def test_code_is_what_ships() -> None:
    project = Project("lib/Kit.slnx", "csharp", "Kit", facts={"sources": (KIT,)})

    assert [is_code(project, Tree(Path(), ()), path) for path in ("lib/src/Kit.cs", KIT)] == [
        True,
        False,
    ]
