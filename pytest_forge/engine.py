"""From planned checks to results: the tasks of the graph, and what each of them does."""

import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
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
from pytest_forge.execution.execute import execute
from pytest_forge.execution.graph import WHOLE_MACHINE, Graph, Key, Task
from pytest_forge.execution.outputs import Executed
from pytest_forge.execution.prepare import prepare
from pytest_forge.execution.process import Processes, Stopped
from pytest_forge.judging import Case, Judgement
from pytest_forge.model import Outcome, Report
from pytest_forge.plan import PlannedCheck
from pytest_forge.projects import Project
from pytest_forge.results import CheckResult
from pytest_forge.session import Session
from pytest_forge.sources import SourceLines
from pytest_forge.toolchains.declarations import (
    Computation,
    Context,
    Hold,
    Preparation,
    Run,
    Surroundings,
    Toolchain,
)
from pytest_forge.verdict import Verdict, judge


@dataclass(frozen=True)
class Options:
    """How to run: threads, whether a failed blocking gate blocks, whether to prepare.

    `adopts` says that this run takes what it finds into the baseline. `changes` are given where
    only what they brought counts.
    """

    jobs: int
    keep_going: bool = False
    may_prepare: bool = True
    adopts: bool = False
    changes: Changes | None = None


class Blocked(Exception):
    """A run was not started because a gate before it has failed; the text names the gate."""


