"""Gate 8: the API change since the last release needs no larger bump than the declared version's.

PYTEST_DONT_REWRITE
"""

import pytest

from forge_gate_breaking_changes import bumps, timings
from pytest_forge.judging import Case, Gate, Limit
from pytest_forge.model import Report


def examine(report: Report, case: Case) -> Report:
    """Weigh the change of the API, and then that of the timings."""
    return timings.examine(bumps.examine(report, case), case)


GATE = Gate(
    id="breaking-changes",
    title="Breaking changes",
    order=8,
    limits=(
        Limit("api.breaking", "at most", 0, noun="breaking changes", adopts="findings"),
        Limit("api.covered", "at most", None),
        Limit("performance.regressions", "at most", 0, noun="performance regressions"),
        Limit("budgets.exceeded", "at most", 0, noun="exceeded budgets"),
        Limit("versions.bump", "at most", 0, noun="version bumps too small"),
        Limit("versions.mismatched", "at most", 0, noun="mismatched versions"),
        Limit("changelog.missing", "at most", 0, noun="missing changelog entries"),
        Limit("api.deprecated", "at most", None, noun="deprecated items"),
        Limit(
            "deprecations.age",
            "at most",
            None,
            unit="days",
            each=True,
            noun="items that have been deprecated for too long",
        ),
    ),
    requires=("api.breaking",),
    about=(
        "The public API is compared with that of the last release. A breaking change needs a major "
        "bump of the declared version (a minor one before 1.0.0), an addition a minor one (a patch "
        "before 1.0.0). While the version is still the released one, breaking changes fail and "
        "additions pass, with the version that must come next; the profile `release` refuses these "
        "too. A first release passes. Versions agree with each other, and a major bump has a "
        "changelog entry and a migration guide. Deprecated items are listed with their age, which "
        "fails only by a limit of the user's. No declared benchmark or command is worse than its "
        "baseline by more than its limit, where that is statistically real, and none exceeds its "
        "budget."
    ),
    examine=examine,
)


@pytest.hookimpl(optionalhook=True)
def pytest_forge_gates() -> Gate:
    """Return the gate."""
    return GATE
