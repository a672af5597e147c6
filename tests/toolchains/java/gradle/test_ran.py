"""That Gradle's tasks did their work: what was passed over is an error, never a pass."""

from pathlib import Path

import pytest

from pytest_forge.errors import MeasurementError, NothingMeasured, OutputUnreadable
from pytest_forge.formats.gradle_tasks import UNLINTED
from pytest_forge.model import Component, Report, Sample, TestCase, TestOutcome
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java.gradle import ran

PASSED = TestCase("T::a", TestOutcome.PASSED)
FAILED = TestCase("T::b", TestOutcome.FAILED)


def context() -> Context:
    root = Path("/repository")
    project = Project("settings.gradle", "java", "kit", {"code_modules": (".",)})
    return Context(project, ProjectSettings(), Tree(root, ()), root, root, root / ".forge")


def after(kind: str, outcome: str, files: int = 0) -> Report:
    return Report(samples=(Sample(f"gradle.{kind}.{outcome}", files, f":{kind}"),))


@pytest.mark.parametrize("outcome", ["SKIPPED", "UP-TO-DATE", "FROM-CACHE"])
@pytest.mark.parametrize("kind", ["compile", "unit-tests", "integration-tests", "pmd"])
def test_a_task_that_gradle_passed_over_measured_nothing(kind: str, outcome: str) -> None:
    with pytest.raises(NothingMeasured, match=f"did not run :{kind}: it is {outcome}"):
        ran.demand(after(kind, outcome, 3), kind)
    ran.demand(after(kind, outcome, 3), "needs")


@pytest.mark.parametrize(
    ("outcome", "said"), [("FAILED", ":pmd failed"), ("NOT-RUN", ":pmd did not run")]
)
def test_a_task_that_failed_leaves_nothing_to_read(outcome: str, said: str) -> None:
    with pytest.raises(OutputUnreadable, match=said):
        ran.demand(after("pmd", outcome), "pmd")


@pytest.mark.parametrize("outcome", ["EXECUTED", "NO-SOURCE"])
def test_a_task_that_did_its_work_or_had_none_is_fine(outcome: str) -> None:
    ran.demand(after("pmd", outcome), "pmd")


def test_a_compiler_without_a_source_has_nothing_to_be_skipped() -> None:
    ran.demand(after("compile", "SKIPPED", 0), "compile")


def test_why_a_compiler_failed_stands_in_the_log() -> None:
    assert ran.compiled(after("compile", "FAILED")).samples == ()


def test_a_compiler_that_did_not_take_the_lints_is_named() -> None:
    def compiled(files: int) -> Report:
        return Report(samples=(Sample(UNLINTED, files, ":core:compileJava"),))

    with pytest.raises(NothingMeasured, match=":core:compileJava did not take the lints"):
        ran.linted(compiled(2))
    assert ran.linted(compiled(0)).samples == ()


@pytest.mark.parametrize("kind", ["unit-tests", "coverage"])
@pytest.mark.parametrize("outcome", ["FAILED", "NOT-RUN"])
def test_tests_need_every_task_and_report(kind: str, outcome: str) -> None:
    report = after(kind, outcome).merged(Report(tests=(PASSED,)))
    with pytest.raises(OutputUnreadable, match=f":{kind} "):
        ran.tests(context(), {"gradle-build": report})


def test_a_failed_test_is_told_whatever_else_is_missing() -> None:
    report = after("coverage", "FAILED").merged(Report(tests=(FAILED,)))
    found = ran.tests(context(), {"gradle-build": report})
    assert found.value("tests.failed") == 1


def test_without_a_test_gradle_itself_skips_the_coverage() -> None:
    found = ran.tests(context(), {"gradle-build": after("coverage", "SKIPPED")})
    assert found.value("tests.executed") == 0


@pytest.mark.parametrize("outcome", ["FAILED", "NOT-RUN", "SKIPPED"])
def test_spotbugs_has_looked_at_every_project(outcome: str) -> None:
    with pytest.raises(MeasurementError):
        ran.spotbugs(context(), {"gradle-build": after("spotbugs", outcome)})


def component(direct: bool, ships: bool) -> Component:
    return Component("org.example:kit", "1", "Maven", "MIT", direct=direct, ships=ships)


def test_components_of_several_projects_are_one() -> None:
    report = Report(
        components=(
            component(direct=False, ships=True),
            component(direct=True, ships=False),
        ),
        measures={"modules": 2},
    )
    found = ran.components(context(), {"gradle-build": report})
    assert found.components == (component(direct=True, ships=True),)
    assert found.measures == {"modules": 2}


def test_components_of_which_none_has_a_license_were_not_read() -> None:
    report = Report(components=(Component("org.example:kit", "1", "Maven"),))
    with pytest.raises(OutputUnreadable, match="no POM of any dependency"):
        ran.components(context(), {"gradle-build": report})


def test_components_need_every_project(tmp_path: Path) -> None:
    with pytest.raises(OutputUnreadable, match=":needs failed"):
        ran.components(context(), {"gradle-build": after("needs", "FAILED")})
    with pytest.raises(OutputUnreadable, match=":needs failed"):
        ran.vulnerable(context(), {"gradle-build": after("needs", "FAILED")})
