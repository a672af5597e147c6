"""A/B: which benchmarks are measured again, in which order, and what is confirmed."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from math import log

import pytest

from pytest_forge.model import Timing, TimingState
from pytest_forge.performance.bootstrap import level
from pytest_forge.performance.paired import Side, compare_pairs, judge_pairs
from pytest_forge.performance.rules import RULES

FAST = replace(RULES, resamples=400)


class Bench:
    """Measures made-up benchmarks: seconds per benchmark, slower ones, and a model of noise."""

    def __init__(self, seed: int, names: int = 12, slower: Mapping[str, float] | None = None):
        self.draw = random.Random(seed)
        self.names = [f"b{number}" for number in range(names)]
        self.slower = slower or {}
        self.calls: list[tuple[Side, tuple[str, ...]]] = []

    def noise(self) -> float:
        """Return a factor: 1 % by layout and hash seed, one process in six heavily disturbed."""
        disturbed = self.draw.expovariate(4) if self.draw.random() < 1 / 6 else 0.0
        return (1 + disturbed) * self.draw.lognormvariate(0, 0.01)

    def __call__(self, side: Side, names: tuple[str, ...]) -> dict[str, float]:
        self.calls.append((side, names))
        by = self.slower if side is Side.HEAD else {}
        return {name: 1e-3 * (1 + by.get(name, 0.0)) * self.noise() for name in names}


def constant(base: float, head: float, calls: list[tuple[str, ...]]) -> Timing:
    def measure(side: Side, names: tuple[str, ...]) -> dict[str, float]:
        calls.append(names)
        return dict.fromkeys(names, base if side is Side.BASE else head)

    (timing,) = compare_pairs(["one"], measure, seed="s", rules=FAST)
    return timing


def test_what_is_no_slower_is_ok_after_three_pairs() -> None:
    calls: list[tuple[str, ...]] = []
    found = constant(1.0, 1.039, calls)
    assert (found.state, found.runs) == (TimingState.OK, 3)
    assert found.ratio == pytest.approx(1.039)
    assert len(calls) == 6


def test_three_pairs_are_suspected_sooner_than_they_are_blamed() -> None:
    calls: list[tuple[str, ...]] = []
    found = constant(1.0, 1.049, calls)
    assert (found.state, found.runs, len(calls)) == (TimingState.OK, 6, 12)


def test_what_is_slower_is_measured_twelve_times_and_confirmed() -> None:
    calls: list[tuple[str, ...]] = []
    found = constant(1.0, 1.051, calls)
    assert (found.state, found.runs, len(calls)) == (TimingState.REGRESSION, 12, 24)


def test_only_suspects_are_measured_again() -> None:
    bench = Bench(1, slower={"b3": 0.3})
    timings = {one.name: one for one in compare_pairs(bench.names, bench, seed="s", rules=FAST)}
    assert [len(names) for _, names in bench.calls[:6]] == [12] * 6
    assert bench.calls[-1][1] == ("b3",)
    assert len(bench.calls) == 24
    assert timings["b3"].state is TimingState.REGRESSION
    assert timings["b3"].low is not None
    assert timings["b3"].low > 1
    assert timings["b0"].runs == 3


def test_a_suspect_is_dropped_once_more_runs_clear_it() -> None:
    bench = Bench(1, names=1)
    # The head is disturbed in the first three pairs alone.
    measured = Counter[Side]()

    def measure(side: Side, names: tuple[str, ...]) -> dict[str, float]:
        measured[side] += 1
        disturbed = side is Side.HEAD and measured[side] <= 3
        return dict.fromkeys(names, 1.5 if disturbed else 1.0)

    (timing,) = compare_pairs(bench.names, measure, seed="s", rules=FAST)
    assert (timing.state, timing.runs) == (TimingState.OK, 6)


def test_a_difference_that_pairs_do_not_bear_out_is_inconclusive() -> None:
    # A few lucky processes of the base, else no difference at all.
    lucky, same = [(-0.2, 0.0)], [(0.0, 0.0)]
    assert judge_pairs("b", lucky * 2 + same * 10, seed="s", rules=RULES) is None
    timing = judge_pairs("b", lucky * 8 + same * 16, seed="s", rules=RULES)
    assert timing is not None
    assert timing.state is TimingState.INCONCLUSIVE
    assert timing.low == 1.0
    assert timing.ratio == pytest.approx(1.2214, abs=1e-4)


def test_levels_that_hang_on_single_processes_are_inconclusive() -> None:
    # All pairs but two say 20 %; the head's two best are no worse than most of the base's.
    base = [-0.3, -0.3, *[0.0] * 22]
    head = [0.0, 0.0, *[0.2] * 22]
    timing = judge_pairs("b", list(zip(base, head, strict=True)), seed="s", rules=RULES)
    assert timing is not None
    assert timing.state is TimingState.INCONCLUSIVE
    assert timing.low is not None
    assert timing.low <= 1.0


def test_the_first_stage_takes_the_least_and_later_ones_the_mean_of_the_two_least() -> None:
    # The least are equal; by the two least the head would be a suspect.
    assert judge_pairs("b", [(0.0, 0.0), (0.0, 0.2), (0.0, 0.2)], seed="s") is not None
    two_least = [(0.0, 0.0), (0.1, 0.3), (0.2, 0.3), (0.2, 0.3), (0.3, 0.3), (0.3, 0.3)]
    # Means of the two least: 0.05 and 0.15; the least alone are equal.
    assert judge_pairs("b", two_least, seed="s") is None
    assert level([0.3, 0.1, 0.2], 2) == pytest.approx(0.15)
    assert level([0.3], 2) == 0.3


def test_the_order_within_pairs_is_drawn_and_each_pair_has_both_sides() -> None:
    bench = Bench(1, slower={"b1": 0.5})
    compare_pairs(bench.names, bench, seed="s", rules=FAST)
    sides = [side for side, _ in bench.calls]
    pairs = list(zip(sides[::2], sides[1::2], strict=True))
    assert all(set(pair) == set(Side) for pair in pairs)
    assert len(set(pairs)) == 2
    again = Bench(1, slower={"b1": 0.5})
    compare_pairs(again.names, again, seed="s", rules=FAST)
    assert again.calls == bench.calls


def test_heavy_tailed_noise_alarms_hardly_ever_and_slowdowns_are_found() -> None:
    slower = {"b0": 0.1, "b1": 0.2, "b2": 0.5}
    alarms = processes = 0
    found: Counter[str] = Counter()
    for job in range(25):
        bench = Bench(job, slower=slower)
        timings = compare_pairs(bench.names, bench, seed=f"job {job}", rules=FAST)
        confirmed = {one.name for one in timings if one.state is TimingState.REGRESSION}
        alarms += len(confirmed - slower.keys())
        found.update(confirmed & slower.keys())
        processes += sum(2 * one.runs for one in timings if one.name not in slower)
    assert alarms == 0
    assert found["b0"] >= 0.5 * 25
    assert min(found["b1"], found["b2"]) >= 0.9 * 25
    assert processes / (25 * 9) <= 8


def test_a_process_that_lacks_a_benchmark_or_gives_nothing_is_no_comparison() -> None:
    with pytest.raises(KeyError):
        compare_pairs(["a"], lambda side, names: {}, seed="s")
    with pytest.raises(ValueError, match=r"math domain|positive"):
        compare_pairs(["a"], lambda side, names: {"a": 0.0}, seed="s")


def test_values_are_given_in_the_unit_itself() -> None:
    timing = judge_pairs("b", [(log(2e-6), log(2e-6))] * 3, seed="s", unit="bytes")
    assert timing is not None
    assert timing.value == pytest.approx(2e-6)
    assert timing.base_value == pytest.approx(2e-6)
    assert (timing.unit, timing.low, timing.high) == ("bytes", 1.0, 1.0)
