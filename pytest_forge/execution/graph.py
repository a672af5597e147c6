"""The run graph: what needs what, what runs now, and on how many threads.

It owns order and sharing: a task is executed once, however many others need it, as soon as all
that it needs is done and what it holds is free. Its threads touch nothing of pytest.
"""

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pytest_forge.execution.process import Stopped

Key: TypeAlias = Hashable

WHOLE_MACHINE = "the whole machine"
"""The hold of a task beside which nothing else may run."""


@dataclass
class Task:
    """A node of the graph: a function that is called once, when all `needs` are done.

    `holds` are names of resources of which it is the only user while it runs. `label` is what the
    user reads while it runs; a task without one is not shown.
    """

    key: Key
    function: Callable[[], Any]
    needs: tuple[Key, ...] = ()
    holds: frozenset[str] = frozenset()
    label: str = ""
    future: "Future[Any]" = field(default_factory=Future)
    begun: float = 0.0


class Graph:
    """Tasks on a pool of `jobs` threads; tasks can be added while others run.

    `machine` is entered around every task with True where it holds the whole machine, so that
    several processes can share one machine.
    """

    def __init__(
        self,
        jobs: int,
        machine: Callable[[bool], AbstractContextManager[Any]] = lambda alone: nullcontext(),
    ) -> None:
        self._jobs = max(1, jobs)
        self._machine = machine
        self._tasks: dict[Key, Task] = {}
        self._waiting: list[Task] = []
        self._running: list[Task] = []
        self._threads: list[threading.Thread] = []
        self._changed = threading.Condition()
        self._stopping = False

    def add(self, task: Task) -> None:
        """Add a task; one whose key is known already is left as it is."""
        with self._changed:
            if task.key in self._tasks:
                return
            self._tasks[task.key] = task
            if self._stopping:
                task.future.set_exception(Stopped("the run is being ended"))
                return
            self._waiting.append(task)
            if len(self._threads) < self._jobs:
                thread = threading.Thread(target=self._work, name="forge", daemon=True)
                self._threads.append(thread)
                thread.start()
            self._changed.notify_all()

    def knows(self, key: Key) -> bool:
        """Tell whether a task with this key was added."""
        return key in self._tasks

    def future(self, key: Key) -> "Future[Any]":
        """Return the future of an added task; KeyError where there is none."""
        return self._tasks[key].future

    def running(self) -> list[tuple[str, float]]:
        """Return the label and the seconds so far of everything that runs now, longest first."""
        now = time.monotonic()
        with self._changed:
            shown = [(task.label, now - task.begun) for task in self._running if task.label]
        return sorted(shown, key=lambda one: -one[1])

    def stop(self) -> None:
        """Cancel what waits and let the threads end; what runs is not interrupted here."""
        with self._changed:
            self._stopping = True
            for task in self._waiting:
                task.future.set_exception(Stopped("the run is being ended"))
            self._waiting.clear()
            self._changed.notify_all()

    def join(self, timeout: float = 10.0) -> None:
        """Wait for the threads, `timeout` seconds at most for each."""
        for thread in self._threads:
            thread.join(timeout)

    def _work(self) -> None:
        while True:
            with self._changed:
                task = self._take()
                while task is None:
                    if self._stopping:
                        return
                    self._changed.wait()
                    task = self._take()
            self._execute(task)
            with self._changed:
                self._running.remove(task)
                self._changed.notify_all()

    def _execute(self, task: Task) -> None:
        try:
            with self._machine(WHOLE_MACHINE in task.holds):
                result = task.function()
        except BaseException as error:  # handed to whoever asks for the result
            task.future.set_exception(error)
        else:
            task.future.set_result(result)

    def _take(self) -> Task | None:
        held = frozenset[str]().union(*(task.holds for task in self._running))
        for task in self._waiting:
            if self._may_start(task, held):
                self._waiting.remove(task)
                task.begun = time.monotonic()
                self._running.append(task)
                return task
        return None

    def _may_start(self, task: Task, held: frozenset[str]) -> bool:
        if WHOLE_MACHINE in held or (WHOLE_MACHINE in task.holds and self._running):
            return False
        return not (held & task.holds) and all(
            need not in self._tasks or self._tasks[need].future.done() for need in task.needs
        )
