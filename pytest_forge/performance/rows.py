"""The form of a file of stored sessions, which is called `benchmarks-1`."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any, cast

from pytest_forge.baselines.documents import Value
from pytest_forge.performance.machine import Machine
from pytest_forge.performance.session import Direction, ProcessRun, Series, Session

SCHEMA = "benchmarks-1"
_TEXTS = ("tool", "commit", "time", "command", "configuration")
_NUMBERS = ("load", "steal")
_VALUES = ("min", "q10", "q25", "median", "mean", "sd", "max")


def document_of(sessions: Sequence[Session]) -> dict[str, Any]:
    """Return what is written of sessions, oldest first."""
    return {"schema": SCHEMA, "sessions": [_session_row(one) for one in sessions]}


def _session_row(session: Session) -> dict[str, Any]:
    row = asdict(session)
    row["benchmarks"] = {name: _series_row(one) for name, one in session.benchmarks.items()}
    return row


def _series_row(series: Series) -> dict[str, Any]:
    row = asdict(series)
    if series.instructions is None:
        del row["instructions"]
    row["runs"] = [{**run, "rounds": list(run["rounds"])} for run in row["runs"]]
    return row


def sessions_of(value: Value) -> tuple[Session, ...]:
    """Return the sessions that a document holds; `ConfigurationError` where it is not whole."""
    value.only("schema", "sessions")
    schema = value.key("schema")
    if schema.raw != SCHEMA:
        schema.wrong(f"the schema is {schema.raw!r}, not {SCHEMA!r}", "update pytest-forge")
    return tuple(_session(one) for one in value.key("sessions").items())


def _session(value: Value) -> Session:
    value.only(*(field.name for field in fields(Session)))
    dirty = value.key("dirty")
    if not isinstance(dirty.raw, bool):
        dirty.wrong("true or false was expected")
    # Any: which field is of which type is said above, where mypy can't see it.
    given: dict[str, Any] = {name: value.key(name).string() for name in _TEXTS}
    given |= {name: value.key(name).number() for name in _NUMBERS}
    return Session(
        **given,
        dirty=dirty.raw,
        machine=_machine(value.key("machine")),
        benchmarks={name: _series(one) for name, one in value.key("benchmarks").members()},
        calibration=_minima(value.key("calibration")),
    )


def _minima(value: Value) -> Mapping[str, float]:
    return {name: _positive(one) for name, one in value.members()}


def _machine(value: Value) -> Machine:
    parts = {field.name: field.type for field in fields(Machine)}
    value.only(*parts)
    given: dict[str, Any] = {
        name: _whole(value.key(name)) if kind is int else value.key(name).string()
        for name, kind in parts.items()
    }
    return Machine(**given)


def _series(value: Value) -> Series:
    value.only(*(field.name for field in fields(Series)))
    direction = value.key("direction")
    if direction.raw not in ("lower", "higher"):
        direction.wrong('"lower" or "higher" was expected')
    runs = tuple(_run(one) for one in value.key("runs").items())
    if not runs:
        value.key("runs").wrong("there is no run")
    counted = value.optional("instructions")
    instructions = None if counted is None else _whole(counted)
    return Series(value.key("unit").string(), cast("Direction", direction.raw), runs, instructions)


def _run(value: Value) -> ProcessRun:
    value.only(*(field.name for field in fields(ProcessRun)))
    numbers = {name: value.key(name).number() for name in _VALUES}
    # The best round is compared by its logarithm.
    for name in ("min", "max"):
        _positive(value.key(name))
    return ProcessRun(
        value.key("start").string(),
        _whole(value.key("order")),
        _whole(value.key("n")),
        rounds=tuple(one.number() for one in value.key("rounds").items()),
        **numbers,
    )


def _whole(value: Value) -> int:
    number = value.number()
    if not isinstance(number, int):
        value.wrong(f"a whole number was expected, not {number}")
    return number


def _positive(value: Value) -> float:
    number = value.number()
    if number <= 0:
        value.wrong(f"a number above 0 was expected, not {number}")
    return number
