"""The proof that Maven's goals did their work in every module: one that failed has shown nothing.

A goal on the command line is forge's own: its failure is no error of the code, but behind it in the
same module nothing has run, and nothing at all in the modules that need this one.
"""

from collections.abc import Mapping

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats.maven_log import GOALS_FAILED, SKIPPED
from pytest_forge.model import Finding, Report
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java import bugs, testing

TREE = "maven-dependency-plugin:tree"
BILL = "cyclonedx-maven-plugin:makeAggregateBom"
SPOTBUGS = "spotbugs-maven-plugin:spotbugs"
CHECKSTYLE = "maven-checkstyle-plugin:checkstyle"
PMD = "maven-pmd-plugin:pmd"
FAILSAFE = "maven-failsafe-plugin:integration-test"

_BUILD = "verify"
# As they stand on the command line.
_ORDER = (
    "jacoco-maven-plugin:prepare-agent",
    _BUILD,
    *(TREE, BILL, SPOTBUGS, CHECKSTYLE, PMD, FAILSAFE),
)


def demand_build(report: Report) -> None:
    """Demand that Maven came to build every module, or that the log tells an error of the code.

    Raises `OutputUnreadable`.
    """
    _demand_goals(report, _BUILD)
    if not _errors(report):
        _demand_modules(report)


def demand(report: Report, goal: str) -> None:
    """Demand that a goal has run in every module.

    Raises `OutputUnreadable` with what came in its way: a goal that failed, or an error.
    """
    _demand_goals(report, goal)
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
        demand_build(report)
    return testing.measure(context, inputs)


def spotbugs(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return what SpotBugs found, which has to have looked at every module with code."""
    (report,) = inputs.values()
    demand(report, SPOTBUGS)
    expected = len(context.project.words("code_modules"))
    if 0 < (seen := report.measures.get("spotbugs.reports", 0)) < expected:
        raise OutputUnreadable(
            f"SpotBugs reports on {seen:g} modules, but {expected} hold code",
            "see which of them the build's configuration leaves out",
        )
    return bugs.measure(context, inputs)


def _demand_goals(report: Report, until: str) -> None:
    for one in report.findings:
        if one.measure == GOALS_FAILED and _place(one.rule) <= _place(until):
            raise OutputUnreadable(
                f"Maven's goal {one.rule} failed on {one.message}",
                f"see what `mvn verify {one.rule}` says",
            )


def _place(goal: str) -> int:
    return _ORDER.index(goal) if goal in _ORDER else 0


def _errors(report: Report) -> list[Finding]:
    return [one for one in report.findings if one.measure == "errors"]


def _demand_modules(report: Report) -> None:
    if skipped := [one.subject for one in report.samples if one.measure == SKIPPED]:
        raise OutputUnreadable(f"Maven skipped {', '.join(skipped)}", "see what `mvn verify` says")
