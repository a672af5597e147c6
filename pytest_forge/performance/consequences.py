"""What the state of a timing means for the gate, within a benchmark's limits."""

from enum import StrEnum

from pytest_forge.model import Timing, TimingState
from pytest_forge.performance import counted, paired
from pytest_forge.performance.rules import DEFAULT_LIMITS, Limits


class Consequence(StrEnum):
    """What follows from a timing, worst first; a note is shown beside a pass, as a warning is."""

    FAIL = "fail"
    WARN = "warn"
    NOTE = "note"
    PASS = "pass"


_OF_STATE = {
    TimingState.OK: Consequence.PASS,
    TimingState.FIRST_MEASUREMENT: Consequence.PASS,
    TimingState.INCONCLUSIVE: Consequence.NOTE,
    TimingState.NOT_COMPARABLE: Consequence.NOTE,
}
_CONFIRMING = (paired.RULE, counted.RULE)
"""Rules whose regressions are real whatever their size; against a stored session size decides."""


def consequence(timing: Timing, limits: Limits = DEFAULT_LIMITS) -> Consequence:
    """Return what a timing means: limits hold exactly, 20 % slower is not beyond 20 %."""
    if timing.state is not TimingState.REGRESSION:
        return _OF_STATE[timing.state]
    worse = 0.0 if timing.ratio is None else timing.ratio - 1
    if worse > limits.fail or (limits.strict and timing.rule in _CONFIRMING):
        return Consequence.FAIL
    return Consequence.WARN if worse > limits.warn else Consequence.NOTE
