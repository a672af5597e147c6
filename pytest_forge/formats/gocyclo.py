"""gocyclo's list of functions with their cyclomatic complexity, and its average (`-avg`)."""

import re

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Report, Sample

_FUNCTION = re.compile(
    r"(?P<value>\d+) (?P<package>\S+) (?P<name>\S.*?) (?P<path>.+):(?P<line>\d+):\d+"
)
_AVERAGE = re.compile(r"Average: (?P<value>\S+)")
# gocyclo shows three significant digits.
_ROUNDED = 0.006


def parse(data: bytes) -> Report:
    """Return `complexity.max`, `functions`, and each function's complexity as a sample.

    Raises `OutputUnreadable`, also where the functions do not have the average that is shown.
    """
    text = lines(data)
    average = _AVERAGE.fullmatch(text[-2]) if len(text) > 1 and not text[-1] else None
    if average is None:
        raise unreadable("gocyclo", "it does not end with the average")
    samples = tuple(map(_sample, text[:-2]))
    values = [one.value for one in samples]
    _demand_average(average["value"], sum(values) / len(values) if values else 0.0)
    measures: dict[str, float] = {"functions": len(samples)}
    if values:
        measures["complexity.max"] = max(values)
    return Report(measures=measures, samples=samples)


def _demand_average(shown: str, found: float) -> None:
    try:
        # Over no function at all it shows NaN, which is near to nothing.
        near = (shown == "NaN" and not found) or abs(float(shown) - found) <= _ROUNDED * found
    except ValueError:
        near = False
    if not near:
        raise unreadable("gocyclo", f"its functions do not have the average {shown}")


def _sample(line: str) -> Sample:
    found = _FUNCTION.fullmatch(line)
    if not found:
        raise unreadable("gocyclo", line)
    return Sample(
        measure="complexity.max",
        value=int(found["value"]),
        subject=found["name"],
        path=found["path"],
        line=int(found["line"]),
    )
