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
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pytest_forge.baselines import documents as baseline_documents
from pytest_forge.errors import ConfigurationError, OutputUnreadable
from pytest_forge.execution.outputs import merge
from pytest_forge.formats import FORMATS
from pytest_forge.measuring import counting, documents, plans
from pytest_forge.measuring.experiment import carry_out
from pytest_forge.measuring.plans import COUNTED, PROCESS, Plan, Side
from pytest_forge.measuring.processes import ProcessFailed
from pytest_forge.measuring.selecting import narrowed
from pytest_forge.model import Benchmark
from pytest_forge.performance.calibration import calibrate
from pytest_forge.performance.machine import stolen_seconds, this_machine
from pytest_forge.performance.rows import document_of, sessions_of
from pytest_forge.performance.session import Session, series_of
from pytest_forge.probes.criterion import collected
from pytest_forge.probes.starting import drop_from_cache, finished


class Measurement:
    """Starts the processes of a plan; remembers when they began and how fast the machine was."""

    def __init__(self, plan: Plan, counter: Sequence[str] = ()) -> None:
        self.plan = plan
        self.counter = counter
        self.begun: list[str] = []
        self.calibration: dict[str, float] = {}
        self.load = os.getloadavg()[0]
        self.stolen = stolen_seconds()
        self._built: set[str] = set()
        self._known: dict[str, set[str]] = {}
        self._selects = True

    def start(self, side: Side, only: tuple[str, ...] = ()) -> tuple[Benchmark, ...]:
        """Run one fresh process of a side, the first after its build, and read what it measured.

        Where `only` some benchmarks are wanted, the others are left out if the tool can do that.
        """
        if side.directory not in self._built:
            self._built.add(side.directory)
            self._first(side)
        for kernel, seconds in calibrate().items():
            self.calibration[kernel] = min(seconds, self.calibration.get(kernel, seconds))
        if self.plan.cold:
            drop_from_cache(side)
        if side == self.plan.head:
            self.begun.append(datetime.now(UTC).isoformat(timespec="seconds"))
        return self._selected(side, only) or self._whole(side)

    def session(self, processes: Sequence[tuple[Benchmark, ...]]) -> Session:
        """Return the session of the head's processes so far."""
        return Session(
            tool=self.plan.check,
            commit=self.plan.commit,
            dirty=self.plan.dirty,
            time=self.begun[0],
            command=self.plan.shown,
            configuration=self.plan.configuration,
            machine=this_machine(self._runtime(), self.plan.lockfile),
            benchmarks=series_of(list(zip(self.begun, processes, strict=False))),
            calibration=self.calibration,
            load=self.load,
            steal=stolen_seconds() - self.stolen,
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

    def _selected(self, side: Side, only: tuple[str, ...]) -> tuple[Benchmark, ...]:
        """Return what a narrowed process measured, () where it can't be narrowed."""
        known = self._known.get(side.directory, set())
        command = narrowed(self.plan.format, side.command, only, known) if self._selects else ()
        if not command:
            return ()
        with suppress(ProcessFailed):
            found = self._process(replace(side, command=command))
            if {one.name for one in found} >= {*only}:
                return found
        # Whoever starts the tool takes no more arguments: it isn't tried again.
        self._selects = False
        return ()

    def _whole(self, side: Side) -> tuple[Benchmark, ...]:
        found = self._process(side)
        self._known[side.directory] = {one.name for one in found}
        return found

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


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
