"""Maven's goals have to have run in every module; logs are recorded ones."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_forge.errors import NothingMeasured, OutputUnreadable
from pytest_forge.formats import maven_log
from pytest_forge.formats.maven_log import COMPILED, GOALS_FAILED
from pytest_forge.model import Finding, Report, TestCase, TestOutcome
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java import ran, selecting
from pytest_forge.toolchains.java.checks import CHECKS

Recorded = Callable[[str, str, str], bytes]

ERROR = Finding("errors", "maven-enforcer-plugin:enforce", "shop: a rule is broken")
FAILED = Report(tests=(TestCase("T::a", TestOutcome.FAILED),))


def context(*modules: str) -> Context:
    root = Path("/repository")
    project = Project("pom.xml", "java", "kit", {"code_modules": modules})
    return Context(project, ProjectSettings(), Tree(root, ()), root, root, root / ".forge")


@pytest.fixture
def failed_goal(recorded: Recorded) -> Report:
    """SpotBugs ended on the module that the other one needs, after both were built."""
    return maven_log.parse(recorded("maven-verify", "failed-goal", "log"))


@pytest.fixture
def skipped(recorded: Recorded) -> Report:
    """A goal before the analysers ended on a module; the one that needs it was never built."""
    return maven_log.parse(recorded("maven-verify", "skipped", "log"))


def test_a_goal_behind_the_build_keeps_no_module_from_it(failed_goal: Report) -> None:
    assert failed_goal.measures == {COMPILED: 3}
    assert selecting.compilation(failed_goal).findings == ()
    ran.demand(failed_goal, ran.BILL)


@pytest.mark.parametrize("goal", [ran.SPOTBUGS, ran.CHECKSTYLE, ran.PMD])
def test_a_goal_that_failed_has_shown_nothing_nor_those_behind_it(
    failed_goal: Report, goal: str
) -> None:
    with pytest.raises(
        OutputUnreadable, match="goal spotbugs-maven-plugin:spotbugs failed on shop"
    ):
        ran.demand(failed_goal, goal)


def test_a_module_that_was_never_built_is_no_clean_build(skipped: Report) -> None:
    with pytest.raises(OutputUnreadable, match=r"^Maven skipped till"):
        selecting.compilation(skipped)
    with pytest.raises(OutputUnreadable, match="maven-dependency-plugin:tree failed on shop"):
        ran.tests(context(), {"maven-verify": skipped})
    with pytest.raises(OutputUnreadable, match="maven-dependency-plugin:tree failed on shop"):
        ran.demand(skipped, ran.BILL)


def test_an_error_tells_why_a_module_was_never_built(skipped: Report) -> None:
    with_error = replace(skipped, findings=(*skipped.findings, ERROR))
    assert selecting.compilation(with_error).findings == (ERROR,)


@pytest.mark.parametrize("goal", [ran.BILL, ran.SPOTBUGS, ran.CHECKSTYLE, ran.PMD, ran.FAILSAFE])
def test_an_error_of_the_build_comes_before_every_goal_behind_it(goal: str) -> None:
    with pytest.raises(OutputUnreadable, match="the build failed before") as raised:
        ran.demand(Report(findings=(ERROR,)), goal)
    assert raised.value.mend == (
        "mend the build first: maven-enforcer-plugin:enforce shop: a rule is broken"
    )


def test_a_goal_that_nobody_knows_comes_first() -> None:
    strange = Finding(GOALS_FAILED, "own-plugin:run", "shop: no")
    with pytest.raises(OutputUnreadable, match="own-plugin:run failed on shop: no"):
        ran.demand_build(Report(findings=(strange,)))


def test_a_failed_test_stands_where_a_goal_failed_too(skipped: Report) -> None:
    assert ran.tests(context(), {"run": skipped.merged(FAILED)}).value("tests.failed") == 1
    assert selecting.tested(skipped.merged(FAILED)).value("tests.failed") == 1
    with pytest.raises(OutputUnreadable):
        selecting.tested(skipped)


@pytest.mark.parametrize("name", ["checkstyle", "pmd"])
def test_the_projects_linters_have_to_have_run_everywhere(failed_goal: Report, name: str) -> None:
    (check,) = (one for one in CHECKS if one.name == name)
    assert "log" in check.reads
    assert check.select is not None
    found = Report(
        findings=(Finding("lint.findings", "R", "no"), Finding("warnings", "removal", "soon")),
        measures={"files.checked": 2, "pmd.reports": 2, COMPILED: 3},
    )

    assert [one.rule for one in check.select(found).findings] == ["R"]
    with pytest.raises(OutputUnreadable, match="failed on shop"):
        check.select(failed_goal.merged(found))
    with pytest.raises(NothingMeasured, match="Maven compiled nothing"):
        check.select(replace(found, measures={**found.measures, COMPILED: 0}))


def test_spotbugs_looks_at_every_module_with_code() -> None:
    given = {"maven-verify": Report(measures={"spotbugs.reports": 1, COMPILED: 4})}
    assert ran.spotbugs(context("core"), given).measures == given["maven-verify"].measures
    with pytest.raises(OutputUnreadable, match="SpotBugs reports on 1 modules, but 2 hold code"):
        ran.spotbugs(context("core", "app"), given)
