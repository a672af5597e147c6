"""What `go tool cover -func` prints: each function with its share of covered statements, a total.

A share is rounded to a tenth of a percent, so a function counts as covered from 0.1 % on: only one
with more than a thousand statements can be taken wrongly for uncovered.
"""

import re
from collections.abc import Iterable

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Report, Sample

TOTAL = "coverage.total.shown"
"""The measure of the sample that holds the total as it was printed, in percent."""

_FUNCTION = re.compile(r"(?P<file>.+):(?P<line>\d+):\t+(?P<name>\S.*?)\t+(?P<share>\d+\.\d)%")
_TOTAL = re.compile(r"total:\t+\(statements\)\t+(?P<share>\d+\.\d)%")


def parse(data: bytes) -> Report:
    """Return `coverage.function`, the share of functions with a covered statement; and samples.

    A sample's subject is the file, as the profile names it, a colon and the function. Raises
    `OutputUnreadable`, also where the total is missing, with which the output ends.
    """
    text = lines(data)
    total = _TOTAL.fullmatch(text[-2]) if len(text) > 1 and not text[-1] else None
    if total is None:
        raise unreadable("go tool cover", "it does not end with the total")
    functions = tuple(map(_function, text[:-2]))
    shown = Sample(TOTAL, float(total["share"]), "total")
    return Report(
        measures=measures_of(functions),
        samples=(*functions, shown),
        unavailable={} if functions else {"coverage.function": "the code has no functions"},
    )


def measures_of(functions: Iterable[Sample]) -> dict[str, float]:
    """Return the measure of functions, none where there is no function."""
    shares = [one.value for one in functions]
    hit = sum(share > 0 for share in shares)
    return {"coverage.function": 100 * hit / len(shares)} if shares else {}


def _function(line: str) -> Sample:
    found = _FUNCTION.fullmatch(line)
    if not found:
        raise unreadable("go tool cover", line)
    return Sample(
        measure="coverage.function",
        value=float(found["share"]),
        subject=f"{found['file']}:{found['name']}",
        line=int(found["line"]),
    )
