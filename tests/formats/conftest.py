"""Recorded outputs of real tools; `scripts/record.py` writes them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

RECORDINGS = Path(__file__).parent.parent / "recordings"


@pytest.fixture(scope="session")
def recorded() -> Callable[[str, str, str], bytes]:
    """Return the bytes of an output: of a run, in a case, by the output's name."""

    def read(run: str, case: str, output: str) -> bytes:
        (directory,) = RECORDINGS.glob(f"*/{run}-[0-9]*/{case}")
        document = json.loads((directory / "case.json").read_text(encoding="utf-8"))
        name: str = document["outputs"][output]
        return (directory / name).read_bytes()

    return read
