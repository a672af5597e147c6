"""The proof that Maven's goals did their work in every module: one that failed has shown nothing.

A goal on the command line is forge's own: its failure is no error of the code, but behind it in the
same module nothing has run, and nothing at all in the modules that need this one.
"""

from collections.abc import Collection, Mapping

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats.maven_log import GOALS_FAILED, SKIPPED
from pytest_forge.model import Finding, Report
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java import bugs, testing
from pytest_forge.toolchains.java.untested import demand_tests

REPORT = "jacoco-maven-plugin:report"
SPOTBUGS = "spotbugs-maven-plugin:spotbugs"
CHECKSTYLE = "maven-checkstyle-plugin:checkstyle"
PMD = "maven-pmd-plugin:pmd"
BILL = "cyclonedx-maven-plugin:makeAggregateBom"
FAILSAFE = "maven-failsafe-plugin:integration-test"

_AGENT = "jacoco-maven-plugin:prepare-agent"
_TREE = "maven-dependency-plugin:tree"
_ALL_BUILT = "maven-help-plugin:active-profiles"
_REPORTS = (REPORT, SPOTBUGS, CHECKSTYLE, PMD)
_KNOWN = frozenset({_AGENT, _TREE, _ALL_BUILT, *_REPORTS, BILL, FAILSAFE})


def demand_build(report: Report) -> None:
    """Demand that Maven came to build every module, or that the log tells an error of the code.

    Raises `OutputUnreadable`.
    """
    _demand_goals(report, {_AGENT})
    if not _errors(report):
        _demand_modules(report)


def demand(report: Report, goal: str) -> None:
    """Demand that a goal has run in every module.

    Raises `OutputUnreadable` with what came in its way: a goal that failed, or an error.
    """
    _demand_goals(report, _needed(goal))
    for one in _errors(report):
        raise OutputUnreadable(
            f"the build failed before {goal} had run in every module",
            f"mend the build first: {one.rule} {one.message}",
        )
    _demand_modules(report)


def tests(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return the unit tests and their coverage, where no module was kept from them."""
    (report,) = inputs.values()
    if not report.value("tests.failed"):
        _demand_goals(report, _needed(REPORT))
        demand_build(report)
        demand_tests(context, report.tests)
    return testing.measure(context, inputs)


def spotbugs(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return what SpotBugs found, which has to have looked at every module with code."""
    (report,) = inputs.values()
    demand(report, SPOTBUGS)
    expected = len(context.project.words("code_modules"))
    if 0 < (seen := report.measures.get("spotbugs.reports", 0)) < expected:
        raise OutputUnreadable(
            f"SpotBugs reports on {seen:g} modules, but {expected} hold code",
            testing.LEFT_OUT,
        )
    return bugs.measure(context, inputs)


def _needed(goal: str) -> set[str]:
    """Return the goals of which none may have failed in a module for a goal to have run there."""
    if goal not in _REPORTS:
        return {_AGENT, _TREE, goal}
    before = _REPORTS[: _REPORTS.index(goal)]
    return {_AGENT, _TREE, _ALL_BUILT, *before, goal}


def _demand_goals(report: Report, needed: Collection[str]) -> None:
    for one in report.findings:
        if one.measure == GOALS_FAILED and (one.rule in needed or one.rule not in _KNOWN):
            raise OutputUnreadable(
                f"Maven's goal {one.rule} failed on {one.message}",
                f"see what `mvn verify {one.rule}` says",
            )


def _errors(report: Report) -> list[Finding]:
    return [one for one in report.findings if one.measure == "errors"]


def _demand_modules(report: Report) -> None:
    if skipped := [one.subject for one in report.samples if one.measure == SKIPPED]:
        raise OutputUnreadable(f"Maven skipped {', '.join(skipped)}", "see what `mvn verify` says")
