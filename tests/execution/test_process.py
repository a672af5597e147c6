"""Processes run in groups of their own, into files, and are ended as a group."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_forge.execution.process import (
    Processes,
    Request,
    Stopped,
    capture,
    child_environment,
    end_recorded,
)


def request_for(code: str, directory: Path, **rest: float) -> Request:
    return Request(
        argv=(sys.executable, "-c", code),
        directory=directory,
        environment=child_environment({}),
        stdout=directory / "stdout",
        stderr=directory / "stderr",
        timeout=rest.get("timeout", 60.0),
        output_limit=int(rest.get("output_limit", 1 << 20)),
    )


def test_both_streams_are_kept_apart(tmp_path: Path) -> None:
    code = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"
    finished = Processes().run(request_for(code, tmp_path))
    assert finished.status == 3
    assert (tmp_path / "stdout").read_text() == "out\n"
    assert (tmp_path / "stderr").read_text() == "err\n"


def test_a_signal_is_a_negative_status(tmp_path: Path) -> None:
    finished = Processes().run(request_for("import os; os.kill(os.getpid(), 9)", tmp_path))
    assert finished.status == -signal.SIGKILL


@pytest.mark.parametrize("code", ["pass", "import time; time.sleep(0.6)"])
def test_an_end_is_seen_where_the_system_does_not_tell(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(pid: int) -> int:
        raise OSError("not allowed")

    monkeypatch.setattr(os, "pidfd_open", refused, raising=False)
    finished = Processes().run(request_for(code + "; raise SystemExit(4)", tmp_path))
    assert (finished.status, finished.timed_out) == (4, False)


def test_a_run_past_its_limit_is_ended(tmp_path: Path) -> None:
    finished = Processes().run(request_for("import time; time.sleep(600)", tmp_path, timeout=0.5))
    assert finished.timed_out
    assert finished.status < 0


def test_too_much_output_is_ended(tmp_path: Path) -> None:
    code = "while True: print('x' * 10000, flush=True)"
    finished = Processes().run(request_for(code, tmp_path, output_limit=100_000))
    assert finished.too_much_output


def test_what_the_leader_left_behind_is_ended_with_its_group(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print(child.pid)\n"
    )
    Processes().run(request_for(code, tmp_path))
    pid = int((tmp_path / "stdout").read_text())
    assert not is_running(pid)


def test_stop_ends_what_runs_and_refuses_the_next(
    tmp_path: Path, eventually: Callable[[Callable[[], bool]], None]
) -> None:
    processes = Processes()
    statuses: list[int] = []
    thread = threading.Thread(
        target=lambda: statuses.append(
            processes.run(request_for("import time; time.sleep(600)", tmp_path)).status
        )
    )
    thread.start()
    eventually(lambda: processes.started == 1)
    processes.stop()
    thread.join(30)
    assert statuses[0] < 0
    with pytest.raises(Stopped):
        processes.run(request_for("pass", tmp_path))


def test_a_ledger_lets_somebody_else_end_what_runs(
    tmp_path: Path, eventually: Callable[[Callable[[], bool]], None]
) -> None:
    ledger = tmp_path / "ledger"
    ledger.mkdir()
    processes = Processes(ledger)
    statuses: list[int] = []
    thread = threading.Thread(
        target=lambda: statuses.append(
            processes.run(request_for("import time; time.sleep(600)", tmp_path)).status
        )
    )
    thread.start()
    eventually(lambda: any(entry.name.isdigit() for entry in ledger.iterdir()))
    end_recorded(ledger)
    thread.join(30)
    assert statuses[0] < 0
    with pytest.raises(Stopped):
        processes.run(request_for("pass", tmp_path))


def test_a_finished_process_leaves_the_ledger(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    ledger.mkdir()
    Processes(ledger).run(request_for("pass", tmp_path))
    assert list(ledger.iterdir()) == []


def test_an_empty_command_is_refused_at_construction(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="needs a command"):
        Request((), tmp_path, {}, tmp_path / "o", tmp_path / "e")


def test_children_do_not_inherit_what_steers_pytest_coverage_or_git() -> None:
    given = {
        "PYTEST_ADDOPTS": "--forge",
        "COV_CORE_SOURCE": "x",
        "COVERAGE_PROCESS_START": "x",
        "GIT_DIR": "x",
        "HOME": "/home/a",
    }
    made = child_environment({"ADDED": "1"}, given)
    assert {"HOME": "/home/a", "ADDED": "1"}.items() <= made.items()
    assert not {"PYTEST_ADDOPTS", "COV_CORE_SOURCE", "COVERAGE_PROCESS_START", "GIT_DIR"} & set(
        made
    )


def test_capture_returns_text_whatever_the_bytes(tmp_path: Path) -> None:
    code = r"import sys; sys.stdout.buffer.write(b'a\xff')"
    assert capture((sys.executable, "-c", code), tmp_path).stdout == "a\udcff"


def is_running(pid: int) -> bool:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            return False
        if state == "Z":
            return False
        time.sleep(0.02)
    return True
