"""Instruction counts: more than 1 % is a regression, whatever the size of the benchmark."""

import pytest

from pytest_forge.model import TimingState
from pytest_forge.performance.counted import judge_counts


@pytest.mark.parametrize(
    ("head", "state"),
    [
        (900_000, TimingState.OK),
        (1_010_000, TimingState.OK),
        (1_010_001, TimingState.REGRESSION),
        (1_050_000, TimingState.REGRESSION),
    ],
)
def test_growth_beyond_one_per_cent(head: int, state: TimingState) -> None:
    timing = judge_counts("b", 1_000_000, head)
    assert (timing.state, timing.ratio) == (state, head / 1_000_000)
    assert (timing.unit, timing.rule, timing.runs) == ("instructions", "instructions", 1)


@pytest.mark.parametrize("counts", [(0, 1), (1, 0)])
def test_nothing_counted_is_no_comparison(counts: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="b: a count of instructions must be above 0"):
        judge_counts("b", *counts)
