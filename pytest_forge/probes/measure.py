"""Measures what a plan says: starts every process, times it, and prints what came of it as JSON.

    python measure.py PLAN [COUNTER ...]

PLAN is the file of a plan (`pytest_forge.measuring.plans`), COUNTER the command that counts the
instructions of the one behind it, where the plan asks for that. It runs as a program of its own, so
that the whole measurement is one process group with one time limit. The exit status is 1 where
the head could not be measured; the last line of standard error says why.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pytest_forge.baselines import documents as baseline_documents
from pytest_forge.errors import ConfigurationError, OutputUnreadable
from pytest_forge.execution.outputs import merge, telling_line
from pytest_forge.formats import FORMATS
from pytest_forge.measuring import counting, documents, plans
from pytest_forge.measuring.experiment import ProcessFailed, carry_out
from pytest_forge.measuring.plans import COUNTED, PROCESS, Plan, Side
from pytest_forge.model import Benchmark
from pytest_forge.performance.calibration import calibrate
from pytest_forge.performance.machine import this_machine
from pytest_forge.performance.rows import document_of, sessions_of
from pytest_forge.performance.session import Session, series_of
from pytest_forge.probes.criterion import collected

_LAUNCH = str(Path(__file__).with_name("launch.py"))
_KIB = 1 if sys.platform == "darwin" else 1024
"""The unit of a process's peak memory, in bytes: macOS tells bytes, Linux KiB."""


class Measurement:
    """Starts the processes of a plan; remembers when they began and how fast the machine was."""

    def __init__(self, plan: Plan, counter: Sequence[str] = ()) -> None:
        self.plan = plan
        self.counter = counter
        self.begun: list[str] = []
        self.calibration: dict[str, float] = {}
        self.load = os.getloadavg()[0]
        self._built: set[str] = set()

    def start(self, side: Side) -> tuple[Benchmark, ...]:
        """Run one fresh process of a side, the first after its build, and read what it measured."""
        if side.directory not in self._built:
            self._built.add(side.directory)
            self._first(side)
        for kernel, seconds in calibrate().items():
            self.calibration[kernel] = min(seconds, self.calibration.get(kernel, seconds))
        if self.plan.cold:
            drop_from_cache(side)
        if side == self.plan.head:
            self.begun.append(datetime.now(UTC).isoformat(timespec="seconds"))
        return self._process(side)

    def session(self, processes: Sequence[tuple[Benchmark, ...]]) -> Session:
        """Return the session of the head's processes so far."""
        return Session(
            tool=self.plan.check,
            commit=self.plan.commit,
            dirty=self.plan.dirty,
            time=self.begun[0],
            command=self.plan.shown,
            configuration="",
            machine=this_machine(self._runtime()),
            benchmarks=series_of(list(zip(self.begun, processes, strict=False))),
            calibration=self.calibration,
            load=self.load,
        )

    def _runtime(self) -> str:
        """Return the version of the project's interpreter, "" where it has none."""
        if not self.plan.interpreter:
            return ""
        told = subprocess.run((self.plan.interpreter, "-V"), capture_output=True, check=True)
        return told.stdout.decode().strip()

    def _first(self, side: Side) -> None:
        if side.build:
            finished(side, side.build)
        if self.plan.format in (PROCESS, COUNTED) and not self.plan.cold:
            # Not measured: it fills the caches that a warm process finds filled.
            finished(side, side.command)

    def _process(self, side: Side) -> tuple[Benchmark, ...]:
        # What an earlier process has written must not be read as this one's.
        shutil.rmtree(side.output)
        Path(side.output).mkdir()
        if self.plan.format == COUNTED:
            finished(side, (*self.counter, *counting.options(side.output), *side.command))
            return self._named(counting.counted(Path(side.output)))
        used = finished(side, side.command)
        return self._named(used) if self.plan.format == PROCESS else self._read(side)

    def _named(self, used: Sequence[Benchmark]) -> tuple[Benchmark, ...]:
        command = self.plan.check.partition("[")[2].removesuffix("]")
        return tuple(replace(one, name=f"{command} {one.name}") for one in used)

    def _contents(self, side: Side) -> list[bytes]:
        if self.plan.format == "criterion":
            return [json.dumps(collected(Path(side.output))).encode()]
        paths = sorted(Path(side.output).glob(self.plan.source))
        if not paths:
            raise ProcessFailed(f"{side.command[0]} has written no {self.plan.source}")
        return [path.read_bytes() for path in paths]

    def _read(self, side: Side) -> tuple[Benchmark, ...]:
        try:
            return merge(map(FORMATS[self.plan.format], self._contents(side))).benchmarks
        except OutputUnreadable as error:
            raise ProcessFailed(error.reason) from error


def finished(side: Side, command: Sequence[str]) -> tuple[Benchmark, ...]:
    """Run a command to its end and return wall and CPU seconds and the peak memory of its process.

    Raises `ProcessFailed` where it can't be started or does not exit with 0.
    """
    out, err, report = (Path(side.output, name) for name in ("stdout", "stderr", "process"))
    with out.open("wb") as stdout, err.open("wb") as stderr:
        subprocess.run(
            (sys.executable, "-I", "-S", _LAUNCH, str(report), *command),
            cwd=side.directory,
            env={**os.environ, **side.environment},
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            check=True,
        )
    status, *told = report.read_text(encoding="utf-8").split()
    if status == "-":
        raise ProcessFailed(f"{command[0]} can't be started: {' '.join(told)}")
    if status != "0":
        words = telling_line(_last_lines(err) or _last_lines(out))
        raise ProcessFailed(f"{command[0]} ended with status {status}: {words}")
    wall, cpu, memory = map(float, told)
    return (
        Benchmark("wall", "s", "lower", (wall,)),
        # What is below the clock's step took no time that could be told.
        Benchmark("cpu", "s", "lower", (max(cpu, 1e-6),)),
        Benchmark("memory", "bytes", "lower", (memory * _KIB,)),
    )


def drop_from_cache(side: Side) -> None:
    """Drop the files of the tree and of the program from the system's page cache.

    The system may keep what others use; where it knows no such call, nothing can be cold.
    """
    if not hasattr(os, "posix_fadvise"):
        raise ProcessFailed("this system can't drop files from its cache: nothing is cold here")
    program = Path(side.command[0])
    for path in (*Path(side.directory).rglob("*"), *([program] if program.is_absolute() else [])):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def stored_sessions(plan: Plan) -> tuple[Session, ...]:
    """Return the sessions that are stored of this check; `ConfigurationError` for a broken file."""
    if not plan.stored:
        return ()
    value = baseline_documents.read(Path(plan.stored), plan.stored_name)
    every = () if value is None else sessions_of(value)
    return tuple(one for one in every if one.tool == plan.check)


def main(path: str, *counter: str) -> int:
    """Carry a plan out, print the document, and leave the session where the plan says."""
    plan = plans.read(Path(path).read_text(encoding="utf-8"))
    measurement = Measurement(plan, counter)
    try:
        stored = stored_sessions(plan)
        measured = carry_out(plan, measurement.start, measurement.session, stored)
    except (ProcessFailed, ConfigurationError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    session = measurement.session(measured.processes)
    if plan.kept:
        text = json.dumps(document_of((session,)))
        Path(plan.kept).write_text(text, encoding="utf-8")
    json.dump(documents.document_of(measured), sys.stdout)
    sys.stdout.write("\n")
    return 0


def _last_lines(path: Path) -> list[str]:
    text = path.read_bytes()[-4000:].decode("utf-8", "replace")
    return [line.strip() for line in text.splitlines() if line.strip()]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
