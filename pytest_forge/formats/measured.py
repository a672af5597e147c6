"""What forge's own program `measure` prints: benchmarks, and how each compares with its base."""

import math
from typing import Any, Literal

from pytest_forge.formats.benchmarks import positive
from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Benchmark, Report, Timing, TimingState

_TOOL = "the program measure"
_SCHEMA = "measured-1"
_NUMBERS = ("value", "base_value", "ratio", "low", "high")
_TEXTS = ("name", "rule", "unit", "base", "note")


def parse(data: bytes) -> Report:
    """Return the benchmarks, with the best round of each process, and the Timings.

    Raises `OutputUnreadable`, also where a benchmark has no Timing.
    """
    document = parse_json(data, _TOOL)
    if document.key("schema").text() != _SCHEMA:
        raise unreadable(_TOOL, f"its schema is not {_SCHEMA}")
    benchmarks = tuple(_benchmark(one) for one in document.key("benchmarks").items())
    timings = tuple(_timing(one) for one in document.key("timings").items())
    if {one.name for one in benchmarks} != {one.name for one in timings}:
        raise unreadable(_TOOL, "its benchmarks are not those of its timings")
    return Report(
        measures={"benchmarks": len(timings)},
        benchmarks=benchmarks,
        timings=timings,
        notes=tuple(one.text() for one in document.key("notes").items()),
    )


def _benchmark(one: Value) -> Benchmark:
    values = tuple(positive(value) for value in one.key("values").items())
    stated = one.key("direction").text()
    if stated not in ("lower", "higher") or not values:
        raise unreadable(_TOOL, f"{one.at} is no benchmark")
    direction: Literal["lower", "higher"] = "lower" if stated == "lower" else "higher"
    return Benchmark(one.key("name").text(), one.key("unit").text(), direction, values)


def _timing(one: Value) -> Timing:
    try:
        state = TimingState(one.key("state").text())
    except ValueError as error:
        raise unreadable(_TOOL, f"{one.at}.state: {error}") from error
    # Any: which field is of which type is said above, where mypy can't see it.
    given: dict[str, Any] = {name: one.key(name).text() for name in _TEXTS}
    given |= {name: _number(one, name) for name in _NUMBERS}
    given |= {name: one.key(name).count() for name in ("runs", "base_runs")}
    if state is TimingState.REGRESSION and given["ratio"] is None:
        raise unreadable(_TOOL, f"{one.at} is a regression without a ratio")
    return Timing(state=state, **given)


def _number(one: Value, name: str) -> float | None:
    if not isinstance(one.raw, dict) or name not in one.raw:
        raise unreadable(_TOOL, f"{one.at} has no {name!r}")
    value = one.optional(name)
    if value is None:
        return None
    number = value.raw
    if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
        raise unreadable(_TOOL, f"{value.at} is not a number")
    return float(number)
