"""The run graph executes every task once, in order of needs, and respects what is held."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import pytest

from pytest_forge.execution.graph import WHOLE_MACHINE, Graph, Task
from pytest_forge.execution.process import Stopped


def test_a_task_runs_once_however_often_it_is_added() -> None:
    graph, ran = Graph(2), []
    for _ in range(3):
        graph.add(Task("a", lambda: ran.append("a")))
    graph.future("a").result(30)
    graph.stop()
    assert ran == ["a"]


def test_needs_are_done_first_even_if_added_later() -> None:
    graph, order = Graph(1), list[str]()
    started = threading.Event()
    graph.add(Task("first", lambda: started.wait(30)))
    graph.add(Task("base", lambda: order.append("base")))
    graph.add(Task("top", lambda: order.append("top"), needs=("base",)))
    started.set()
    graph.future("top").result(30)
    graph.stop()
    assert order == ["base", "top"]


def test_an_error_is_handed_to_whoever_asks_and_does_not_stop_the_others() -> None:
    def fail() -> None:
        raise ValueError("broken")

    graph = Graph(1)
    graph.add(Task("bad", fail))
    graph.add(Task("good", lambda: 7, needs=("bad",)))
    assert graph.future("good").result(30) == 7
    with pytest.raises(ValueError, match="broken"):
        graph.future("bad").result(30)
    graph.stop()


def overlap(first: frozenset[str], second: frozenset[str], patience: float = 0.3) -> bool:
    """Tell whether two tasks with these holds were ever running at once.

    Each waits `patience` seconds for the other: long where they should meet, since that costs
    nothing then.
    """
    together = threading.Barrier(2)

    def meet() -> bool:
        try:
            together.wait(patience)
        except threading.BrokenBarrierError:
            return False
        return True

    graph = Graph(2)
    graph.add(Task("a", meet, holds=first))
    graph.add(Task("b", meet, holds=second))
    met = graph.future("a").result(30) and graph.future("b").result(30)
    graph.stop()
    return bool(met)


def test_independent_tasks_run_at_once() -> None:
    assert overlap(frozenset(), frozenset(), patience=60)


def test_a_held_resource_has_one_user() -> None:
    assert not overlap(frozenset({"build"}), frozenset({"build"}))


def test_different_resources_do_not_exclude_each_other() -> None:
    assert overlap(frozenset({"build"}), frozenset({"network"}), patience=60)


def test_nothing_runs_beside_a_task_that_holds_the_whole_machine() -> None:
    assert not overlap(frozenset({WHOLE_MACHINE}), frozenset())
    assert not overlap(frozenset(), frozenset({WHOLE_MACHINE}))


def test_the_machine_is_entered_alone_only_by_who_holds_it() -> None:
    asked: list[bool] = []

    def machine(alone: bool) -> AbstractContextManager[None]:
        asked.append(alone)
        return nullcontext()

    graph = Graph(1, machine)
    graph.add(Task("timing", lambda: None, holds=frozenset({WHOLE_MACHINE})))
    graph.add(Task("lint", lambda: None))
    graph.future("lint").result(30)
    graph.future("timing").result(30)
    graph.stop()
    assert sorted(asked) == [False, True]


def test_stop_cancels_what_waits_and_refuses_what_comes(
    eventually: Callable[[Callable[[], bool]], None],
) -> None:
    graph, go = Graph(1), threading.Event()
    graph.add(Task("running", lambda: go.wait(30), label="pyproject.toml mypy"))
    eventually(lambda: bool(graph.running()))
    graph.add(Task("waiting", lambda: None))
    assert [label for label, _ in graph.running()] == ["pyproject.toml mypy"]
    graph.stop()
    graph.add(Task("late", lambda: None))
    go.set()
    assert graph.future("running").result(30) is True
    for key in ("waiting", "late"):
        with pytest.raises(Stopped):
            graph.future(key).result(30)
    graph.join()
