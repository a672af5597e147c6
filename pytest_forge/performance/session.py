"""What is kept of a session of benchmarks: its process runs, and all that could have moved them."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean, pstdev
from typing import Literal, TypeAlias

from pytest_forge.model import Benchmark
from pytest_forge.performance.machine import Machine

ROUNDS = 50
"""How many rounds of a process are kept, drawn evenly."""

KEPT = 10
"""How many sessions are kept."""

Direction: TypeAlias = Literal["lower", "higher"]


@dataclass(frozen=True)
class ProcessRun:
    """A benchmark's rounds in one fresh process, in the benchmark's unit.

    `start` is a UTC time in ISO 8601, `order` the place of the process in its session. `rounds` are
    up to 50 of the `n` rounds, in the order in which they ran; `max` is kept because it is what is
    best of a rate.
    """

    start: str
    order: int
    n: int
    min: float
    q10: float
    q25: float
    median: float
    mean: float
    sd: float
    max: float
    rounds: tuple[float, ...] = ()

    @staticmethod
    def of(values: Sequence[float], start: str, order: int) -> "ProcessRun":
        """Summarise rounds; ValueError where there are none. `sd` is that of the population.

        The quantiles are values that occurred (the lower of two).
        """
        if not values:
            raise ValueError("a process run without rounds")
        ordered = sorted(values)
        last = len(ordered) - 1
        return ProcessRun(
            start=start,
            order=order,
            n=len(values),
            min=ordered[0],
            q10=ordered[last // 10],
            q25=ordered[last // 4],
            median=ordered[last // 2],
            mean=fmean(values),
            sd=pstdev(values),
            max=ordered[-1],
            rounds=_sampled(values),
        )


def _sampled(values: Sequence[float]) -> tuple[float, ...]:
    if len(values) <= ROUNDS:
        return tuple(values)
    # Drawn, not every n-th: periodic disturbances would be met always or never.
    places = random.Random(len(values)).sample(range(len(values)), ROUNDS)
    return tuple(values[place] for place in sorted(places))


@dataclass(frozen=True)
class Series:
    """The process runs of one benchmark in one session, and its instructions where counted."""

    unit: str
    direction: Direction
    runs: tuple[ProcessRun, ...]
    instructions: int | None = None

    def costs(self) -> tuple[float, ...]:
        """Return the best round of each process so that more is worse: rates as their inverse."""
        if self.direction == "lower":
            return tuple(run.min for run in self.runs)
        return tuple(1 / run.max for run in self.runs)


@dataclass(frozen=True)
class Session:
    """One session: what was measured, of which commit, by which command, where and when.

    `time` is UTC in ISO 8601, `configuration` a hash of whatever configures the command.
    `calibration` holds the kernels' minima over the session's processes, in seconds; `load` is the
    load average at its start, `steal` the seconds that the hypervisor took during it.
    """

    tool: str
    commit: str
    dirty: bool
    time: str
    command: str
    configuration: str
    machine: Machine
    benchmarks: Mapping[str, Series]
    calibration: Mapping[str, float] = field(default_factory=dict)
    load: float = 0.0
    steal: float = 0.0

    def differences(self, other: "Session") -> tuple[str, ...]:
        """Return what makes `other`, the present session, not comparable with this stored one."""
        found = list(self.machine.differences(other.machine))
        if self.command != other.command:
            found.append(f"command: {self.command} there, {other.command} here")
        if self.configuration != other.configuration:
            found.append("configuration: it has changed since")
        return tuple(found)


def series_of(processes: Sequence[tuple[str, Sequence[Benchmark]]]) -> dict[str, Series]:
    """Return the series of a session's fresh processes: the start of each, and what it measured.

    A benchmark whose unit changes between processes is a ValueError.
    """
    found: dict[str, Series] = {}
    for order, (start, benchmarks) in enumerate(processes):
        for one in benchmarks:
            known = found.get(one.name, Series(one.unit, one.direction, ()))
            if (known.unit, known.direction) != (one.unit, one.direction):
                raise ValueError(f"{one.name}: its unit changes within the session")
            run = ProcessRun.of(one.values, start, order)
            found[one.name] = Series(one.unit, one.direction, (*known.runs, run))
    return found


def keep(sessions: Sequence[Session], new: Session) -> tuple[Session, ...]:
    """Return the sessions to be stored: the new one behind the last nine, oldest first."""
    return (*sessions, new)[-KEPT:]
