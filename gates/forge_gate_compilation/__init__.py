"""Gate 1: the project builds without errors and warnings.

PYTEST_DONT_REWRITE
"""

import pytest

from forge_gate_compilation.artifacts import examine
from pytest_forge.judging import Gate, Limit

GATE = Gate(
    id="compilation",
    title="Compilation",
    order=1,
    limits=(
        Limit("errors", "at most", 0, noun="errors"),
        Limit("warnings", "at most", 0, noun="warnings", adopts="findings", by_change="line"),
        Limit("artifact.size", "at most", None, unit="bytes"),
        Limit("artifacts.oversized", "at most", 0, noun="oversized artifacts"),
        Limit("artifacts.grown", "at most", 0, noun="grown artifacts"),
    ),
    requires=("errors", "warnings"),
    about=(
        "The project is built with its own build tool. It passes with 0 errors and 0 warnings, "
        "and when what it declares to build is there afterwards and fits. A failure blocks the "
        "project's later gates, since what does not build cannot be measured any further."
    ),
    examine=examine,
    blocks=True,
)


@pytest.hookimpl(optionalhook=True)
def pytest_forge_gates() -> Gate:
    """Return the gate."""
    return GATE
