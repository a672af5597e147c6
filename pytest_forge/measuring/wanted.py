"""What is declared to be measured, and what else its figures depend on."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

from pytest_forge.measured import CountedCommand, Suite, TimedCommand
from pytest_forge.measuring.plans import COUNTED, PROCESS
from pytest_forge.projects import Tree


@dataclass(frozen=True)
class Wanted:
    """What is declared under one name: how it is run, and how its output is read."""

    check: str
    command: tuple[str, ...]
    build: tuple[str, ...]
    format: str = PROCESS
    source: str = "stdout"
    cold: bool = False
    runs: int = 5

    def configuration(self, length: int) -> str:
        """Return a short hash of everything that is declared, the number of processes aside.

        `length` is that of the path of the tree, on which a count of instructions depends.
        """
        parts = {**asdict(self), "runs": 0, "length": length if self.format == COUNTED else 0}
        return _digest(json.dumps(parts, sort_keys=True).encode())


def of_command(one: TimedCommand) -> Wanted:
    """Return what a timed command asks for."""
    name = f"commands[{one.name}]"
    return Wanted(name, one.command, one.build, cold=one.cold, runs=one.runs)


def of_suite(one: Suite) -> Wanted:
    """Return what a suite of benchmarks asks for."""
    return Wanted(f"benchmarks[{one.name}]", one.command, one.build, one.format, one.output)


def of_counted(one: CountedCommand) -> Wanted:
    """Return what a counted command asks for: a count hardly varies, so one process is enough."""
    return Wanted(f"instructions[{one.name}]", one.command, one.build, COUNTED, runs=1)


def locked(tree: Tree, directory: str, names: tuple[str, ...]) -> str:
    """Return a short hash of the files that lock a project's dependencies, "" for none.

    They lie in the nearest directory, from the project's own up to forge's root, that has any.
    """
    place = PurePosixPath(directory)
    for around in (place, *place.parents):
        paths = [str(around / name) for name in names if tree.has(str(around / name))]
        if paths:
            return _digest(b"".join(path.encode() + b"\0" + tree.read(path) for path in paths))
    return ""


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]
