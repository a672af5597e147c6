"""Gate 5: the code is formatted, free of lint findings, and simple.

PYTEST_DONT_REWRITE
"""

import pytest

from pytest_forge.judging import Gate, Limit

GATE = Gate(
    id="quality",
    title="Quality",
    order=5,
    limits=(
        Limit(
            "files.unformatted",
            "at most",
            0,
            noun="unformatted files",
            adopts="findings",
            by_change="file",
        ),
        Limit(
            "lint.findings", "at most", 0, noun="lint findings", adopts="findings", by_change="line"
        ),
        Limit(
            "complexity.max",
            "at most",
            9,
            each=True,
            noun="functions too complex",
            adopts="findings",
            by_change="line",
        ),
    ),
    requires=("files.unformatted", "lint.findings", "complexity.max"),
    about=(
        "Every file is formatted as the project's own formatter wants it, its linter finds "
        "nothing, and no function has a cyclomatic complexity of 10 or more (McCabe's limit, "
        "below which the tests of one function stay countable). A complexity limit of the "
        "project's own stands in place of ours."
    ),
)


@pytest.hookimpl(optionalhook=True)
def pytest_forge_gates() -> Gate:
    """Return the gate."""
    return GATE
