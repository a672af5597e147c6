"""Gate 4: the integration tests pass.

PYTEST_DONT_REWRITE
"""

import pytest

from pytest_forge.judging import Gate, Limit

GATE = Gate(
    id="integration-tests",
    title="Integration tests",
    order=4,
    limits=(
        Limit("tests.failed", "at most", 0, noun="tests failed"),
        Limit("tests.executed", "at least", 1, noun="tests"),
    ),
    requires=("tests.executed",),
    about=(
        "At least one integration test ran and none failed. A project that has nothing to "
        "integrate says so in an exemption, with the reason."
    ),
)


@pytest.hookimpl(optionalhook=True)
def pytest_forge_gates() -> Gate:
    """Return the gate."""
    return GATE
