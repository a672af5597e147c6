"""Carries a plan out: which processes are run, and what is made of what they measured."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from pytest_forge.measuring.plans import COUNTED, Plan, Side
from pytest_forge.model import Benchmark, Timing, TimingState
from pytest_forge.performance import counted, paired
from pytest_forge.performance.comparing import compare_sessions
from pytest_forge.performance.session import Session

UNCHANGED = "unchanged"
"""The rule by which a benchmark is ok whose code nothing has touched."""

Started: TypeAlias = Callable[[Side], tuple[Benchmark, ...]]
"""Runs one fresh process of a side and returns what it measured; raises `ProcessFailed`."""


class ProcessFailed(Exception):
    """A process of the measurement has failed; the text says which and how, on one line."""


@dataclass
class Measured:
    """What came of it: the Timings, each head process's benchmarks, and what must be known."""

    timings: tuple[Timing, ...] = ()
    processes: list[tuple[Benchmark, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def carry_out(
    plan: Plan,
    start: Started,
    session_of: Callable[[Sequence[tuple[Benchmark, ...]]], Session],
    stored: Sequence[Session],
) -> Measured:
    """Measure what the plan says, and compare; `ProcessFailed` where the head can't be measured.

    `session_of` makes the session of the processes so far.
    """
    measured = Measured(notes=[plan.note] if plan.note else [])
    measured.processes.append(_checked(start(plan.head)))
    if plan.unchanged:
        measured.timings = tuple(_unchanged(one, plan) for one in _each(measured.processes[0]))
    elif plan.base is None:
        _compare_stored(plan, start, session_of, stored, measured)
    else:
        _compare_base(plan, plan.base, start, measured)
    return measured


def _checked(benchmarks: tuple[Benchmark, ...]) -> tuple[Benchmark, ...]:
    if not benchmarks:
        raise ProcessFailed("it has measured nothing")
    return benchmarks


def _each(benchmarks: Iterable[Benchmark]) -> tuple[Benchmark, ...]:
    """Return the first of each name: a process may have had several (forks, launches)."""
    return tuple({one.name: one for one in reversed(tuple(benchmarks))}.values())[::-1]


def cost(benchmark: Benchmark) -> float:
    """Return the best round so that more is worse: a rate as its inverse."""
    if benchmark.direction == "lower":
        return min(benchmark.values)
    return 1 / max(benchmark.values)


def costs(benchmarks: Iterable[Benchmark]) -> dict[str, float]:
    """Return the cost of each benchmark of one process by its name."""
    found: dict[str, float] = {}
    for one in benchmarks:
        found[one.name] = min(cost(one), found.get(one.name, math.inf))
    return found


def _unchanged(one: Benchmark, plan: Plan) -> Timing:
    value = cost(one) if one.direction == "lower" else 1 / cost(one)
    return Timing(
        name=one.name,
        state=TimingState.OK,
        rule=UNCHANGED,
        unit=one.unit,
        value=value,
        runs=1,
        base=plan.base_name,
    )


def _compare_stored(
    plan: Plan,
    start: Started,
    session_of: Callable[[Sequence[tuple[Benchmark, ...]]], Session],
    stored: Sequence[Session],
    measured: Measured,
) -> None:
    while len(measured.processes) < plan.runs:
        measured.processes.append(_checked(start(plan.head)))
    today = session_of(measured.processes)
    found = compare_sessions(stored, today, plan.limits_of)
    measured.timings = found.timings
    measured.notes += [f"{name} is no longer measured" for name in found.missing]
    if found.shift is not None and found.shift.shifted:
        measured.notes.append(
            f"the whole suite of {found.shift.benchmarks} benchmarks moved: it takes "
            f"{found.shift.suite:.2f} times as long, and the machine {found.shift.machine:.2f}"
        )


def _compare_base(plan: Plan, base: Side, start: Started, measured: Measured) -> None:
    first = measured.processes[0]
    try:
        before = costs(_checked(start(base)))
    except ProcessFailed as error:
        # What a change brings along can't be run without it.
        note = f"{plan.base_name} can't be measured: {error}"
        measured.timings = tuple(_not_comparable(one, plan, note) for one in _each(first))
        return
    head = costs(first)
    names = tuple(name for name in head if name in before)
    if plan.format == COUNTED:
        judged = [counted.judge_counts(name, before[name], head[name]) for name in names]
    else:
        measure = _in_turns(plan, base, start, measured, before)
        seed = f"{plan.check} {plan.base_name} {plan.commit}"
        judged = list(paired.compare_pairs(names, measure, seed=seed))
    timings = {one.name: one for one in judged}
    measured.timings = tuple(_in_unit(one, timings.get(one.name), plan) for one in _each(first))
    gone = sorted(before.keys() - head)
    measured.notes += [f"{name} is no longer measured" for name in gone]


def _in_turns(
    plan: Plan, base: Side, start: Started, measured: Measured, before: Mapping[str, float]
) -> paired.Measure:
    """Return what measures a side once; the first process of each has run already."""
    ready: dict[paired.Side, list[Mapping[str, float]]] = {
        paired.Side.HEAD: [costs(measured.processes[0])],
        paired.Side.BASE: [before],
    }

    def measure(side: paired.Side, wanted: tuple[str, ...]) -> Mapping[str, float]:
        if ready[side]:
            return ready[side].pop()
        found = _checked(start(plan.head if side is paired.Side.HEAD else base))
        if side is paired.Side.HEAD:
            measured.processes.append(found)
        return _whole(costs(found), wanted)

    return measure


def _not_comparable(one: Benchmark, plan: Plan, note: str) -> Timing:
    state = TimingState.NOT_COMPARABLE
    return replace(_unchanged(one, plan), state=state, rule=_rule(plan), note=note)


def _rule(plan: Plan) -> str:
    return counted.RULE if plan.format == COUNTED else paired.RULE


def _whole(found: dict[str, float], wanted: Iterable[str]) -> dict[str, float]:
    missing = [name for name in wanted if name not in found]
    if missing:
        raise ProcessFailed(f"a process has not measured {missing[0]}, which an earlier one had")
    return found


def _in_unit(one: Benchmark, timing: Timing | None, plan: Plan) -> Timing:
    """Return the Timing in the benchmark's own unit; without one it is the first measurement."""
    if timing is None:
        first = replace(_unchanged(one, plan), rule=_rule(plan), base="")
        return replace(first, state=TimingState.FIRST_MEASUREMENT)
    value, base_value = timing.value, timing.base_value
    if one.direction == "higher" and value and base_value:
        value, base_value = 1 / value, 1 / base_value
    return replace(timing, unit=one.unit, value=value, base_value=base_value, base=plan.base_name)
