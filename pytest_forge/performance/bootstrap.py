"""Seeded bootstrap intervals: the same samples give the same interval on every machine."""

import math
import random
from collections.abc import Callable, Sequence
from statistics import median

from pytest_forge.performance.rules import Rules


def paired_interval(logs: Sequence[float], rules: Rules, seed: str) -> tuple[float, float]:
    """Return the bounds of the median of paired log-ratios, each one-sided at `rules.agreement`.

    The percentile bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, chapter 13):
    pairs are drawn with replacement, so that what hit both sides of a pair stays together.
    """
    return _interval(
        lambda draw: median(draw.choices(logs, k=len(logs))), rules.agreement, rules, seed
    )


def level_interval(
    base: Sequence[float], head: Sequence[float], lowest: int, rules: Rules, seed: str
) -> tuple[float, float]:
    """Return between what the sides' levels differ, were each side's processes drawn again.

    A side's level is the mean of its `lowest` smallest log-minima (see `level`). The bounds are
    one-sided at `rules.confidence` each. They tell how much hangs on single processes, and nothing
    of what both sides' sessions differ in.
    """

    def difference(draw: random.Random) -> float:
        heads = level(draw.choices(head, k=len(head)), lowest)
        return heads - level(draw.choices(base, k=len(base)), lowest)

    return _interval(difference, rules.confidence, rules, seed)


def level(logs: Sequence[float], lowest: int) -> float:
    """Return the mean of the `lowest` smallest log-minima of one side."""
    return math.fsum(sorted(logs)[:lowest]) / min(lowest, len(logs))


def _interval(
    statistic: Callable[[random.Random], float], confidence: float, rules: Rules, seed: str
) -> tuple[float, float]:
    draw = random.Random(seed)
    values = sorted(statistic(draw) for _ in range(rules.resamples))
    beyond = max(int((1 - confidence) * rules.resamples + 1e-9), 1)
    return values[beyond - 1], values[-beyond]
