"""Twelve pure-Python benchmarks, from 1 us to 47 ms, that can be made slower by real extra work.

    python -m benchmarks.regression_power.suite [--only A B] [--slower '{"A": 0.1}'] [--calibrate]

runs them once, as one fresh process of a benchmark run, and prints JSON: for each the rounds'
number, min, q10, q25, median, mean and sd, in seconds of wall time, and the fastest round in CPU
time. Each has as many rounds as fit into 20 ms, at least five (what pytest-benchmark asks for).

A benchmark's work is a loop over equal units, so 10 % slower is 10 % more units. With `--count` it
makes a small fixed number of calls instead, parted by calls of `getppid`, at which callgrind dumps
its counters (`instructions.py`).
"""

import argparse
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from os import getppid
from statistics import fmean, pstdev
from typing import Any

BUDGET = 0.020
ROUNDS = 5
COUNTED_UNITS = 20
"""Units of one counted call, but for the benchmarks that have a `call` cost to speak of."""

WORDS = tuple(f"word{number * 7919 % 1000:03d}" for number in range(200))
TABLE = {word: number for number, word in enumerate(WORDS)}
SHUFFLED = [number * 31 % 97 for number in range(50)]
RECORD = {"id": 17, "name": "a name", "tags": list(WORDS[:6]), "deep": {"x": 1.5, "y": None}}
TEXT = " ".join(f"{word}={number}; {word}" for number, word in enumerate(WORDS))
PATTERN = re.compile(r"(\w+)=(\d+);")
MEMORY = b"\x01" * (16 << 20)


def integers(units: int) -> None:
    """Add and multiply small integers."""
    total = 0
    for number in range(units):
        total += number * 3 & 255


def formatting(units: int) -> None:
    """Format integers."""
    for number in range(units):
        f"{number:04d}:{number}"


def lookups(units: int) -> None:
    """Look words up in a dictionary, three a unit."""
    total = 0
    for number in range(units):
        word = WORDS[number % 200]
        total += TABLE[word] + TABLE[word] + TABLE[word]


def appends(units: int) -> None:
    """Grow a list, 30 appends a unit."""
    for _ in range(units):
        grown: list[int] = []
        for number in range(30):
            grown.append(number)


def sorting(units: int) -> None:
    """Sort 50 integers."""
    for _ in range(units):
        sorted(SHUFFLED)


class Point:
    """An object with two attributes and a method."""

    def __init__(self, x: int, y: int) -> None:
        self.x = x
        self.y = y

    def moved(self, by: int) -> "Point":
        """Return a point beside this one."""
        return Point(self.x + by, self.y + by)


def objects(units: int) -> None:
    """Make objects and call their methods."""
    point = Point(0, 0)
    for _ in range(units):
        point = point.moved(1)


def joining(units: int) -> None:
    """Join 200 words and split them again."""
    for _ in range(units):
        ",".join(WORDS).split(",")


def documents(units: int) -> None:
    """Write a record as JSON and read it back."""
    for _ in range(units):
        json.loads(json.dumps(RECORD))


def fibonacci(number: int) -> int:
    """Return a Fibonacci number, the long way."""
    return number if number < 2 else fibonacci(number - 1) + fibonacci(number - 2)


def recursion(units: int) -> None:
    """Call a function that calls itself, 754 calls a unit."""
    for _ in range(units):
        fibonacci(13)


def patterns(units: int) -> None:
    """Find a regular expression's matches in 5 kB of text."""
    for _ in range(units):
        PATTERN.findall(TEXT)


def memory(units: int) -> None:
    """Read bytes that lie a page apart, 4096 of 16 MiB a unit."""
    for number in range(units):
        sum(MEMORY[number % 4096 :: 4099])


def tables(units: int) -> None:
    """Build dictionaries of tuples of fresh strings."""
    for _ in range(units):
        {number: (number, str(number)) for number in range(1000)}


@dataclass(frozen=True)
class Benchmark:
    """One benchmark: its work, how many units make a call, how many calls make a round.

    `call` is what the call itself costs, in units, so that extra work is a part of the whole.
    `counted` is the number of calls under callgrind.
    """

    work: Callable[[int], None]
    units: int
    calls: int = 1
    call: int = 0
    counted: int = 1

    def slower(self, by: float, units: int) -> int:
        """Return the units of a call that is slower by the fraction `by`."""
        return units + round(by * (units + self.call))


SUITE: Mapping[str, Benchmark] = {
    "integers": Benchmark(integers, 38, 20, 2, 100),
    "formatting": Benchmark(formatting, 20, 8, 0, 100),
    "lookups": Benchmark(lookups, 120, 2, 0, 40),
    "appends": Benchmark(appends, 60, 1, 0, 20),
    "sorting": Benchmark(sorting, 100, 1, 0, 20),
    "objects": Benchmark(objects, 1600, 1, 0, 40),
    "joining": Benchmark(joining, 160, 1, 0, 4),
    "documents": Benchmark(documents, 500, 1, 0, 4),
    "recursion": Benchmark(recursion, 180, 1, 0, 1),
    "patterns": Benchmark(patterns, 80, 1, 0, 1),
    "memory": Benchmark(memory, 560, 1, 0, 2),
    "tables": Benchmark(tables, 500, 1, 0, 1),
}


def rounds_of(work: Callable[[int], None], units: int, calls: int) -> tuple[list[float], float]:
    """Return the wall seconds of a call in each round, and the least CPU seconds of a call."""
    rounds: list[float] = []
    least = float("inf")
    clock, processor = time.perf_counter, time.process_time
    until = clock() + BUDGET
    while len(rounds) < ROUNDS or clock() < until:
        used, begun = processor(), clock()
        for _ in range(calls):
            work(units)
        ended = clock()
        least = min(least, (processor() - used) / calls)
        rounds.append((ended - begun) / calls)
    return rounds, least


def summary(rounds: list[float], least_cpu: float) -> dict[str, float]:
    """Return what is kept of a benchmark's rounds."""
    ordered = sorted(rounds)
    count = len(ordered)
    return {
        "n": count,
        "min": ordered[0],
        "q10": ordered[count // 10],
        "q25": ordered[count // 4],
        "median": ordered[count // 2],
        "mean": fmean(ordered),
        "sd": pstdev(ordered),
        "cpu": least_cpu,
    }


def measure(names: list[str], slower: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Run benchmarks as one process of a benchmark run does: one after the other, by the clock."""
    found = {}
    for name in names:
        one = SUITE[name]
        units = one.slower(slower.get(name, 0.0), one.units)
        found[name] = summary(*rounds_of(one.work, units, one.calls))
    return found


def count(names: list[str], slower: Mapping[str, float]) -> None:
    """Run benchmarks for callgrind: after each mark the next one's work, and nothing else."""
    for name in names:
        one = SUITE[name]
        units = one.slower(slower.get(name, 0.0), COUNTED_UNITS - one.call)
        one.work(units)
        getppid()
        for _ in range(one.counted):
            one.work(units)
        getppid()


def main() -> None:
    """Run the suite once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=[*SUITE], default=[*SUITE])
    parser.add_argument("--slower", type=json.loads, default={})
    parser.add_argument("--calibrate", action="store_true")
    parser.add_argument("--count", action="store_true")
    options = parser.parse_args()
    if options.count:
        count(options.only, options.slower)
        return
    found: dict[str, Any] = {}
    if options.calibrate:
        from pytest_forge.performance.calibration import calibrate

        found["calibration"] = calibrate()
    found["benchmarks"] = measure(options.only, options.slower)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
