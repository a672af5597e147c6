"""The end of a process is heard of, whether or not the system can tell of it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pytest_forge.execution.ended import end_of

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells by a descriptor")


@contextmanager
def reading() -> Iterator["subprocess.Popen[bytes]"]:
    """Start a process that ends with 3 once its standard input is closed."""
    command = (sys.executable, "-c", "import sys; sys.stdin.read(); sys.exit(3)")
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        yield process


def never(seconds: float) -> bool:
    raise AssertionError("the system was not asked")


@linux
def test_an_end_is_told_and_the_status_is_still_there() -> None:
    with reading() as process, end_of(process.pid, never) as ended:
        assert process.stdin is not None
        assert ended(0.05) is False
        process.stdin.close()
        assert ended(60.0) is True
        assert process.wait(0) == 3


@linux
def test_no_descriptor_is_left_open() -> None:
    with reading() as process:
        before = len(os.listdir("/proc/self/fd"))
        for _ in range(3):
            with end_of(process.pid, never) as ended:
                assert ended(0.0) is False
        assert len(os.listdir("/proc/self/fd")) == before


def test_what_the_system_can_not_tell_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(pid: int) -> int:
        raise OSError("not allowed")

    monkeypatch.setattr(os, "pidfd_open", refused, raising=False)
    with end_of(1, never) as ended:
        assert ended is never


def test_other_systems_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with end_of(1, never) as ended:
        assert ended is never
