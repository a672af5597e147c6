"""Against stored minima: drift, weak rule, limits, the suite as a whole."""

import math

import pytest

from pytest_forge.model import Timing, TimingState
from pytest_forge.performance.rules import Limits
from pytest_forge.performance.stored import judge_stored, suite_shift

FIVE = (1.02, 1.0, 1.1, 1.01, 1.3)


def heads(by: float) -> tuple[float, ...]:
    return tuple(by * one for one in FIVE)


@pytest.mark.parametrize(
    ("by", "state"),
    [
        (0.5, TimingState.OK),
        (1.049, TimingState.OK),
        (1.051, TimingState.INCONCLUSIVE),
        (1.199, TimingState.INCONCLUSIVE),
        (1.201, TimingState.REGRESSION),
    ],
)
def test_the_fastest_of_each_side_is_compared(by: float, state: TimingState) -> None:
    timing = judge_stored("b", FIVE, heads(by))
    assert timing.state is state
    assert timing.ratio == pytest.approx(by)
    assert (timing.runs, timing.base_runs, timing.rule) == (5, 5, "stored")
    assert timing.low is not None
    assert timing.high is not None
    assert timing.low <= by <= timing.high


def test_what_the_machine_lost_is_taken_off() -> None:
    slower_machine = math.log(1.3)
    assert judge_stored("b", FIVE, heads(1.3), drift=slower_machine).ratio == pytest.approx(1.0)
    faster_machine = math.log(0.7)
    hidden = judge_stored("b", FIVE, FIVE, drift=faster_machine)
    assert hidden.state is TimingState.REGRESSION
    # The values are those that were measured.
    assert (hidden.value, hidden.base_value) == (1.0, 1.0)


def test_the_projects_own_limit_decides_what_is_a_regression() -> None:
    assert judge_stored("b", FIVE, heads(1.12)).state is TimingState.INCONCLUSIVE
    strict = judge_stored("b", FIVE, heads(1.12), limits=Limits(warn=0.1))
    assert strict.state is TimingState.REGRESSION


@pytest.mark.parametrize(("base", "head"), [([1.0], [1.3] * 5), ([1.0] * 5, [1.3]), ([1.0], [1.3])])
def test_a_single_process_is_a_weak_rule(base: list[float], head: list[float]) -> None:
    timing = judge_stored("b", base, head)
    assert timing.state is TimingState.REGRESSION
    assert (timing.rule, timing.low, timing.high) == ("single run", None, None)
    assert "weak" in timing.note


def test_a_value_that_is_no_time_is_refused() -> None:
    with pytest.raises(ValueError, match=r"math domain|positive"):
        judge_stored("b", [0.0], [1.0])


def timings(*ratios: float) -> list[Timing]:
    return [judge_stored(str(number), [1.0], [one]) for number, one in enumerate(ratios)]


def test_a_shift_of_the_whole_suite_is_a_finding_of_its_own() -> None:
    shift = suite_shift(timings(1.1, 1.2, 1.12, 1.08))
    assert shift is not None
    assert (shift.shifted, shift.machine, shift.benchmarks) == (True, 1.0, 4)
    assert shift.suite == pytest.approx(1.11)


def test_one_slow_benchmark_is_no_shift() -> None:
    shift = suite_shift(timings(2.0, 1.0, 1.0, 1.01))
    assert shift is not None
    assert not shift.shifted


def test_a_slower_machine_is_said_even_where_it_was_taken_off() -> None:
    shift = suite_shift(timings(1.0, 1.0, 1.0, 1.0), drift=math.log(1.2))
    assert shift is not None
    assert shift.shifted
    assert shift.machine == pytest.approx(1.2)


def test_three_benchmarks_are_no_suite() -> None:
    assert suite_shift(timings(1.5, 1.5, 1.5)) is None
    assert suite_shift([]) is None
