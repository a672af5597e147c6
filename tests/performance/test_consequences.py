"""States and limits: what passes, what is noted, what warns and what fails."""

import pytest

from pytest_forge.model import Timing, TimingState
from pytest_forge.performance.consequences import Consequence, consequence
from pytest_forge.performance.rules import Limits


def timing(state: TimingState, ratio: float | None = None, rule: str = "paired") -> Timing:
    return Timing("b", state, rule, ratio=ratio)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (TimingState.OK, Consequence.PASS),
        (TimingState.FIRST_MEASUREMENT, Consequence.PASS),
        (TimingState.INCONCLUSIVE, Consequence.NOTE),
        (TimingState.NOT_COMPARABLE, Consequence.NOTE),
    ],
)
def test_what_is_not_confirmed_never_fails(state: TimingState, expected: Consequence) -> None:
    assert consequence(timing(state, 9.0), Limits(strict=True)) is expected


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        (1.06, Consequence.NOTE),
        (1.2, Consequence.NOTE),
        (1.21, Consequence.WARN),
        (1.5, Consequence.WARN),
        (1.51, Consequence.FAIL),
    ],
)
def test_a_regression_weighs_by_its_size(ratio: float, expected: Consequence) -> None:
    assert consequence(timing(TimingState.REGRESSION, ratio)) is expected


def test_limits_are_each_benchmarks_own() -> None:
    regression = timing(TimingState.REGRESSION, 1.12)
    assert consequence(regression, Limits(warn=0.1, fail=0.11)) is Consequence.FAIL
    assert consequence(regression, Limits(warn=0.1)) is Consequence.WARN
    assert consequence(regression, Limits(warn=1.0, fail=2.0)) is Consequence.NOTE


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("paired", Consequence.FAIL),
        ("instructions", Consequence.FAIL),
        ("stored", Consequence.WARN),
        ("single run", Consequence.WARN),
    ],
)
def test_the_strict_mode_fails_what_is_confirmed(rule: str, expected: Consequence) -> None:
    found = timing(TimingState.REGRESSION, 1.3, rule)
    assert consequence(found, Limits(strict=True)) is expected


@pytest.mark.parametrize("limits", [(0.0, 0.5), (-0.1, 0.5), (0.6, 0.5)])
def test_limits_out_of_order_are_refused(limits: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="must be above 0 and not above fail"):
        Limits(*limits)
