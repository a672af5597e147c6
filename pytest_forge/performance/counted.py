"""Instruction counts: a tier of its own, for compiled code and CPython with a fixed hash seed.

A count hardly varies, so a small growth is real and one run a side is enough. It does not show
I/O, locks or caches, and does not suit what a JIT compiles on the way. The count itself is judged,
never cycles that a model makes of it.
"""

from pytest_forge.model import Timing, TimingState
from pytest_forge.performance.rules import RULES, Rules

RULE = "instructions"
UNIT = "instructions"


def judge_counts(name: str, base: float, head: float, rules: Rules = RULES) -> Timing:
    """Compare the instructions that a benchmark took on each side; both must be above 0."""
    if min(base, head) <= 0:
        raise ValueError(f"{name}: a count of instructions must be above 0")
    ratio = head / base
    more = ratio > 1 + rules.instructions
    return Timing(
        name=name,
        state=TimingState.REGRESSION if more else TimingState.OK,
        rule=RULE,
        unit=UNIT,
        value=head,
        base_value=base,
        ratio=ratio,
        runs=1,
        base_runs=1,
    )
