"""Jobs of the power experiment, one after the other, each appended to a file as one line of JSON.

    python -m benchmarks.regression_power.experiment DATA [--blocks 25] [--minutes 60]

A block holds, for each of the three noise modes, four A/A jobs (the same code on both sides) and
one job with slowdowns: 5, 10, 20 and 50 %, each in three of the twelve benchmarks on the head's
side. The order within a block is drawn. A job measures

- a session to be stored: five fresh processes of the head, with the calibration kernels;
- an A/B comparison of base and head by `pytest_forge.performance.paired.compare_pairs`, the code
  that gate 8 runs; on wall time, and then with the same processes on CPU time, for which what that
  asks for in addition is measured.

It can be stopped at any time (SIGINT, SIGTERM, a reboot) and continues with the first job that is
not in the file. The rules' digest and the machine stand in the file: data of others are
refused.
"""

import argparse
import itertools
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.regression_power.neighbours import MODES, ROOT, neighbours
from benchmarks.regression_power.suite import SUITE
from pytest_forge.performance.machine import stolen_seconds, this_machine
from pytest_forge.performance.paired import Measure, Side, compare_pairs
from pytest_forge.performance.rules import RULES

LEVELS = (0.05, 0.10, 0.20, 0.50)
KINDS = ("aa", "aa", "aa", "aa", "slower")
CLOCKS = {"wall": "min", "cpu": "cpu"}
"""The field of a benchmark's summary that holds each clock's fastest round."""
SEED = "regression-power-1"


@dataclass(frozen=True)
class Job:
    """One independent job: its number, its noise mode, and how much slower each benchmark is."""

    number: int
    mode: str
    kind: str
    slower: Mapping[str, float]

    @property
    def seed(self) -> str:
        """Return what the order of its processes and its bootstrap are drawn from."""
        return f"{SEED}:{self.number}"


def schedule(blocks: int) -> Iterator[Job]:
    """Yield the jobs of all blocks; the same ones each time."""
    kinds = [(mode, kind) for mode in MODES for kind in KINDS]
    for block in range(blocks):
        draw = random.Random(f"{SEED}:block {block}")
        for place, (mode, kind) in enumerate(draw.sample(kinds, len(kinds))):
            slower = _slowdowns(draw) if kind == "slower" else {}
            yield Job(block * len(kinds) + place, mode, kind, slower)


def _slowdowns(draw: random.Random) -> dict[str, float]:
    levels = LEVELS * (len(SUITE) // len(LEVELS))
    return dict(zip(draw.sample([*SUITE], len(SUITE)), levels, strict=True))


def measure(names: tuple[str, ...], slower: Mapping[str, float], *options: str) -> dict[str, Any]:
    """Run benchmarks in one fresh process."""
    command = (sys.executable, "-S", "-m", "benchmarks.regression_power.suite")
    done = subprocess.run(
        [*command, "--slower", json.dumps(slower), *options, "--only", *names],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return dict(json.loads(done.stdout))


def measurer(job: Job, processes: list[dict[str, Any]], field: str) -> Measure:
    """Return what measures a job's next process, and reads one clock's minima of it.

    What stands in `processes` already is not measured again: the order of the sides follows from
    the job's seed, so the n-th process of each comparison is the same one.
    """
    places = itertools.count()

    def minima(side: Side, names: tuple[str, ...]) -> Mapping[str, float]:
        place = next(places)
        if place == len(processes):
            processes.append({"side": side.value, "benchmarks": {}})
        known = processes[place]["benchmarks"]
        if missing := tuple(name for name in names if name not in known):
            slower = job.slower if side is Side.HEAD else {}
            known.update(measure(missing, slower)["benchmarks"])
        return {name: known[name][field] for name in names}

    return minima


def run_job(job: Job) -> dict[str, Any]:
    """Measure one job and return its record."""
    processes: list[dict[str, Any]] = []
    with neighbours(job.mode):
        begun, before = datetime.now(UTC), stolen_seconds()
        load = os.getloadavg()[0]
        stored = [measure((*SUITE,), job.slower, "--calibrate") for _ in range(RULES.stored_runs)]
        timings = {
            clock: compare_pairs([*SUITE], measurer(job, processes, field), seed=job.seed)
            for clock, field in CLOCKS.items()
        }
    return {
        **asdict(job),
        "begun": begun.isoformat(timespec="seconds"),
        "seconds": round((datetime.now(UTC) - begun).total_seconds(), 1),
        "load": load,
        "steal": round(stolen_seconds() - before, 2),
        "session": stored,
        "processes": processes,
        "verdicts": {
            clock: {one.name: [one.state, one.ratio, one.low, one.runs] for one in found}
            for clock, found in timings.items()
        },
    }


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a file; a last line that a kill has cut off is passed over."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for number, line in enumerate(lines):
        try:
            yield json.loads(line)
        except ValueError:
            if not line or number + 1 == len(lines) or lines[number + 1].startswith('{"machine"'):
                continue
            raise


def append(path: Path, record: Mapping[str, Any]) -> None:
    """Append a record, on disk when this returns; never onto a line that was cut off."""
    with path.open("ab+") as file:
        if file.tell() and path.read_bytes()[-1:] != b"\n":
            file.write(b"\n")
        file.write(json.dumps(record).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def rounded(value: Any) -> Any:
    """Return a record with its numbers in six digits: a tenth of what timings can tell."""
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    return [rounded(one) for one in value] if isinstance(value, list) else value


def done_jobs(path: Path, machine: Mapping[str, Any]) -> set[int]:
    """Return the numbers of the jobs in a file; exits where its rules or machine are not these."""
    found = list(records(path))
    for one in found:
        if "machine" in one and one["rules"] != RULES.digest:
            sys.exit(f"{path} was measured under other rules than {RULES.digest}: begin a new file")
        if "machine" in one and one["machine"] != machine:
            sys.exit(f"{path} was measured on another machine: begin a new file")
    return {one["number"] for one in found if "machine" not in one}


def main() -> None:
    """Run the jobs that are not there yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--blocks", type=int, default=25)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    options = parser.parse_args()
    until = time.monotonic() + 60 * options.minutes
    machine = asdict(this_machine(runtime=f"Python {sys.version.split()[0]}"))
    done = done_jobs(options.data, machine)
    append(options.data, {"machine": machine, "rules": RULES.digest, "seed": SEED})
    for job in schedule(options.blocks):
        if job.number in done:
            continue
        if time.monotonic() > until:
            break
        append(options.data, rounded(run_job(job)))


if __name__ == "__main__":
    main()
