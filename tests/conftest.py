"""Fixtures of the tests that run forge as a user does."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from toy_repository import Repository


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
