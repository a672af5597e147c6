"""Measures as ratchets: what was worse than its limit may only improve."""

from collections.abc import Iterable, Iterator

from pytest_forge.baselines.entries import Known
from pytest_forge.judging import Limit
from pytest_forge.judging.bounds import Judged
from pytest_forge.judging.reasons import shown


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


def sentences(rows: Iterable[Judged], known: Known) -> Iterator[str]:
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
