"""What `request_log` has written down of a forge run: its runs, their processes, who reads them."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

Key: TypeAlias = str | tuple[str, ...]
"""A check's id, or the key of a run, a computation or a preparation."""


@dataclass(frozen=True)
class Process:
    """One process; `laid` is where a copy of what was laid out for its run is, and its place."""

    argv: Sequence[str]
    directory: str
    environment: Mapping[str, str]
    stdout: str
    stderr: str
    status: int
    begun: float
    ended: float
    laid: Sequence[str] | None = None
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Return how long it ran."""
        return self.ended - self.begun

    @property
    def measures(self) -> bool:
        """Tell whether it belongs to a run or a preparation: forge asks versions elsewhere."""
        return ".forge" in Path(self.stdout).parts

    def mentions(self, place: str) -> bool:
        """Tell whether the command has to do with a place."""
        return any(place in text for text in (self.directory, *self.argv))


@dataclass(frozen=True)
class Sharing:
    """How often runs are read: `alone` is what one execution for each check would be.

    `shared` are the runs that more than one check reads, `sharing` the checks that read one of
    those. Seconds are those of the commands.
    """

    checks: int
    runs: int
    shared: int
    sharing: int
    alone: int
    seconds: float
    seconds_alone: float

    def __str__(self) -> str:
        """Return it as it is printed."""
        return (
            f"{self.checks} checks read {self.runs} runs, {self.sharing} of them one of the "
            f"{self.shared} that feed several; without sharing {self.alone} runs, "
            f"{self.seconds_alone:.1f} s of commands in place of {self.seconds:.1f} s"
        )


class Recording:
    """A forge run; `groups` are the processes of each run and each preparation, in their order."""

    def __init__(self, log: Path) -> None:
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        self.needs: dict[Key, tuple[Key, ...]] = {}
        self.holds: dict[Key, tuple[str, ...]] = {}
        self.groups: dict[Key, list[Process]] = {}
        self.asides: list[Process] = []
        for line in lines:
            if "task" in line:
                key = _key(line["task"])
                self.needs[key] = tuple(map(_key, line["needs"]))
                self.holds[key] = tuple(line["holds"])
        found = [(_key(line.pop("process")), line) for line in lines if "process" in line]
        for key, line in sorted(found, key=lambda one: float(one[1]["begun"])):
            self._keep(key, Process(**line))
        # In the order in which forge starts what is ready.
        self.groups = {key: self.groups[key] for key in self.needs if key in self.groups}

    def _keep(self, key: Key, process: Process) -> None:
        if key and process.measures:
            self.groups.setdefault(key, []).append(process)
        else:
            self.asides.append(process)

    def seconds(self, key: Key) -> float:
        """Return how long the processes of a run took together."""
        return sum(process.seconds for process in self.groups[key])

    def preparations(self, key: Key) -> list[Key]:
        """Return the preparations that a run waits for."""
        return [one for one in self.needs[key] if one in self.groups and one[0] == "prepare"]

    def sharing(self) -> Sharing:
        """Return how many checks read how many runs."""
        read = self._read()
        times = Counter(run for runs in read for run in runs)
        shared = {run for run, readers in times.items() if readers > 1}
        return Sharing(
            checks=len(read),
            runs=len(times),
            shared=len(shared),
            sharing=sum(1 for runs in read if runs & shared),
            alone=times.total(),
            seconds=sum(map(self.seconds, times)),
            seconds_alone=sum(map(self.seconds, times.elements())),
        )

    def _read(self) -> list[set[Key]]:
        """Return the runs of each check that reads any."""
        read = [set(self._feeding(key)) for key in self.needs if isinstance(key, str)]
        return [runs for runs in read if runs]

    def _feeding(self, key: Key) -> Iterator[Key]:
        """Yield the runs that a check reads, by whatever computations."""
        for need in self.needs[key]:
            if need[0] == "run" and not isinstance(need, str):
                if need in self.groups:
                    yield need
                yield from self._feeding(need)


def _key(written: Any) -> Key:
    """Return a key as it was; "" for a process outside of every task."""
    return tuple(written) if isinstance(written, list) else str(written or "")
