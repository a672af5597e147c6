"""Carries a plan out: which processes are run, and what is made of what they measured."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pytest_forge.measuring.plans import COUNTED, Plan, Side
from pytest_forge.measuring.processes import (
    Measured,
    ProcessFailed,
    Started,
    checked,
    cost,
    costs,
    each,
    whole,
)
from pytest_forge.model import Benchmark, Timing, TimingState
from pytest_forge.performance import counted, paired
from pytest_forge.performance.comparing import compare_sessions
from pytest_forge.performance.session import Session

_SIDES = (paired.Side.HEAD, paired.Side.BASE)
UNCHANGED = "unchanged"
"""The rule by which a benchmark is ok whose code nothing has touched."""


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
    measured.processes.append(checked(start(plan.head, ())))
    if plan.unchanged:
        measured.timings = tuple(_unchanged(one, plan) for one in each(measured.processes[0]))
    elif plan.base is None or plan.stored:
        _compare_stored(plan, start, session_of, stored, measured)
    else:
        _compare_base(plan, plan.base, start, measured)
    return measured


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
        measured.processes.append(checked(start(plan.head, ())))
    today = session_of(measured.processes)
    found = compare_sessions(stored, today, plan.limits_of)
    measured.timings = _asked_again(plan, start, measured, found.timings)
    measured.notes += [f"{name} is no longer measured" for name in found.missing]
    if found.shift is not None and found.shift.shifted:
        measured.notes.append(
            f"the whole suite of {found.shift.benchmarks} benchmarks moved: it takes "
            f"{found.shift.suite:.2f} times as long, and the machine {found.shift.machine:.2f}"
        )


_SUSPECT = (TimingState.REGRESSION, TimingState.INCONCLUSIVE, TimingState.NOT_COMPARABLE)


def _asked_again(
    plan: Plan, start: Started, measured: Measured, timings: tuple[Timing, ...]
) -> tuple[Timing, ...]:
    """Compare what is slower than in the stored session with the base commit, where it is there.

    Nothing of this becomes part of the session: of its benchmarks each ran equally often.
    """
    names = tuple(one.name for one in timings if one.state in _SUSPECT)
    if plan.base is None or not names:
        return timings
    try:
        judged = _judged_again(plan, plan.base, start, names, measured.processes[0])
    except ProcessFailed as error:
        measured.notes.append(f"{plan.base_name} can't be measured: {error}")
        return timings
    first = {one.name: one for one in each(measured.processes[0])}
    return tuple(
        _in_unit(first[one.name], judged[one.name], plan) if one.name in judged else one
        for one in timings
    )


def _judged_again(
    plan: Plan, base: Side, start: Started, names: tuple[str, ...], first: tuple[Benchmark, ...]
) -> Mapping[str, Timing]:
    """Return the verdicts on those of `names` that the base commit has; raises `ProcessFailed`."""
    before = costs(checked(start(base, names)))
    head = costs(first) if plan.format == COUNTED else {}
    known = tuple(name for name in names if name in before)
    return _judged(plan, base, start, known, (head, before), [])


def _compare_base(plan: Plan, base: Side, start: Started, measured: Measured) -> None:
    first = measured.processes[0]
    try:
        before = costs(checked(start(base, ())))
    except ProcessFailed as error:
        # What a change brings along can't be run without it.
        note = f"{plan.base_name} can't be measured: {error}"
        measured.timings = tuple(_not_comparable(one, plan, note) for one in each(first))
        return
    head = costs(first)
    names = tuple(name for name in head if name in before)
    timings = _judged(plan, base, start, names, (head, before), measured.processes)
    measured.timings = tuple(_in_unit(one, timings.get(one.name), plan) for one in each(first))
    gone = sorted(before.keys() - head)
    measured.notes += [f"{name} is no longer measured" for name in gone]


def _judged(
    plan: Plan,
    base: Side,
    start: Started,
    names: tuple[str, ...],
    first: tuple[Mapping[str, float], Mapping[str, float]],
    processes: list[tuple[Benchmark, ...]],
) -> dict[str, Timing]:
    """Return the verdicts on these benchmarks; `first` is what has been measured, head and base.

    The head's further processes are added to `processes`.
    """
    head, before = first
    if plan.format == COUNTED:
        judged = [counted.judge_counts(name, before[name], head[name]) for name in names]
    else:
        measure = _in_turns(plan, base, start, first, processes)
        seed = f"{plan.check} {plan.base_name} {plan.commit}"
        judged = list(paired.compare_pairs(names, measure, seed=seed))
    return {one.name: one for one in judged}


def _in_turns(
    plan: Plan,
    base: Side,
    start: Started,
    first: tuple[Mapping[str, float], Mapping[str, float]],
    processes: list[tuple[Benchmark, ...]],
) -> paired.Measure:
    """Return what measures a side once; what has been measured already comes first."""
    ready = {side: [one] if one else [] for side, one in zip(_SIDES, first, strict=True)}

    def measure(side: paired.Side, wanted: tuple[str, ...]) -> Mapping[str, float]:
        if ready[side]:
            return ready[side].pop()
        found = checked(start(plan.head if side is paired.Side.HEAD else base, wanted))
        if side is paired.Side.HEAD:
            processes.append(found)
        return whole(costs(found), wanted)

    return measure


def _not_comparable(one: Benchmark, plan: Plan, note: str) -> Timing:
    state = TimingState.NOT_COMPARABLE
    return replace(_unchanged(one, plan), state=state, rule=_rule(plan), note=note)


def _rule(plan: Plan) -> str:
    return counted.RULE if plan.format == COUNTED else paired.RULE


def _in_unit(one: Benchmark, timing: Timing | None, plan: Plan) -> Timing:
    """Return the Timing in the benchmark's own unit; without one it is the first measurement."""
    if timing is None:
        first = replace(_unchanged(one, plan), rule=_rule(plan), base="")
        return replace(first, state=TimingState.FIRST_MEASUREMENT)
    value, base_value = timing.value, timing.base_value
    if one.direction == "higher" and value and base_value:
        value, base_value = 1 / value, 1 / base_value
    return replace(timing, unit=one.unit, value=value, base_value=base_value, base=plan.base_name)
