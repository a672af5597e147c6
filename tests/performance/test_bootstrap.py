"""Intervals: the same for the same seed, one-sided at the rules' confidence."""

import random
from dataclasses import replace

import pytest

from pytest_forge.performance.bootstrap import level_interval, paired_interval
from pytest_forge.performance.rules import RULES


def test_the_same_samples_give_the_same_interval() -> None:
    logs = [random.Random(1).gauss(0.1, 0.05) for _ in range(12)]
    assert paired_interval(logs, RULES, "a") == paired_interval(logs, RULES, "a")


def test_a_higher_confidence_is_a_wider_interval() -> None:
    draw = random.Random(1)
    logs = [draw.gauss(0.1, 0.05) for _ in range(12)]
    low, high = paired_interval(logs, RULES, "a")
    closer_low, closer_high = paired_interval(logs, replace(RULES, agreement=0.8), "a")
    assert low < closer_low < 0.1 + 0.05
    assert closer_high < high


@pytest.mark.parametrize(("confidence", "least"), [(0.99, 0.97), (0.9, 0.85)])
def test_the_lower_bound_covers_the_median_as_often_as_it_says(
    confidence: float, least: float
) -> None:
    draw, rules = random.Random(2), replace(RULES, resamples=200, agreement=confidence)
    samples = [[draw.gauss(0, 1) for _ in range(12)] for _ in range(300)]
    below = sum(paired_interval(one, rules, str(n))[0] <= 0 for n, one in enumerate(samples))
    assert below / 300 >= least


def test_the_fastest_of_two_sides_are_drawn_apart() -> None:
    low, high = level_interval([0.0, 0.1, 0.2], [1.0, 1.1, 1.2], 1, RULES, "a")
    # All three draws of one side may be its slowest: one chance in 27.
    assert low == pytest.approx(0.8)
    assert high == pytest.approx(1.2)
    # With five processes that hardly happens, and what was measured lies within.
    low, high = level_interval([0.0, 0.1, 0.2, 0.3, 9.0], [1.0] * 5, 1, RULES, "a")
    assert low == pytest.approx(0.7)
    assert high == pytest.approx(1.0)
