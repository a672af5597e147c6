"""What the fresh processes of a measurement give: benchmarks, each by its best round."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from pytest_forge.measuring.plans import Side
from pytest_forge.model import Benchmark, Timing

Started: TypeAlias = Callable[[Side, tuple[str, ...]], tuple[Benchmark, ...]]
"""Runs one fresh process of a side and returns what it measured; raises `ProcessFailed`.

The names are those of the benchmarks that are wanted, () for all of them.
"""


class ProcessFailed(Exception):
    """A process of the measurement has failed; the text says which and how, on one line."""


@dataclass
class Measured:
    """What came of it: the Timings, each head process's benchmarks, and what must be known."""

    timings: tuple[Timing, ...] = ()
    processes: list[tuple[Benchmark, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def checked(benchmarks: tuple[Benchmark, ...]) -> tuple[Benchmark, ...]:
    """Return what a process has measured; `ProcessFailed` where that is nothing."""
    if not benchmarks:
        raise ProcessFailed("it has measured nothing")
    return benchmarks


def each(benchmarks: Iterable[Benchmark]) -> tuple[Benchmark, ...]:
    """Return the first of each name: a process may have had several (forks, launches)."""
    return tuple({one.name: one for one in reversed(tuple(benchmarks))}.values())[::-1]


def cost(benchmark: Benchmark) -> float:
    """Return the best round so that more is worse: a rate as its inverse."""
    if benchmark.direction == "lower":
        return min(benchmark.values)
    return 1 / max(benchmark.values)


def costs(benchmarks: Iterable[Benchmark]) -> dict[str, float]:
    """Return the cost of each benchmark of one process by its name."""
    found: dict[str, float] = {}
    for one in benchmarks:
        found[one.name] = min(cost(one), found.get(one.name, math.inf))
    return found


def whole(found: dict[str, float], wanted: Iterable[str]) -> dict[str, float]:
    """Return the costs; `ProcessFailed` where a wanted one is missing."""
    missing = [name for name in wanted if name not in found]
    if missing:
        raise ProcessFailed(f"a process has not measured {missing[0]}, which an earlier one had")
    return found
