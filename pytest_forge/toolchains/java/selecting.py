"""What each check of Java's builds keeps of the reports that it reads."""

from collections.abc import Callable
from dataclasses import replace

from pytest_forge.errors import NothingMeasured
from pytest_forge.formats.maven_log import COMPILED
from pytest_forge.model import Report
from pytest_forge.toolchains.java import ran

_LEFT_OUT = "see which modules and profiles the build leaves out"
# javac's lints about types; the others are about everything else (JDK-8030091).
_TYPES = frozenset({"cast", "overrides", "rawtypes", "static", "unchecked", "varargs"})


def compilation(report: Report) -> Report:
    """Keep what the build says of itself; a goal of ours that failed is no error of the code.

    Raises `OutputUnreadable` where such a goal kept a module from being built.
    """
    ran.demand_build(report)
    kept = (one for one in report.findings if one.measure in ("errors", "warnings"))
    return replace(report, findings=tuple(kept))


def types(report: Report) -> Report:
    """Keep what the compiler refuses, and its lints about types."""
    findings = (
        replace(one, measure="type.errors")
        for one in report.findings
        if one.measure == "errors" or one.rule in _TYPES
    )
    return replace(report, findings=tuple(findings))


def lints(report: Report) -> Report:
    """Keep the other lints; an error says that nothing could be linted."""
    findings = (
        one if one.measure == "errors" else replace(one, measure="lint.findings")
        for one in report.findings
        if one.rule not in _TYPES
    )
    return replace(report, findings=tuple(findings))


def without_compiled(report: Report) -> Report:
    """Leave out what was compiled: where something else is the proof it is no measure."""
    kept = {name: value for name, value in report.measures.items() if name != COMPILED}
    return replace(report, measures=kept)


def tested(report: Report) -> Report:
    """Leave out what the compiler warns of: the gate of the compilation tells that.

    Raises `OutputUnreadable` where failsafe has not run in every module; a failed test stands.
    """
    if not report.value("tests.failed"):
        ran.demand(report, ran.FAILSAFE)
    kept = tuple(one for one in report.findings if one.measure != "warnings")
    return without_compiled(replace(report, findings=kept))


def only(measure: str) -> Callable[[Report], Report]:
    """Keep the findings of one measure."""

    def select(report: Report) -> Report:
        kept = (one for one in report.findings if one.measure == measure)
        return replace(report, findings=tuple(kept))

    return select


def by_goal(goal: str, select: Callable[[Report], Report]) -> Callable[[Report], Report]:
    """Select from what a goal of Maven's has told, which must have run in every module.

    Raises `OutputUnreadable`, and `NothingMeasured` of a build that held no code.
    """

    def demanded(report: Report) -> Report:
        ran.demand(report, goal)
        if not report.measures.get(COMPILED):
            raise NothingMeasured("Maven compiled nothing", _LEFT_OUT)
        return select(report)

    return demanded


def reported(proof: str, name: str, measure: str, mend: str = "") -> Callable[[Report], Report]:
    """Keep the findings of a tool that writes a report, which must be there.

    `mend` is what helps where Maven's settings do not.
    """

    def select(report: Report) -> Report:
        if not report.measures.get(proof):
            raise NothingMeasured(
                f"{name} wrote no report",
                mend or f"see in the pom and Maven's settings who sets {name}.skip",
            )
        return only(measure)(report)

    return select


def compared(report: Report) -> Report:
    """Keep what has changed in the API, not what the two builds said."""
    kept = without_compiled(only("api.breaking")(report))
    # Each output of a first release is the same report: its note counts once.
    return replace(kept, notes=tuple(dict.fromkeys(kept.notes)))