class Engine:
    """Executes checks: `select` says which, `require` adds them to the graph, `result` waits.

    `machine` is entered around every task, with True where it holds the whole machine.
    """

    def __init__(
        self,
        session: Session,
        options: Options,
        surroundings: Surroundings,
        processes: Processes,
        machine: Callable[[bool], AbstractContextManager[Any]] = lambda alone: nullcontext(),
    ) -> None:
        self._session = session
        self._options = options
        self._surroundings = surroundings
        self._processes = processes
        self._today = date.today()
        self._forge = session.root.directory / ".forge"
        self._lines = SourceLines(session.tree)
        self._moves = GitMoves(session.root.directory)
        self._selected: tuple[PlannedCheck, ...] = ()
        self.graph = Graph(options.jobs, machine)

    def select(self, checks: Sequence[PlannedCheck]) -> None:
        """Say which checks belong to this run; a gate that is not among them blocks nothing."""
        self._selected = tuple(checks)

    def require(self, checks: Sequence[PlannedCheck]) -> None:
        """Add selected checks and all that they need to the graph; a known one is left as it is."""
        for check in checks:
            self._add_check(check)

    def result(self, check: PlannedCheck, timeout: float | None = None) -> CheckResult:
        """Wait for a check's result, `timeout` seconds at most (then TimeoutError)."""
        result: CheckResult = self.graph.future(check.id).result(timeout)
        return result

    def stop(self) -> None:
        """End every process and every thread."""
        self.graph.stop()
        self._processes.stop()
        self.graph.join()

    def _blockers(self, check: PlannedCheck) -> tuple[PlannedCheck, ...]:
        if self._options.keep_going:
            return ()
        return tuple(
            other
            for other in self._selected
            if other.project == check.project
            and other.gate.blocks
            and other.gate.order < check.gate.order
        )

    def _add_check(self, check: PlannedCheck) -> None:
        if self.graph.knows(check.id):
            return
        blockers = self._blockers(check)
        for blocker in blockers:
            self._add_check(blocker)
        needs: tuple[Key, ...] = tuple(blocker.id for blocker in blockers)
        if not check.exemption:
            needs += (self._add_run(check.run, check, blockers),)
        self.graph.add(Task(check.id, lambda: self._evaluate(check, blockers), needs))

    def _add_run(
        self, run: Run | Computation, check: PlannedCheck, blockers: Sequence[PlannedCheck]
    ) -> Key:
        key = _run_key(run, check)
        if key in {_run_key(blocker.run, blocker) for blocker in blockers}:
            # What a blocking check reads as well is not blocked by it: it has run already.
            return key
        needs: tuple[Key, ...] = tuple(blocker.id for blocker in blockers)
        toolchain = self._toolchain(check.project)
        if isinstance(run, Computation):
            needs += tuple(
                self._add_run(toolchain.run(name), check, blockers) for name in run.inputs
            )
            self.graph.add(Task(key, lambda: self._compute(run, check), needs))
        else:
            needs += self._add_preparation(toolchain.preparation, run, check)
            holds = frozenset(_hold(hold, check.project) for hold in run.holds)
            label = f"{check.project.manifest} {run.name}{_bracketed(check.variant)}"
            start = partial(self._execute, run, check, blockers)
            self.graph.add(Task(key, start, needs, holds, label))
        return key

    def _add_preparation(
        self, preparation: Preparation | None, run: Run, check: PlannedCheck
    ) -> tuple[Key, ...]:
        if preparation is None or not _uses_preparation(run):
            return ()
        project = check.project
        key = _preparation_key(project)
        self.graph.add(
            Task(
                key,
                lambda: prepare(
                    preparation,
                    self._context(check, "environments"),
                    self._surroundings,
                    self._processes,
                    self._options.may_prepare,
                ),
                label=f"{project.manifest} preparing",
            )
        )
        return (key,)

    def _execute(self, run: Run, check: PlannedCheck, blockers: Sequence[PlannedCheck]) -> Executed:
        for blocker in blockers:
            if _blocks(self.result(blocker)):
                raise Blocked(blocker.gate.id)
        slots = self._prepared(run, check.project)
        context = self._context(check, _scratch(run, check), slots)
        return execute(run, context, self._processes, self._timeout(run, check))

    def _prepared(self, run: Run, project: Project) -> Mapping[str, str]:
        key = _preparation_key(project)
        # Only a run that the graph made wait for it: to wait here would hold a thread for good.
        if not (_uses_preparation(run) and self.graph.knows(key)):
            return {}
        try:
            slots: Mapping[str, str] = self.graph.future(key).result()
        except MeasurementError:
            if run.prepared:
                raise
            # A linter needs no dependencies: then it is forge's copy that runs.
            return {}
        return slots

    def _compute(self, run: Computation, check: PlannedCheck) -> Executed:
        toolchain = self._toolchain(check.project)
        keys = {name: _run_key(toolchain.run(name), check) for name in run.inputs}
        fed: dict[str, Executed] = {name: self.graph.future(keys[name]).result() for name in keys}
        shown = replace(
            next(iter(fed.values()), Executed({})),
            reports={},
            seconds=sum(one.seconds for one in fed.values()),
            notes=(),
        )
        context = self._context(check, _scratch(run, check))
        try:
            report = run.compute(context, {name: one.read() for name, one in fed.items()})
        except MeasurementError as error:
            return replace(shown, reports={run.name: error})
        return replace(shown, reports={run.name: report})

    def _evaluate(self, check: PlannedCheck, blockers: Sequence[PlannedCheck]) -> CheckResult:
        if check.exemption:
            return _result(check, outcome=Outcome.EXEMPT, reason=check.exemption)
        for blocker in blockers:
            if _blocks(self.result(blocker)):
                return _result(
                    check, outcome=Outcome.BLOCKED, reason=f"blocked by {blocker.gate.id}"
                )
        executed = Executed({})
        try:
            executed = self.graph.future(_run_key(check.run, check)).result()
            report, verdict = self._judge(check, executed)
        except MeasurementError as error:
            if not executed.command:
                executed = Executed({}, error.command, error.tool_version, error.seconds)
            return _result(
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
            return _result(
                check,
                executed,
                outcome=Outcome.ERROR,
                error=ErrorName.OUTPUT_UNREADABLE,
                reason=" ".join(reason.split()),
            )
        return _result(
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
        known, changes = self._known(check), self._options.changes
        return Case(check.project, check.settings, self._today, known, changes)

    def _code(self, project: Project, path: str) -> frozenset[int]:
        tree = self._session.tree
        if not tree.has(path) or not self._toolchain(project).is_code(project, tree, path):
            return frozenset()
        lines = enumerate(tree.read(path).split(b"\n"), start=1)
        return frozenset(number for number, line in lines if line.strip())

    def _context(
        self, check: PlannedCheck, scratch: str, slots: Mapping[str, str] | None = None
    ) -> Context:
        root = self._session.root.directory
        return Context(
            project=check.project,
            settings=check.settings,
            tree=self._session.tree,
            root=root,
            directory=root / check.project.directory,
            scratch=self._forge / scratch,
            slots=slots or {},
            projects=self._session.projects,
            cache=self._forge / "cache" / _slug(check.project),
            variant=check.variant,
            policy=self._session.policy,
            changes=self._options.changes,
        )

    def _timeout(self, run: Run, check: PlannedCheck) -> float:
        for name in (run.name, check.check.name):
            if name in check.settings.timeouts:
                return check.settings.timeouts[name].total_seconds()
        return run.timeout

    def _known(self, check: PlannedCheck) -> Known:
        baseline = self._session.baselines.get(store.key_of(check.project))
        if baseline is None:
            return Known(adopts=self._options.adopts)
        return known_of(baseline, check.place, self._moves, self._options.adopts)

    def _toolchain(self, project: Project) -> Toolchain:
        return next(one for one in self._session.toolchains if one.language == project.language)


def _blocks(result: CheckResult) -> bool:
    return result.outcome in (Outcome.ERROR, Outcome.FAILED, Outcome.BLOCKED)


def _uses_preparation(run: Run) -> bool:
    """Tell whether a run needs the dependencies, or may run the environment's copy of a tool."""
    return run.prepared or any(tool.scope != "forge" for tool in run.needs)


def _run_key(run: Run | Computation, check: PlannedCheck) -> Key:
    project = check.project
    return ("run", project.manifest, project.language, run.name, check.variant)


def _preparation_key(project: Project) -> Key:
    return ("prepare", project.manifest, project.language)


def _scratch(run: Run | Computation, check: PlannedCheck) -> str:
    variant = re.sub(r"[^A-Za-z0-9_-]", "-", _bracketed(check.variant))
    return f"runs/{_slug(check.project)}-{run.name}{variant}"


def _slug(project: Project) -> str:
    # No directory may be called like a manifest: tools that look upwards would take it for one.
    manifest = project.manifest.replace("/", "-").replace(".", "-")
    return f"{manifest}/{project.language}"


def _bracketed(variant: str) -> str:
    return f"[{variant}]" if variant else ""


def _hold(hold: Hold, project: Project) -> str:
    if hold.scope == "project":
        return f"{project.manifest}:{hold.name}"
    return WHOLE_MACHINE if hold.name == "machine" else hold.name


def _result(
    check: PlannedCheck, executed: Executed | None = None, *, outcome: Outcome, **rest: Any
) -> CheckResult:
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
