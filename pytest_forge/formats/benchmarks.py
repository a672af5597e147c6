"""What the formats of benchmarks share: values that can be compared, in base units."""

import math
from collections.abc import Iterable
from typing import Any

from pytest_forge.formats.reading import Value, unreadable
from pytest_forge.model import Benchmark, Report


def positive(value: Value) -> float:
    """Return a number above 0; raises `OutputUnreadable`, since no time is 0 or less."""
    number: Any = value.raw
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise unreadable(value.tool, f"{value.at} is not a number")
    if not math.isfinite(number) or number <= 0:
        raise unreadable(value.tool, f"{value.at} is {number}, which no measured value can be")
    return float(number)


def times(
    tool: str, name: str, values: Iterable[float], per_second: float = 1.0, unit: str = "s"
) -> Benchmark:
    """Return the benchmark of one process whose `values` are counted `per_second` (1e9 for ns).

    Raises `OutputUnreadable` where there is no value, or no name.
    """
    rounds = tuple(value / per_second for value in values)
    if not rounds or not name:
        raise unreadable(tool, f"the benchmark {name!r} has no value" if name else "no name")
    return Benchmark(name, unit, "lower", rounds)


def report(benchmarks: Iterable[Benchmark]) -> Report:
    """Return a report that counts its benchmarks, also where there are none."""
    found = tuple(benchmarks)
    return Report(measures={"benchmarks": len({one.name for one in found})}, benchmarks=found)
