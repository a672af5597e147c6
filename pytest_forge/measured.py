"""What a user declares to be measured: artifacts, commands, and suites of benchmarks."""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

MIB = 1 << 20


@dataclass(frozen=True)
class Artifact:
    """Files that a project's build must make: `command` makes them, the glob `path` finds them.

    `limit` is the size in bytes that each of them may have, None where only their being there
    counts. `manifest` says which projects it belongs to.
    """

    name: str
    manifest: str
    command: tuple[str, ...]
    path: str
    limit: int | None = None


@dataclass(frozen=True)
class TimedCommand:
    """A command whose fresh processes are measured, as the start-up of a program.

    `build` is run once before. Of `runs` processes the best counts for the budgets: `wall` and
    `cpu` in seconds, `memory` in bytes at the peak, each None where there is none. `cold` asks that
    the files of the project and of the program are dropped from the page cache before each process.
    """

    name: str
    manifest: str
    command: tuple[str, ...]
    build: tuple[str, ...] = ()
    runs: int = 5
    cold: bool = False
    wall: float | None = None
    cpu: float | None = None
    memory: int | None = None


@dataclass(frozen=True)
class Suite:
    """Benchmarks of one tool: a process of `command` runs them all, `format` reads its output.

    `output` is "stdout", or a path or glob below the slot `{output}`. `build` is run once before.
    """

    name: str
    manifest: str
    command: tuple[str, ...]
    format: str
    output: str = "stdout"
    build: tuple[str, ...] = ()


@dataclass(frozen=True)
class CountedCommand:
    """A command whose processor instructions are counted, those of its children included.

    `build` is run once before. One process of each side is enough: what is counted hardly varies.
    """

    name: str
    manifest: str
    command: tuple[str, ...]
    build: tuple[str, ...] = ()


@dataclass(frozen=True)
class Threshold:
    """What the benchmarks whose name fits a glob may lose, in per cent; None: the general one."""

    benchmark: str
    warn: float | None = None
    fail: float | None = None


def allowed_loss(
    name: str, warn: float, fail: float, thresholds: Iterable[Threshold]
) -> tuple[float, float]:
    """Return what a benchmark may lose before a warning and before a failure, in per cent.

    Of the thresholds that fit, the last that sets one wins. The warning never lies above the
    failure.
    """
    for one in thresholds:
        if fnmatchcase(name, one.benchmark):
            warn = warn if one.warn is None else one.warn
            fail = fail if one.fail is None else one.fail
    return min(warn, fail), fail


@dataclass(frozen=True)
class Performance:
    """Everything of a project that is measured, and what it may lose against its baseline.

    A confirmed regression of more than `warn` per cent is told, of more than `fail` fails; `strict`
    fails all that are confirmed. `compare` says with what: the base commit, or a stored session.
    `base` is the revision of the base commit, "" for where the branch began.
    """

    artifacts: tuple[Artifact, ...] = ()
    commands: tuple[TimedCommand, ...] = ()
    suites: tuple[Suite, ...] = ()
    counted: tuple[CountedCommand, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    warn: float = 20.0
    fail: float = 50.0
    strict: bool = False
    compare: Literal["base", "stored"] = "base"
    base: str = ""

    def allowed_loss(self, name: str) -> tuple[float, float]:
        """Return what a benchmark of this name may lose, as the function of this name does."""
        return allowed_loss(name, self.warn, self.fail, self.thresholds)
