"""The instruction tier: the suite under callgrind, the same code again and again, and slower.

    python -m benchmarks.regression_power.instructions DATA [--groups 21]

Each run is one process under `valgrind --tool=callgrind` with a fixed hash seed and a fixed memory
layout (`setarch -R`) that makes a small fixed number of calls of each benchmark; callgrind dumps
its counters at the marks between them. Each run has a checkout of its own, with a random name, as
base and head have; those of a group have paths of one length, which is drawn for the group. (Paths
of different lengths move the heap: one benchmark of the twelve then differed by up to 1.9 % where
nothing had changed.) A group is five runs of the same code; the first ten have one more for each
slowdown.

Each line of DATA is one run: its group, how much slower it was made, and each benchmark's
instructions. It can be stopped and continues, as `experiment.py` does.
"""

import argparse
import json
import os
import py_compile
import random
import re
import shutil
import string
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.regression_power.experiment import LEVELS, SEED, append, records
from benchmarks.regression_power.suite import SUITE
from pytest_forge.performance.rules import RULES

MARK = "getppid"
"""The C function at whose calls callgrind dumps: cheap, and called by nobody else."""

SAME, SLOWER_GROUPS = 5, 10


def counts(slower: float, name: str) -> dict[str, int]:
    """Return the instructions of each benchmark in one process of a checkout of this name.

    All are slower by the same fraction.
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
            cwd=checkout(Path(directory) / name),
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


def wanted(groups: int) -> list[tuple[int, float]]:
    """Return the runs of all groups: group and slowdown."""
    return [
        (group, slower)
        for group in range(groups)
        for slower in (*[0.0] * SAME, *(LEVELS if group < SLOWER_GROUPS else ()))
    ]


def main() -> None:
    """Make the runs that are not there yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--groups", type=int, default=21)
    options = parser.parse_args()
    runs = wanted(options.groups)
    for one in records(options.data):
        if (one["group"], one["slower"]) in runs:
            runs.remove((one["group"], one["slower"]))
    for group, slower in runs:
        length = random.Random(f"{SEED}:group {group}").randint(8, 200)
        name = "".join(random.choices(string.ascii_lowercase, k=length))
        record = {"group": group, "slower": slower, "rules": RULES.digest}
        append(options.data, record | {"checkout": name, "counts": counts(slower, name)})


if __name__ == "__main__":
    main()
