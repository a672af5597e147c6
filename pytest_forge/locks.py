"""Locks between processes, for what the workers of one run share."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def lock(path: Path, shared: bool = False) -> Iterator[None]:
    """Hold the lock file `path`, alone or beside other shared holders, until the block ends.

    The operating system frees it when the process dies, so no lock can be left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)


class Taken:
    """A lock that was taken without waiting; it is held until `release`, or the process's end."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def release(self) -> None:
        """Free the lock."""
        self._file.close()


def try_lock(path: Path) -> Taken | None:
    """Take the lock file `path` without waiting; None where somebody else holds it."""
    file = path.open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return Taken(file)
