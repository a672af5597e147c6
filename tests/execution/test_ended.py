"""The end of a process is heard of, whether or not the system can tell of it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pytest_forge.execution import ended
from pytest_forge.execution.ended import end_of

UNTIL_INPUT_ENDS = "import sys; sys.stdin.read(); sys.exit(3)"


@contextmanager
def reading() -> Iterator["subprocess.Popen[bytes]"]:
    """Start a process that ends with 3 once its standard input is closed."""
    command = (sys.executable, "-c", UNTIL_INPUT_ENDS)
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        yield process


@pytest.fixture(params=["told", "looked for"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "looked for":
        monkeypatch.setattr(ended, "_descriptor", lambda pid: None)
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_an_end_is_heard_of_with_its_status() -> None:
    with reading() as process, end_of(process) as wait:
        assert process.stdin is not None
        assert wait(0.05) is False
        assert process.returncode is None
        process.stdin.close()
        assert wait(60.0) is True
        assert process.returncode == 3


@pytest.mark.usefixtures("way")
def test_an_end_before_the_question_is_heard_of() -> None:
    with reading() as process:
        assert process.stdin is not None
        process.stdin.close()
        process.wait()
        with end_of(process) as wait:
            assert wait(60.0) is True


def test_a_system_that_refuses_is_looked_at_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(pid: int) -> int:
        raise OSError("not allowed")

    monkeypatch.setattr("os.pidfd_open", refused, raising=False)
    with reading() as process, end_of(process) as wait:
        assert process.stdin is not None
        process.stdin.close()
        assert wait(60.0) is True


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells by a descriptor")
def test_linux_tells_and_no_descriptor_is_left_open() -> None:
    with reading() as process:
        descriptor = ended._descriptor(process.pid)
        assert descriptor is not None
        os.close(descriptor)
        for _ in range(20):
            with end_of(process):
                pass
        again = ended._descriptor(process.pid)
        assert again is not None
        os.close(again)
        assert again == descriptor
