"""How fast this machine is right now: small kernels, timed beside the benchmarks.

A stored baseline and today's runs differ by the machine's drift before they differ by the code.
The kernels never change, so what happens to them is the machine's doing. There are three, because
load, memory pressure and clock frequency slow different work differently.
"""

import math
import time
from collections.abc import Callable, Mapping
from functools import cache
from statistics import median

KERNEL_SECONDS = 0.015
"""The time for which each kernel is repeated."""

_STRIDE = 4096


@cache
def _memory() -> bytearray:
    # Made when it is needed: most who import this only read what a kernel took elsewhere.
    return bytearray(8 << 20)


def integers() -> int:
    """Add and multiply small integers: the interpreter's loop and the clock's frequency."""
    total = 0
    for number in range(20_000):
        total += number * 3 & 255
    return total


def allocations() -> int:
    """Fill and drop dictionaries of fresh objects: the allocator, and the nearer caches."""
    filled = 0
    for _ in range(20):
        filled += len({number: [number] for number in range(500)})
    return filled


def strides() -> int:
    """Touch every page of 8 MiB, and copy 2 MiB: the outer caches, memory and page tables."""
    memory = _memory()
    return sum(memory[::_STRIDE]) + len(bytes(memory[: 2 << 20]))


KERNELS: Mapping[str, Callable[[], int]] = {
    "integers": integers,
    "allocations": allocations,
    "strides": strides,
}


def calibrate(
    seconds: float = KERNEL_SECONDS, clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """Return the fastest of each kernel's rounds within `seconds`, in seconds; at least three."""
    return {name: _fastest(kernel, seconds, clock) for name, kernel in KERNELS.items()}


def _fastest(kernel: Callable[[], int], seconds: float, clock: Callable[[], float]) -> float:
    rounds: list[float] = []
    until = clock() + seconds
    while len(rounds) < 3 or clock() < until:
        begun = clock()
        kernel()
        rounds.append(clock() - begun)
    return min(rounds)


def drift(base: Mapping[str, float], head: Mapping[str, float]) -> float:
    """Return how much slower the machine is than it was, as a log-ratio: the kernels' median.

    0.0 where the two have no kernel in common: then nothing is known, and nothing is corrected.
    """
    return median(
        [math.log(head[name] / base[name]) for name in sorted(base.keys() & head)] or [0.0]
    )
