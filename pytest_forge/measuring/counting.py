"""Counting a command's instructions with callgrind: how it is started, and what it has written.

The files are those of callgrind's format, version 1: `totals:` ends each of them. See "Callgrind
Format Specification" in valgrind's manual.
"""

import re
from pathlib import Path

from pytest_forge.model import Benchmark
from pytest_forge.performance.counted import UNIT

_FILES = "counted."
_TOTAL = re.compile(r"^totals: (\d+)$", re.MULTILINE)


def options(output: str) -> tuple[str, ...]:
    """Return what valgrind is told; it writes a file into `output` for each process.

    Children count as well: what a script starts is often the program itself.
    """
    place = output.replace("%", "%%")
    return (
        "-q",
        "--tool=callgrind",
        "--trace-children=yes",
        f"--callgrind-out-file={place}/{_FILES}%p",
    )


def counted(output: Path) -> tuple[Benchmark, ...]:
    """Return the instructions of all processes; () where a file is missing or not whole."""
    texts = [path.read_text("utf-8", "replace") for path in sorted(output.glob(f"{_FILES}*"))]
    totals = [int(found[1]) for text in texts if (found := _TOTAL.search(text))]
    if not sum(totals) or len(totals) < len(texts):
        return ()
    return (Benchmark(UNIT, UNIT, "lower", (float(sum(totals)),)),)
