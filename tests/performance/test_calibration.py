"""The calibration kernels: they do their work, the fastest round counts, and drift is a median."""

import math
from itertools import count

import pytest

from pytest_forge.performance.calibration import KERNELS, calibrate, drift


def test_kernels_do_always_the_same_work() -> None:
    assert {name: (kernel(), kernel()) for name, kernel in KERNELS.items()} == {
        "integers": (2547408, 2547408),
        "allocations": (10_000, 10_000),
        "strides": (2 << 20, 2 << 20),
    }


def test_the_fastest_round_counts_and_there_are_three_at_least() -> None:
    ticks = count()
    found = calibrate(0.0, clock=lambda: next(ticks) ** 1.5)
    assert found.keys() == KERNELS.keys()
    # The clock's ticks grow longer, so the first round of each kernel is the fastest.
    assert found["integers"] == pytest.approx(2**1.5 - 1)
    # Per kernel: one for the end, two for each of three rounds and one to see that it is over.
    assert next(ticks) == 3 * 8


def test_drift_is_the_median_of_the_kernels() -> None:
    base = {"a": 1.0, "b": 2.0, "c": 3.0}
    assert drift(base, {"a": 1.1, "b": 2.4, "c": 30.0}) == pytest.approx(math.log(1.2))
    assert drift(base, base) == 0.0


def test_without_a_common_kernel_nothing_is_corrected() -> None:
    assert drift({"a": 1.0}, {"b": 2.0}) == 0.0
    assert drift({}, {}) == 0.0
