"""From planned checks to results: the tasks of the graph, and what each of them does."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from typing import Any

from pytest_forge.errors import MeasurementError
from pytest_forge.execution.execute import execute
from pytest_forge.execution.graph import Graph, Key, Task
from pytest_forge.execution.outputs import Executed
from pytest_forge.execution.prepare import prepare
from pytest_forge.execution.process import Processes
from pytest_forge.model import Outcome
from pytest_forge.plan import PlannedCheck
from pytest_forge.projects import Project
from pytest_forge.results import CheckResult
from pytest_forge.running.contexts import bracketed, context_of, scratch_of, timeout_of
from pytest_forge.running.evaluating import Evaluation, result_of
from pytest_forge.running.options import Options
from pytest_forge.running.tasks import held_name, preparation_key, run_key, uses_preparation
from pytest_forge.session import Session
from pytest_forge.toolchains.declarations import (
    Computation,
    Preparation,
    Run,
    Surroundings,
)


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
        self._evaluation = Evaluation(session, options.changes, options.adopts)
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
        key = run_key(run, check)
        if key in {run_key(blocker.run, blocker) for blocker in blockers}:
            # What a blocking check reads as well is not blocked by it: it has run already.
            return key
        needs: tuple[Key, ...] = tuple(blocker.id for blocker in blockers)
        toolchain = self._session.toolchain(check.project)
        if isinstance(run, Computation):
            needs += tuple(
                self._add_run(toolchain.run(name), check, blockers) for name in run.inputs
            )
            self.graph.add(Task(key, lambda: self._compute(run, check), needs))
        else:
            needs += self._add_preparation(toolchain.preparation, run, check)
            holds = frozenset(held_name(hold, check.project) for hold in run.holds)
            label = f"{check.project.manifest} {run.name}{bracketed(check.variant)}"
            start = partial(self._execute, run, check, blockers)
            self.graph.add(Task(key, start, needs, holds, label))
        return key

    def _add_preparation(
        self, preparation: Preparation | None, run: Run, check: PlannedCheck
    ) -> tuple[Key, ...]:
        if preparation is None or not uses_preparation(run):
            return ()
        project = check.project
        key = preparation_key(project)
        self.graph.add(
            Task(
                key,
                lambda: prepare(
                    preparation,
                    context_of(self._session, check, "environments", self._options.changes),
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
        changes = self._options.changes
        context = context_of(self._session, check, scratch_of(run, check), changes, slots)
        return execute(run, context, self._processes, timeout_of(run, check))

    def _prepared(self, run: Run, project: Project) -> Mapping[str, str]:
        key = preparation_key(project)
        # Only a run that the graph made wait for it: to wait here would hold a thread for good.
        if not (uses_preparation(run) and self.graph.knows(key)):
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
        toolchain = self._session.toolchain(check.project)
        keys = {name: run_key(toolchain.run(name), check) for name in run.inputs}
        fed: dict[str, Executed] = {name: self.graph.future(keys[name]).result() for name in keys}
        shown = replace(
            next(iter(fed.values()), Executed({})),
            reports={},
            seconds=sum(one.seconds for one in fed.values()),
            notes=(),
        )
        changes = self._options.changes
        context = context_of(self._session, check, scratch_of(run, check), changes)
        try:
            report = run.compute(context, {name: one.read() for name, one in fed.items()})
        except MeasurementError as error:
            return replace(shown, reports={run.name: error})
        return replace(shown, reports={run.name: report})

    def _evaluate(self, check: PlannedCheck, blockers: Sequence[PlannedCheck]) -> CheckResult:
        if check.exemption:
            return result_of(check, outcome=Outcome.EXEMPT, reason=check.exemption)
        for blocker in blockers:
            if _blocks(self.result(blocker)):
                return result_of(
                    check, outcome=Outcome.BLOCKED, reason=f"blocked by {blocker.gate.id}"
                )
        return self._evaluation.evaluate(check, self.graph.future(run_key(check.run, check)).result)


def _blocks(result: CheckResult) -> bool:
    return result.outcome in (Outcome.ERROR, Outcome.FAILED, Outcome.BLOCKED)
