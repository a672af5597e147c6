"""Gate 3: the unit tests pass and reach the code.

PYTEST_DONT_REWRITE
"""

import pytest

from pytest_forge.judging import Gate, Limit

GATE = Gate(
    id="unit-tests",
    title="Unit tests",
    order=3,
    limits=(
        Limit("tests.failed", "at most", 0, noun="tests failed"),
        Limit("tests.executed", "at least", 1, noun="tests"),
        Limit(
            "coverage.line", "at least", 80, unit="%", gives_way_to="coverage.total", adopts="value"
        ),
        Limit(
            "coverage.branch",
            "at least",
            75,
            unit="%",
            gives_way_to="coverage.total",
            adopts="value",
        ),
        Limit("coverage.function", "at least", 85, unit="%", adopts="value"),
        Limit("coverage.total", "at least", None, unit="%", adopts="value"),
        # Measured where a run is about a change.
        Limit("coverage.patch", "at least", 80, unit="%"),
        Limit("coverage.patch.uncovered", "at most", None, noun="uncovered parts of the change"),
        Limit("coverage.patch.unmeasured", "at most", None, noun="changed files never measured"),
    ),
    requires=("tests.executed", "coverage.line", "coverage.branch", "coverage.function"),
    about=(
        "At least one unit test ran and none failed. Their coverage, without the integration "
        "tests', is at least 80 % of lines, 75 % of branches and 85 % of functions, each where "
        "the tools can tell. A limit that the project states itself on its total coverage "
        "stands in place of those on lines and branches. Of a change at least 80 % of the lines "
        "with code are covered; what was never measured is not."
    ),
)


@pytest.hookimpl(optionalhook=True)
def pytest_forge_gates() -> Gate:
    """Return the gate."""
    return GATE
