"""What is printed of a measurement: one document, which `formats/measured.py` reads."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pytest_forge.measuring.processes import Measured
from pytest_forge.model import Benchmark

SCHEMA = "measured-1"


def document_of(measured: Measured) -> dict[str, Any]:
    """Return the document: Timings, and the best round of each process, benchmark by benchmark."""
    return {
        "schema": SCHEMA,
        "timings": [asdict(one) for one in measured.timings],
        "benchmarks": [
            {"name": name, "unit": unit, "direction": direction, "values": values}
            for (name, unit, direction), values in _best(measured.processes).items()
        ],
        "notes": measured.notes,
    }


def _best(processes: Sequence[Sequence[Benchmark]]) -> dict[tuple[str, str, str], list[float]]:
    found: dict[tuple[str, str, str], list[float]] = {}
    for process in processes:
        for one in process:
            best = min(one.values) if one.direction == "lower" else max(one.values)
            found.setdefault((one.name, one.unit, one.direction), []).append(best)
    return found
