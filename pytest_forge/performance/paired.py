"""A/B: the base commit against the head in one job, in turns, with as many runs as it takes.

Three pairs of fresh processes in random order first. What looks no slower than the screen is ok;
only the suspects are measured again, up to 6 and then 12 pairs, and dropped as soon as they fall
below it. A suspect of twelve pairs is a regression where two bootstraps say that the difference is
real: of the pairs' median, which one side's few lucky processes don't move, and of both sides'
levels, which a disturbed half of the processes doesn't. What they don't agree on is measured up to
24 pairs, and inconclusive if they still don't.

Per process the fastest round counts: other load can only add to it. Fresh processes are the
independent sample; rounds of one process share its memory layout and hash seed, and tests on them
look significant and are not.
"""

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias

from pytest_forge.model import Timing, TimingState
from pytest_forge.performance.bootstrap import level, level_interval, paired_interval
from pytest_forge.performance.rules import RULES, Rules

RULE = "paired"


class Side(StrEnum):
    """Which of the two builds a process runs."""

    BASE = "base"
    HEAD = "head"


Minima: TypeAlias = Mapping[str, float]
"""The fastest round of each benchmark in one process; rates as their inverse, so that more is
worse."""

Measure: TypeAlias = Callable[[Side, tuple[str, ...]], Minima]
"""Runs the named benchmarks of one side in one fresh process."""

LogPair: TypeAlias = tuple[float, float]


def compare_pairs(
    names: Sequence[str], measure: Measure, *, seed: str, rules: Rules = RULES, unit: str = "s"
) -> tuple[Timing, ...]:
    """Measure both sides in turns until every benchmark is settled, and return a Timing for each.

    `measure` is called once for each fresh process, with the benchmarks that are still open. The
    order within each pair is drawn from `seed`. A process that does not give all that was asked for
    is a KeyError; a value that is not above 0 is a ValueError.
    """
    draw = random.Random(seed)
    logs: dict[str, list[LogPair]] = {name: [] for name in names}
    settled: dict[str, Timing] = {}
    opened = tuple(names)
    for more in _stages(rules):
        for name, pairs in _pairs(opened, measure, draw, more).items():
            logs[name] += pairs
            timing = judge_pairs(name, logs[name], seed=seed, rules=rules, unit=unit)
            if timing is not None:
                settled[name] = timing
        opened = tuple(name for name in opened if name not in settled)
    return tuple(settled[name] for name in names)


def _stages(rules: Rules) -> Iterator[int]:
    """Yield how many pairs each stage adds."""
    yield from (total - before for before, total in pairwise((0, *rules.pairs)))


def _pairs(
    names: tuple[str, ...], measure: Measure, draw: random.Random, count: int
) -> dict[str, list[LogPair]]:
    """Measure the named benchmarks in `count` pairs of fresh processes; none for no name."""
    found: dict[str, list[LogPair]] = {name: [] for name in names}
    for _ in range(count if names else 0):
        for name, pair in _pair(names, measure, draw).items():
            found[name].append(pair)
    return found


def _pair(names: tuple[str, ...], measure: Measure, draw: random.Random) -> dict[str, LogPair]:
    order = draw.sample(list(Side), 2)
    minima = {side: measure(side, names) for side in order}
    return {
        name: (math.log(minima[Side.BASE][name]), math.log(minima[Side.HEAD][name]))
        for name in names
    }


def judge_pairs(
    name: str, logs: Sequence[LogPair], *, seed: str, rules: Rules = RULES, unit: str = "s"
) -> Timing | None:
    """Return the verdict on the pairs measured so far, or None for a suspect to measure again.

    `logs` are the natural logarithms of each pair's minima, base first. The Timing's interval is
    what the bootstrap of the pairs' median and that of the levels cover together.
    """
    first = len(logs) <= rules.pairs[0]
    lowest = 1 if first else rules.lowest
    bases, heads = zip(*logs, strict=True)
    base, head = level(bases, lowest), level(heads, lowest)
    slower = head - base > math.log1p(rules.suspicion if first else rules.screen)
    if slower and len(logs) < rules.confirming:
        return None
    drawn = f"{seed}:{name}"
    by_pairs = paired_interval([b - a for a, b in logs], rules, drawn)
    by_levels = level_interval(bases, heads, lowest, rules, drawn)
    low, high = min(by_pairs[0], by_levels[0]), max(by_pairs[1], by_levels[1])
    if slower and low <= 0 and len(logs) < rules.pairs[-1]:
        return None
    return Timing(
        name=name,
        state=_state(slower, low),
        rule=RULE,
        unit=unit,
        value=math.exp(head),
        base_value=math.exp(base),
        ratio=math.exp(head - base),
        low=math.exp(low),
        high=math.exp(high),
        runs=len(logs),
        base_runs=len(logs),
    )


def _state(slower: bool, low: float) -> TimingState:
    if not slower:
        return TimingState.OK
    return TimingState.REGRESSION if low > 0 else TimingState.INCONCLUSIVE
