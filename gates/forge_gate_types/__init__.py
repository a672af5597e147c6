"""Gate 2: the types are sound, and whole where the project promises types to its users.

PYTEST_DONT_REWRITE
"""

import pytest

from pytest_forge.judging import Gate, Limit

GATE = Gate(
    id="types",
    title="Types",
    order=2,
    limits=(
        Limit("type.errors", "at most", 0, noun="type errors", adopts="findings"),
        Limit("type.coverage", "at least", 100, unit="%", only_if="typed", adopts="value"),
    ),
    requires=("type.errors", "type.coverage"),
    about=(
        "The type checker that the project configures finds 0 type errors. Type coverage, the "
        "share of parameters and returns (or expressions) that have a type, must be 100 % where "
        "the project ships its types to its users; elsewhere it is reported."
    ),
)


@pytest.hookimpl(optionalhook=True)
def pytest_forge_gates() -> Gate:
    """Return the gate."""
    return GATE
