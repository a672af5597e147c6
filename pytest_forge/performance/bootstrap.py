"""Seeded bootstrap intervals: the same samples give the same interval on every machine."""

import random
from collections.abc import Callable, Sequence
from statistics import median

from pytest_forge.performance.rules import Rules


def paired_interval(logs: Sequence[float], rules: Rules, seed: str) -> tuple[float, float]:
    """Return the bounds of the median of paired log-ratios, each one-sided at `rules.confidence`.

    The percentile bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, chapter 13):
    pairs are drawn with replacement, so that what hit both sides of a pair stays together.
    """
    return _interval(lambda draw: median(draw.choices(logs, k=len(logs))), rules, seed)


def fastest_interval(
    base: Sequence[float], head: Sequence[float], rules: Rules, seed: str
) -> tuple[float, float]:
    """Return between what the difference of the two sides' minima lies, were processes drawn again.

    It tells how much hangs on single processes, and nothing of what both sides' sessions differ in.
    """

    def difference(draw: random.Random) -> float:
        heads = draw.choices(head, k=len(head))
        return min(heads) - min(draw.choices(base, k=len(base)))

    return _interval(difference, rules, seed)


def _interval(
    statistic: Callable[[random.Random], float], rules: Rules, seed: str
) -> tuple[float, float]:
    draw = random.Random(seed)
    values = sorted(statistic(draw) for _ in range(rules.resamples))
    beyond = max(int((1 - rules.confidence) * rules.resamples + 1e-9), 1)
    return values[beyond - 1], values[-beyond]
