"""The instruction tier: the suite under callgrind, the same code again and again, and slower.

    python -m benchmarks.regression_power.instructions DATA [--runs 85] [--slower-runs 10]

Each run is one process under `valgrind --tool=callgrind` with a fixed hash seed and a fixed memory
layout (`setarch -R`) that makes a small fixed number of calls of each benchmark; callgrind dumps
its counters at the marks between them. Each run has a checkout of its own, as base and head
have, with a path of random length: it moves addresses, and with them what dictionaries and the
allocator do.
Each line of DATA is one run: how much slower it was made, and each benchmark's instructions. It can
be stopped and continues, as `experiment.py` does.
"""

import argparse
import json
import os
import py_compile
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.regression_power.experiment import LEVELS, append, records
from benchmarks.regression_power.suite import SUITE
from pytest_forge.performance.rules import RULES

MARK = "getppid"
"""The C function at whose calls callgrind dumps: cheap, and called by nobody else."""


def counts(slower: float, padding: int) -> dict[str, int]:
    """Return the instructions of each benchmark in one process, all slower by a fraction.

    `padding` is the length of the checkout's name.
    """
    with tempfile.TemporaryDirectory() as directory:
        out = Path(directory) / "out"
        options = (f"--callgrind-out-file={out}", f"--dump-before={MARK}")
        levels = json.dumps(dict.fromkeys(SUITE, slower))
        suite = ("-S", "-m", "suite", "--count", "--slower", levels)
        # The interpreter itself, not a script that starts it: callgrind follows no child.
        python = os.path.realpath(sys.executable)
        subprocess.run(
            ["setarch", "-R", "valgrind", "-q", "--tool=callgrind", *options, python, *suite],
            cwd=checkout(Path(directory) / ("x" * padding)),
            env={"PATH": os.environ["PATH"], "PYTHONHASHSEED": "0"},
            check=True,
        )
        # A dump holds what came before its mark: the odd ones are warming up, the even ones work.
        return {
            name: _total(Path(f"{out}.{2 * number}")) for number, name in enumerate(SUITE, start=1)
        }


def checkout(directory: Path) -> Path:
    """Lay the suite into a directory, compiled: compiling leaves another memory layout behind."""
    directory.mkdir()
    copy = directory / "suite.py"
    shutil.copyfile(Path(__file__).with_name("suite.py"), copy)
    py_compile.compile(str(copy), doraise=True)
    return directory


def _total(path: Path) -> int:
    found = re.search(r"^totals: (\d+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    if not found:
        sys.exit(f"{path} holds no totals: was it written by callgrind?")
    return int(found[1])


def main() -> None:
    """Make the runs that are not there yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--runs", type=int, default=85)
    parser.add_argument("--slower-runs", type=int, default=10)
    options = parser.parse_args()
    wanted = [0.0] * options.runs + [*LEVELS] * options.slower_runs
    for slower in (one["slower"] for one in records(options.data)):
        if slower in wanted:
            wanted.remove(slower)
    for slower in wanted:
        padding = random.randint(1, 200)
        found = counts(slower, padding)
        record = {"slower": slower, "padding": padding, "rules": RULES.digest, "counts": found}
        append(options.data, record)


if __name__ == "__main__":
    main()
