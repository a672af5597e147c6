"""Fixtures of tests: a repository in which forge runs as a user runs it, and recorded outputs."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from toy_repository import Repository

RECORDINGS = Path(__file__).parent / "recordings"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return an empty repository under git."""
    root = tmp_path / "repository"
    root.mkdir()
    made = Repository(root)
    made.git("init", "-q", "-b", "main")
    made.write({".gitignore": "executions.log\n__pycache__/\n.pytest_cache/\n"})
    return made


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], None]:
    """Return a function that waits until something holds, and fails if it never does."""

    def wait(holds: Callable[[], bool]) -> None:
        end = time.monotonic() + 60
        while not holds():
            assert time.monotonic() < end, "it never came to hold"
            time.sleep(0.02)

    return wait


@pytest.fixture(scope="session")
def recorded() -> Callable[[str, str, str], bytes]:
    """Return the bytes that a real tool wrote: of a run, in a case, by the output's name.

    `scripts/record.py` records them.
    """

    def read(run: str, case: str, output: str) -> bytes:
        (directory,) = RECORDINGS.glob(f"*/{run}-[0-9]*/{case}")
        document = json.loads((directory / "case.json").read_text(encoding="utf-8"))
        name: str = document["outputs"][output]
        return (directory / name).read_bytes()

    return read
