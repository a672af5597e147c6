"""Other load beside the measurement: nobody, a neighbour that thrashes memory, bursty ones.

    python -m benchmarks.regression_power.neighbours memory|burst

runs one neighbour until its parent is gone or ends it.
"""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTLING = 0.3
"""Seconds that neighbours get to start before anything is measured beside them."""

MODES: Mapping[str, tuple[str, ...]] = {
    "quiet": (),
    "memory": ("memory",),
    "bursty": ("burst", "burst"),
}
"""The noise modes, with the neighbours of each."""


def thrash() -> None:
    """Copy 32 MiB about: whatever was in the caches is gone, and the memory bus is busy."""
    half = 32 << 20
    buffer = bytearray(2 * half)
    while alive():
        for _ in range(20):
            buffer[:half] = memoryview(buffer)[half:]


def burst() -> None:
    """Work and sleep in turns, each for 20 to 400 ms."""
    while alive():
        until = time.monotonic() + random.uniform(0.02, 0.4)
        while time.monotonic() < until:
            sum(range(1000))
        time.sleep(random.uniform(0.02, 0.4))


KINDS: Mapping[str, Callable[[], None]] = {"memory": thrash, "burst": burst}
_PARENT = os.getppid()


def alive() -> bool:
    """Tell whether the process that started this one still is there."""
    return os.getppid() == _PARENT


@contextmanager
def neighbours(mode: str) -> Iterator[None]:
    """Keep the neighbours of a mode running."""
    command = (sys.executable, "-S", "-m", "benchmarks.regression_power.neighbours")
    started = [subprocess.Popen([*command, kind], cwd=ROOT) for kind in MODES[mode]]
    try:
        time.sleep(SETTLING)
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()


if __name__ == "__main__":
    KINDS[sys.argv[1]]()
