"""The one place that starts a process.

Every process is the leader of its own group, writes to files (a pipe can be held open by a daemon
that outlives its parent, and a buffer in memory can't be bounded), and is ended as a group.
"""

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pytest_forge.errors import ForgeError
from pytest_forge.execution.ended import end_of

STOP = "stop"
_POLL_SECONDS = 0.25
_GRACE_SECONDS = 2.0
_NOT_INHERITED = ("PYTEST_", "COV_CORE_", "COVERAGE_")
_NOT_INHERITED_NAMES = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})
_READABLE_OUTPUT = {"LC_ALL": "C.UTF-8", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}


class Stopped(ForgeError):
    """The run is being ended; no further process is started."""


@dataclass(frozen=True)
class Request:
    """What to start: the command, where, with which variables, and for how long at most.

    `environment` is complete: nothing is inherited beside it. `timeout` is in seconds,
    `output_limit` in bytes for each stream. An empty command is refused here.
    """

    argv: tuple[str, ...]
    directory: Path
    environment: Mapping[str, str]
    stdout: Path
    stderr: Path
    timeout: float = 600.0
    output_limit: int = 512 * 1024 * 1024

    def __post_init__(self) -> None:
        """Refuse an empty command."""
        if not self.argv or not self.argv[0]:
            raise ValueError("a request needs a command")


@dataclass(frozen=True)
class Finished:
    """How a process ended: its status (negative: the signal that killed it) and its seconds."""

    status: int
    seconds: float
    timed_out: bool = False
    too_much_output: bool = False


@dataclass(frozen=True)
class Captured:
    """A short command's status and its streams, decoded."""

    status: int
    stdout: str
    stderr: str


class Processes:
    """The processes that this run has started and that are still alive.

    `ledger`, where given, is a directory with a file for each live group, so that another process
    can end what a killed one has left behind; once it holds the file `stop`, none is started.
    `answered` holds what tools have said to the question for their version, by command and place.
    """

    def __init__(self, ledger: Path | None = None) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._alive: dict[int, subprocess.Popen[bytes]] = {}
        self._stopping = False
        self.started = 0
        self.answered: dict[tuple[tuple[str, ...], Path | None], Captured] = {}

    def run(self, request: Request) -> Finished:
        """Start the command, wait for it, and end its group if it outlives its limit.

        Raises OSError where it can't be started and `Stopped` where the run is being ended.
        """
        begun = time.monotonic()
        with request.stdout.open("wb") as out, request.stderr.open("wb") as err:
            process = self._start(request, out.fileno(), err.fileno())
            try:
                timed_out, too_much = self._watch(process, request, begun)
            finally:
                end_group(process.pid)
                self._forget(process)
        return Finished(process.returncode, time.monotonic() - begun, timed_out, too_much)

    def stop(self) -> None:
        """End every live group, and refuse to start another process."""
        with self._lock:
            self._stopping = True
            alive = tuple(self._alive)
        for group in alive:
            end_group(group)

    def _start(self, request: Request, out: int, err: int) -> "subprocess.Popen[bytes]":
        with self._lock:
            if self._stopping or (self._ledger and (self._ledger / STOP).exists()):
                raise Stopped("the run is being ended")
            process = subprocess.Popen(
                request.argv,
                cwd=request.directory,
                env=dict(request.environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
            self.started += 1
            self._alive[process.pid] = process
            if self._ledger is not None:
                (self._ledger / str(process.pid)).touch()
        return process

    def _watch(
        self, process: "subprocess.Popen[bytes]", request: Request, begun: float
    ) -> tuple[bool, bool]:
        with end_of(process.pid, partial(_has_ended, process)) as ended:
            while not ended(_POLL_SECONDS):
                timed_out = time.monotonic() - begun > request.timeout
                too_much = any(
                    stream.stat().st_size > request.output_limit
                    for stream in (request.stdout, request.stderr)
                )
                if timed_out or too_much:
                    _end_leader(process)
                    return timed_out, too_much
        process.wait()
        return False, False

    def _forget(self, process: "subprocess.Popen[bytes]") -> None:
        with self._lock:
            self._alive.pop(process.pid, None)
            if self._ledger is not None:
                (self._ledger / str(process.pid)).unlink(missing_ok=True)


def end_group(group: int, sign: int = signal.SIGKILL) -> None:
    """Send a signal to a whole process group; a group that is gone already is no error."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, sign)


def end_recorded(ledger: Path) -> None:
    """End every group that a ledger still names, and let no user of it start another."""
    (ledger / STOP).touch()
    for entry in sorted(ledger.glob("*")):
        if entry.name.isdigit():
            end_group(int(entry.name))
            entry.unlink(missing_ok=True)


def child_environment(
    extra: Mapping[str, str], inherited: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the variables for a child: ours, less what would steer its pytest, coverage or git."""
    source = os.environ if inherited is None else inherited
    kept = {
        name: value
        for name, value in source.items()
        if not name.startswith(_NOT_INHERITED) and name not in _NOT_INHERITED_NAMES
    }
    return {**kept, **_READABLE_OUTPUT, **extra}


def capture(
    argv: Sequence[str],
    directory: Path,
    timeout: float = 60.0,
    extra: Mapping[str, str] | None = None,
    processes: Processes | None = None,
    inherited: Mapping[str, str] | None = None,
) -> Captured:
    """Run a short command and return its streams; OSError where it can't be started.

    A command that outlives `timeout` seconds is ended and has a negative status. `inherited` are
    the variables that it may see beside `extra`, our own where none are given.
    """
    with tempfile.TemporaryDirectory(prefix="forge-") as name:
        request = Request(
            argv=tuple(argv),
            directory=directory,
            environment=child_environment(extra or {}, inherited),
            stdout=Path(name, "stdout"),
            stderr=Path(name, "stderr"),
            timeout=timeout,
        )
        finished = (processes or Processes()).run(request)
        return Captured(
            finished.status,
            request.stdout.read_bytes().decode("utf-8", "surrogateescape"),
            request.stderr.read_bytes().decode("utf-8", "replace"),
        )


def _has_ended(process: "subprocess.Popen[bytes]", seconds: float) -> bool:
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
        return True
    return False


def _end_leader(process: "subprocess.Popen[bytes]") -> None:
    """Ask a group to end, then make it: a tool may want to remove its temporary files."""
    end_group(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE_SECONDS)
    end_group(process.pid)
    process.wait()
