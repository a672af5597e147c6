"""The proof that Gradle's tasks did their work: one that was skipped has shown nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pytest_forge import advisories
from pytest_forge.errors import NothingMeasured, OutputUnreadable
from pytest_forge.formats.gradle_tasks import TASK, UNLINTED
from pytest_forge.model import Component, Report
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java import bugs, testing

_MATCH = advisories.matcher("Maven")
_IDLE = ("SKIPPED", "UP-TO-DATE", "FROM-CACHE")
_BROKEN = ("FAILED", "NOT-RUN")


def demand(report: Report, kind: str, broken: tuple[str, ...] = _BROKEN) -> None:
    """Demand that every task of a kind did its work, those without any source aside.

    Raises `NothingMeasured` for one that Gradle passed over, `OutputUnreadable` for one that
    failed or never began.
    """
    if idle := next(_with(report, kind, _IDLE), None):
        path, outcome = idle
        raise NothingMeasured(
            f"Gradle did not run {path}: it is {outcome}",
            "see what of the build turns the task off",
        )
    if failed := next(_with(report, kind, broken), None):
        path, outcome = failed
        state = "failed" if outcome == "FAILED" else "did not run, since another task failed"
        raise OutputUnreadable(f"{path} {state}", "see Gradle's own words in the log of the run")


def _with(report: Report, kind: str, outcomes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    measures = {f"{TASK}{kind}.{outcome}": outcome for outcome in outcomes}
    for one in report.samples:
        if one.measure not in measures:
            continue
        # A task that compiles nothing has nothing to be skipped.
        if kind != "compile" or one.value or measures[one.measure] in _BROKEN:
            yield one.subject, measures[one.measure]


def bare(report: Report) -> Report:
    """Return a report without the tasks, which are no samples of the code."""
    kept = (one for one in report.samples if not one.measure.startswith(TASK))
    return replace(report, samples=tuple(kept))


def compiled(report: Report) -> Report:
    """Demand that what compiles did so; why it failed stands in the log."""
    demand(report, "compile", broken=())
    return bare(report)


def linted(report: Report) -> Report:
    """Demand that javac was given every lint, too."""
    unlinted = [one.subject for one in report.samples if one.measure == UNLINTED and one.value]
    if unlinted:
        raise NothingMeasured(
            f"{unlinted[0]} did not take the lints",
            "see what of the build sets options.compilerArgs of it anew",
        )
    return compiled(report)


def tests(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return the unit tests and their coverage, where all tasks of tests have run."""
    (report,) = inputs.values()
    if not report.value("tests.failed"):
        demand(report, "unit-tests")
        demand_coverage(report)
    return testing.measure(context, {"gradle-build": bare(report)})


def demand_coverage(report: Report) -> None:
    """Demand JaCoCo's reports; Gradle itself skips one where no test left any data."""
    skipped = f"{TASK}coverage.SKIPPED"
    kept = (one for one in report.samples if one.measure != skipped)
    demand(replace(report, samples=tuple(kept)), "coverage")


def spotbugs(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return what SpotBugs found in every project with code."""
    (report,) = inputs.values()
    demand(report, "spotbugs")
    return bugs.measure(context, {"gradle-build": bare(report)})


def components(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return what the projects need from outside, each once.

    Raises `OutputUnreadable` where no POM of any of them states a license.
    """
    (report,) = inputs.values()
    demand(report, "needs")
    found: dict[tuple[str, str], Component] = {}
    for one in report.components:
        known = found.get((one.name, one.version), one)
        found[one.name, one.version] = replace(
            known,
            direct=known.direct or one.direct,
            ships=known.ships or one.ships,
        )
    if found and not any(one.license for one in found.values()):
        raise OutputUnreadable(
            "no POM of any dependency could be read for its license",
            "see that the repositories of the build hold them",
        )
    measures = {"modules": report.measures.get("modules", 0)}
    ordered = tuple(found[key] for key in sorted(found))
    return Report(components=ordered, measures=measures, notes=report.notes)


def vulnerable(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Match the dependencies with the advisories of the settings' source."""
    return _MATCH(context, {"components": components(context, inputs)})
