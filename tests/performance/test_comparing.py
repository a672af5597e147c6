"""Today's session beside stored ones: first, not comparable, new, gone, corrected, shifted."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from pytest_forge.model import TimingState
from pytest_forge.performance.comparing import compare_sessions
from pytest_forge.performance.machine import Machine
from pytest_forge.performance.rules import Limits
from pytest_forge.performance.session import ProcessRun, Series, Session

MACHINE = Machine(cpu="A", cores=2)


def series(level: float, unit: str = "s") -> Series:
    runs = [ProcessRun.of([level, level * 1.1], "", order) for order in range(5)]
    return Series(unit, "higher" if unit == "ops/s" else "lower", tuple(runs))


def session(
    levels: Mapping[str, float], kernel: float = 1.0, unit: str = "s", day: str = "2026-11-21"
) -> Session:
    benchmarks = {name: series(level, unit) for name, level in levels.items()}
    parts = ("0.1.0", "1a2b3c4d5e", False, f"{day}T15:00:00+00:00", "run", "abc")
    return Session(*parts, MACHINE, benchmarks, {"integers": kernel})


def test_without_a_stored_session_it_is_the_first_measurement() -> None:
    (timing,) = compare_sessions((), session({"a": 1.0})).timings
    assert (timing.state, timing.value, timing.runs) == (TimingState.FIRST_MEASUREMENT, 1.0, 5)


def test_another_machine_is_not_comparable_and_says_which_part_differs() -> None:
    base = replace(session({"a": 1.0}), machine=replace(MACHINE, cpu="B", cores=4))
    (timing,) = compare_sessions((base,), session({"a": 9.0})).timings
    assert timing.state is TimingState.NOT_COMPARABLE
    assert timing.note == "cpu: B there, A here; cores: 4 there, 2 here"
    assert timing.base == "session of 2026-11-21, commit 1a2b3c4"
    assert timing.ratio is None


def test_the_newest_session_that_is_comparable_counts() -> None:
    old, newer = session({"a": 1.0}, day="2026-11-01"), session({"a": 2.0}, day="2026-11-02")
    foreign = replace(session({"a": 5.0}), machine=Machine(cpu="B"))
    (timing,) = compare_sessions((old, newer, foreign), session({"a": 2.1})).timings
    assert timing.state is TimingState.INCONCLUSIVE
    assert timing.ratio == pytest.approx(1.05)
    assert timing.base.startswith("session of 2026-11-02")


def test_new_and_missing_benchmarks() -> None:
    found = compare_sessions((session({"a": 1.0, "gone": 1.0}),), session({"a": 1.0, "new": 1.0}))
    states = {one.name: one.state for one in found.timings}
    assert states == {"a": TimingState.OK, "new": TimingState.FIRST_MEASUREMENT}
    assert found.missing == ("gone",)


def test_a_benchmark_of_another_unit_is_not_comparable() -> None:
    (timing,) = compare_sessions((session({"a": 1.0}),), session({"a": 1.0}, unit="ops/s")).timings
    assert timing.state is TimingState.NOT_COMPARABLE
    assert timing.note == "unit: s (lower is better) there, ops/s here"


def test_a_rate_that_falls_is_a_regression_in_its_own_unit() -> None:
    base, today = session({"a": 100.0}, unit="ops/s"), session({"a": 75.0}, unit="ops/s")
    (timing,) = compare_sessions((base,), today).timings
    assert timing.state is TimingState.REGRESSION
    assert timing.ratio == pytest.approx(4 / 3)
    # The best round of each, in operations per second.
    assert timing.value == pytest.approx(82.5)
    assert timing.base_value == pytest.approx(110.0)


def test_the_calibration_corrects_times_and_not_sizes() -> None:
    (time,) = compare_sessions((session({"a": 1.0}),), session({"a": 1.3}, kernel=1.3)).timings
    assert time.state is TimingState.OK
    assert time.ratio == pytest.approx(1.0)
    base, today = session({"a": 1.0}, unit="bytes"), session({"a": 1.3}, kernel=1.3, unit="bytes")
    (size,) = compare_sessions((base,), today).timings
    assert size.state is TimingState.REGRESSION
    assert size.ratio == pytest.approx(1.3)


def test_each_benchmark_has_its_own_limits() -> None:
    limits = {"a": Limits(warn=0.1)}
    found = compare_sessions(
        (session({"a": 1.0, "b": 1.0}),),
        session({"a": 1.15, "b": 1.15}),
        lambda name: limits.get(name, Limits()),
    )
    assert [one.state for one in found.timings] == [
        TimingState.REGRESSION,
        TimingState.INCONCLUSIVE,
    ]


def test_a_shift_of_the_suite_stands_beside_the_timings() -> None:
    found = compare_sessions(
        (session(dict.fromkeys("abcd", 1.0)),), session(dict.fromkeys("abcd", 1.1))
    )
    assert found.shift is not None
    assert found.shift.shifted
    assert found.shift.suite == pytest.approx(1.1)
    assert all(one.state is TimingState.INCONCLUSIVE for one in found.timings)


def test_instructions_are_compared_where_both_sessions_have_them() -> None:
    def counting(count: int | None) -> Session:
        whole = session({"a": 1.0, "b": 1.0})
        counted = replace(whole.benchmarks["a"], instructions=count)
        return replace(whole, benchmarks={**whole.benchmarks, "a": counted})

    found = compare_sessions((counting(1000),), counting(1020)).timings
    assert [(one.name, one.rule, one.state) for one in found] == [
        ("a", "stored", TimingState.OK),
        ("b", "stored", TimingState.OK),
        ("a", "instructions", TimingState.REGRESSION),
    ]
    assert found[-1].base.startswith("session of")
    assert len(compare_sessions((counting(None),), counting(1020)).timings) == 2
    assert len(compare_sessions((counting(1000),), counting(None)).timings) == 2
