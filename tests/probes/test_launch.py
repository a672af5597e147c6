"""What is written down of a process that the small program has started."""

import sys

import pytest

from pytest_forge.probes.launch import launched


@pytest.mark.parametrize(
    ("code", "status"),
    [("pass", "0"), ("raise SystemExit(3)", "3"), ("import os; os.kill(os.getpid(), 9)", "-9")],
)
def test_the_status_stands_first(code: str, status: str) -> None:
    told, wall, cpu, memory = launched([sys.executable, "-I", "-S", "-c", code]).split()
    assert told == status
    assert float(wall) > 0
    assert float(cpu) >= 0
    assert int(memory) > 0


def test_the_processor_time_is_that_of_the_process() -> None:
    busy = "import time\nwhile time.process_time() < 0.2: pass"
    *_, cpu, _ = launched([sys.executable, "-I", "-S", "-c", busy]).split()
    assert float(cpu) >= 0.2


def test_a_program_that_is_not_there_is_told() -> None:
    assert launched(["no-such-program"]) == "- No such file or directory"
