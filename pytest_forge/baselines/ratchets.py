"""Measures as ratchets: what was worse than its limit may only improve."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from pytest_forge.baselines.entries import Known
from pytest_forge.judging import Limit
from pytest_forge.reasons import shown


class Row(Protocol):
    """A limit with the bound in force, the one that is stated, and the value."""

    @property
    def limit(self) -> Limit:
        """The limit."""

    @property
    def bound(self) -> float:
        """The bound in force."""

    @property
    def stated(self) -> float:
        """The bound without the baseline."""

    @property
    def actual(self) -> float:
        """The value that was measured."""


def ratcheted(limit: Limit, stated: float, known: Known, value: float | None) -> float:
    """Return the laxer of the stated bound and the baseline's; it never makes a limit stricter.

    Where this run adopts what it finds, today's value is allowed too.
    """
    bounds = [stated]
    if limit.measure in known.measures:
        bounds.append(known.measures[limit.measure].value)
    if known.adopts and value is not None:
        bounds.append(value)
    return max(bounds) if limit.sense == "at most" else min(bounds)


def sentences(rows: Iterable[Row], known: Known) -> Iterator[str]:
    """Say which bounds are the baseline's, and which of those are needed no more."""
    for row in rows:
        measure = row.limit.measure
        unit = f" {row.limit.unit}" if row.limit.unit else ""
        if measure in known.measures and row.limit.met(row.actual, row.stated):
            yield (
                f"stale in the baseline: {measure} meets its limit {shown(row.stated)}{unit} "
                "again; --forge-update-baseline removes the entry"
            )
        elif row.bound != row.stated:
            yield (
                f"{measure} is held at {shown(row.bound)}{unit} by the baseline; "
                f"its limit is {shown(row.stated)}{unit}"
            )
