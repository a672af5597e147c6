"""Against a stored session: the fastest of all fresh processes, corrected by the calibration.

The machine's drift between two sessions dominates here, and more runs hardly help. So a suspect is
not a regression until an A/B comparison says so, or until it is beyond the project's own warning
limit. Without more than one process a side the rule is weak, and labelled so.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pytest_forge.model import Timing, TimingState
from pytest_forge.performance.bootstrap import level_interval
from pytest_forge.performance.rules import DEFAULT_LIMITS, RULES, Limits, Rules

RULE = "stored"
WEAK_RULE = "single run"
WEAK = "weak: a single process on one side"


def judge_stored(
    name: str,
    base: Sequence[float],
    head: Sequence[float],
    *,
    drift: float = 0.0,
    limits: Limits = DEFAULT_LIMITS,
    rules: Rules = RULES,
    unit: str = "s",
) -> Timing:
    """Compare each side's fastest process; `base` and `head` are minima, one of each process.

    `drift` is the calibration's log-ratio, head over base: it is taken off. Up to the screen it is
    ok, beyond the warning limit a regression, between the two inconclusive. A value that is not
    above 0 is a ValueError.
    """
    bases, heads = [math.log(one) for one in base], [math.log(one) - drift for one in head]
    shift = min(heads) - min(bases)
    weak = min(len(bases), len(heads)) < 2
    low, high = (None, None) if weak else _bounds(bases, heads, rules, name)
    return Timing(
        name=name,
        state=_state(shift, limits, rules),
        rule=WEAK_RULE if weak else RULE,
        unit=unit,
        value=min(head),
        base_value=min(base),
        ratio=math.exp(shift),
        low=low,
        high=high,
        runs=len(head),
        base_runs=len(base),
        note=WEAK if weak else "",
    )


def _bounds(
    bases: Sequence[float], heads: Sequence[float], rules: Rules, name: str
) -> tuple[float, float]:
    low, high = level_interval(bases, heads, 1, rules, name)
    return math.exp(low), math.exp(high)


def _state(shift: float, limits: Limits, rules: Rules) -> TimingState:
    if shift <= math.log1p(rules.screen):
        return TimingState.OK
    beyond = shift > math.log1p(limits.warn)
    return TimingState.REGRESSION if beyond else TimingState.INCONCLUSIVE


@dataclass(frozen=True)
class SuiteShift:
    """How the whole suite moved; ratios, above 1 is slower.

    `machine` is what the calibration says, and was taken off each benchmark; `suite` is the median
    of the benchmarks after that: the code, its runtime, or what the kernels do not see.
    """

    machine: float
    suite: float
    benchmarks: int
    shifted: bool


def suite_shift(
    timings: Sequence[Timing], drift: float = 0.0, rules: Rules = RULES
) -> SuiteShift | None:
    """Return how the suite as a whole moved, or None where too few benchmarks were compared.

    It is a finding of its own: nothing is ever subtracted for it.
    """
    ratios = [timing.ratio for timing in timings if timing.ratio is not None]
    if len(ratios) < rules.shift_benchmarks:
        return None
    suite = median(ratios)
    slower = max(suite, math.exp(drift)) > 1 + rules.screen
    return SuiteShift(math.exp(drift), suite, len(ratios), slower)
