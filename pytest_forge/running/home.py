"""The directory `.forge` of a run: one run at a time has it, and records there what it starts."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pytest_forge.errors import ConfigurationError
from pytest_forge.execution.process import end_recorded
from pytest_forge.locks import Taken, lock, try_lock
from pytest_forge.releases.worktrees import remove_worktrees


@dataclass(frozen=True)
class Home:
    """A run's own directory; `ledger` is where it records its processes.

    Of the processes of one run (under xdist) one has `taken` it, the others only share it.
    """

    directory: Path
    ledger: Path
    taken: Taken | None = None

    def end_processes(self) -> None:
        """End what the run has started, in whatever process of it."""
        end_recorded(self.ledger)

    def close(self) -> None:
        """Remove what belongs to this run alone, and let the next one in."""
        if self.taken is not None:
            self.end_processes()
            remove_worktrees(self.directory.parent)
            shutil.rmtree(self.ledger, ignore_errors=True)
            self.taken.release()

    @contextmanager
    def machine(self, alone: bool) -> Iterator[None]:
        """Have the machine beside the run's other processes, or `alone`."""
        if self.taken is not None:
            yield
        else:
            with lock(self.ledger.parent / "machine.lock", shared=not alone):
                yield


def take(root: Path) -> Home:
    """Make the directory below forge's root; `ConfigurationError` where another run has it."""
    directory = root / ".forge"
    directory.mkdir(exist_ok=True)
    # The directory ignores itself, so that no run dirties the work tree.
    (directory / ".gitignore").write_text("*\n!/baseline/\n!/baseline/**\n", encoding="utf-8")
    taken = try_lock(directory / "lock")
    if taken is None:
        raise ConfigurationError(f"another forge is running on {root}; wait for it, or end it")
    ledger = directory / "processes" / str(os.getpid())
    shutil.rmtree(directory / "processes", ignore_errors=True)
    ledger.mkdir(parents=True)
    return Home(directory, ledger, taken)
