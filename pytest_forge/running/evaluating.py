"""From what a run has printed to the result of a check."""

import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from pytest_forge.baselines import store
from pytest_forge.baselines.entries import Known, known_of
from pytest_forge.baselines.moves import GitMoves
from pytest_forge.baselines.surfaces import lines_of
from pytest_forge.changes.changed import Changes
from pytest_forge.errors import ErrorName, MeasurementError, NothingMeasured
from pytest_forge.execution.outputs import Executed
from pytest_forge.execution.process import Stopped
from pytest_forge.judging import Case, Judgement
from pytest_forge.judging.verdict import Verdict, judge
from pytest_forge.model import Outcome, Report
from pytest_forge.plan import PlannedCheck
from pytest_forge.projects import Project
from pytest_forge.results import CheckResult
from pytest_forge.session import Session
from pytest_forge.sources import SourceLines


class Evaluation:
    """Judges the checks of a session; only what `changes` brought counts where they are given.

    `adopts` says that this run takes what it finds into the baseline.
    """

    def __init__(self, session: Session, changes: Changes | None, adopts: bool) -> None:
        self._session = session
        self._changes = changes
        self._adopts = adopts
        self._today = date.today()
        self._lines = SourceLines(session.tree)
        self._moves = GitMoves(session.root.directory)

    def evaluate(self, check: PlannedCheck, fetch: Callable[[], Executed]) -> CheckResult:
        """Return the result of a check; `fetch` gives what fed it, or raises why there is none."""
        executed = Executed({})
        try:
            executed = fetch()
            report, verdict = self._judge(check, executed)
        except MeasurementError as error:
            if not executed.command:
                executed = Executed({}, error.command, error.tool_version, error.seconds)
            return result_of(
                check, executed, outcome=Outcome.ERROR, error=error.name, reason=error.reason
            )
        except Stopped:
            raise
        except Exception as error:  # a bug of forge's own must not be mistaken for a pass
            place = traceback.extract_tb(error.__traceback__)[-1]
            reason = (
                f"forge itself failed: {type(error).__name__}: {error} "
                f"({Path(place.filename).name}:{place.lineno}); please report it"
            )
            return result_of(
                check,
                executed,
                outcome=Outcome.ERROR,
                error=ErrorName.OUTPUT_UNREADABLE,
                reason=" ".join(reason.split()),
            )
        return result_of(
            check,
            executed,
            outcome=verdict.outcome,
            reason=verdict.reason,
            notes=verdict.notes,
            measures=verdict.measures,
            limits=verdict.limits,
            findings=verdict.findings,
            tests=report.tests,
            components=report.components,
            step=verdict.step,
            surface=lines_of(report.surface),
            timings=verdict.timings,
        )

    def _judge(self, check: PlannedCheck, executed: Executed) -> tuple[Report, Verdict]:
        declared = check.check
        report = executed.read(declared.reads)
        if declared.select is not None:
            report = declared.select(report)
        report = replace(report, notes=(*report.notes, *declared.remarks(check.project)))
        proof = report.value(declared.proof)
        if not proof and declared.proof not in report.unavailable:
            raise NothingMeasured(declared.nothing)
        judgement = Judgement(
            gate=check.gate,
            case=self._case(check),
            waivers=self._session.settings.waivers,
            source_line=self._lines,
            counts=declared.counts,
            supplies=declared.supplies,
            unavailable=check.unavailable,
            code=partial(self._code, check.project),
        )
        return report, judge(report, judgement)

    def _case(self, check: PlannedCheck) -> Case:
        known, changes = self._known(check), self._changes
        return Case(check.project, check.settings, self._today, known, changes)

    def _code(self, project: Project, path: str) -> frozenset[int]:
        tree = self._session.tree
        if not tree.has(path) or not self._session.toolchain(project).is_code(project, tree, path):
            return frozenset()
        lines = enumerate(tree.read(path).split(b"\n"), start=1)
        return frozenset(number for number, line in lines if line.strip())

    def _known(self, check: PlannedCheck) -> Known:
        baseline = self._session.baselines.get(store.key_of(check.project))
        if baseline is None:
            return Known(adopts=self._adopts)
        return known_of(baseline, check.place, self._moves, self._adopts)


def result_of(
    check: PlannedCheck, executed: Executed | None = None, *, outcome: Outcome, **rest: Any
) -> CheckResult:
    """Return the result of a check, with what the run that fed it says of itself."""
    done = executed or Executed({})
    return CheckResult(
        id=check.id,
        manifest=check.project.manifest,
        language=check.project.language,
        gate=check.gate.id,
        tool=check.name,
        outcome=outcome,
        tool_version=done.tool_version,
        command=done.command,
        seconds=done.seconds,
        **rest,
    )
