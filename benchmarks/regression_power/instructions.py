"""The instruction tier: the suite under callgrind, the same code again and again, and slower.

    python -m benchmarks.regression_power.instructions DATA [--runs 85] [--slower-runs 10]

Each run is one process under `valgrind --tool=callgrind` with a fixed hash seed and a fixed memory
layout (`setarch -R`) that makes a small fixed number of calls of each benchmark; callgrind dumps
its counters at the marks between them.
Each line of DATA is one run: how much slower it was made, and each benchmark's instructions. It can
be stopped and continues, as `experiment.py` does.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.regression_power.experiment import LEVELS, append, records
from benchmarks.regression_power.neighbours import ROOT
from benchmarks.regression_power.suite import SUITE
from pytest_forge.performance.rules import RULES

MARK = "getppid"
"""The C function at whose calls callgrind dumps: cheap, and called by nobody else."""


def counts(slower: float) -> dict[str, int]:
    """Return the instructions of each benchmark in one process, all slower by a fraction."""
    with tempfile.TemporaryDirectory() as directory:
        out = Path(directory) / "out"
        options = (f"--callgrind-out-file={out}", f"--dump-before={MARK}")
        levels = "{" + ",".join(f'"{name}":{slower}' for name in SUITE) + "}"
        suite = ("-S", "-m", "benchmarks.regression_power.suite", "--count", "--slower", levels)
        # The interpreter itself, not a script that starts it: callgrind follows no child.
        python = os.path.realpath(sys.executable)
        subprocess.run(
            ["setarch", "-R", "valgrind", "-q", "--tool=callgrind", *options, python, *suite],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "PYTHONHASHSEED": "0"},
            check=True,
        )
        # A dump holds what came before its mark: the odd ones are warming up, the even ones work.
        return {
            name: _total(Path(f"{out}.{2 * number}")) for number, name in enumerate(SUITE, start=1)
        }


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
        record = {"slower": slower, "rules": RULES.digest, "counts": counts(slower)}
        append(options.data, record)


if __name__ == "__main__":
    main()
