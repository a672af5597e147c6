"""The recordings of the .NET SDK, file by file."""

import json
from pathlib import Path

from pytest_forge.model import Report

RECORDINGS = Path(__file__).parents[1] / "recordings" / "csharp"


def stored(run: str, case: str, name: str) -> bytes:
    return (RECORDINGS / f"{run}-10.0.401" / case / name).read_bytes()


def statuses(run: str, case: str) -> list[int]:
    """Return the exit status of each command of a case."""
    found: list[int] = json.loads(stored(run, case, "case.json"))["exit_statuses"]
    return found


def values(report: Report, measure: str) -> dict[str, float]:
    return {one.subject: one.value for one in report.samples if one.measure == measure}
