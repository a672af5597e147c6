"""Gate 6: no known vulnerability, no dangerous code, no secret.

PYTEST_DONT_REWRITE
"""

import pytest

from pytest_forge.judging import Gate, Limit

GATE = Gate(
    id="security",
    title="Security",
    order=6,
    limits=(
        Limit(
            "findings.critical",
            "at most",
            0,
            noun="critical findings",
            adopts="findings",
            by_change="line",
        ),
        Limit(
            "findings.high", "at most", 0, noun="high findings", adopts="findings", by_change="line"
        ),
        Limit(
            "findings.unknown",
            "at most",
            0,
            noun="findings of unknown severity",
            adopts="findings",
            by_change="line",
        ),
        Limit(
            "findings.medium",
            "at most",
            None,
            noun="medium findings",
            adopts="findings",
            by_change="line",
        ),
        Limit(
            "findings.low",
            "at most",
            None,
            noun="low findings",
            adopts="findings",
            by_change="line",
        ),
        Limit("secrets", "at most", 0, noun="secrets", adopts="findings", by_change="line"),
        Limit("secrets.committed", "at most", 0, noun="secrets in new commits"),
        Limit("policy.weakened", "at most", 0, noun="weakened rules"),
    ),
    requires=("findings.critical", "findings.high", "findings.unknown"),
    about=(
        "Neither the dependencies nor the code have a finding of severity critical or high; a "
        "finding whose severity nobody states counts as high. There is no secret in the tree, "
        "nor in the commits of a change, where a later one may have taken it out again. "
        "A pull request weakens none of the rules by which it is judged (profile `pull-request`). "
        "Findings of medium and low severity are reported."
    ),
)


@pytest.hookimpl(optionalhook=True)
def pytest_forge_gates() -> Gate:
    """Return the gate."""
    return GATE
