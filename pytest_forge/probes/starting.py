"""Starts one process of a side, and tells what the system says of it."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pytest_forge.execution.outputs import telling_line
from pytest_forge.measuring.plans import Side
from pytest_forge.measuring.processes import ProcessFailed
from pytest_forge.model import Benchmark

_LAUNCH = str(Path(__file__).with_name("launch.py"))
_KIB = 1 if sys.platform == "darwin" else 1024
"""The unit of a process's peak memory, in bytes: macOS tells bytes, Linux KiB."""


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


def _last_lines(path: Path) -> list[str]:
    text = path.read_bytes()[-4000:].decode("utf-8", "replace")
    return [line.strip() for line in text.splitlines() if line.strip()]
