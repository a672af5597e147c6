"""Waiting for the end of a process, and hearing of it at once where the system can tell.

`Popen.wait` with a timeout looks again and again, and so hears of an end up to 50 ms late; a run
starts some hundred short processes, and a place stands empty meanwhile.
"""

import os
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Wait = Callable[[float], bool]
"""Waits so many seconds at most, and tells whether the process has ended."""


@contextmanager
def end_of(process: "subprocess.Popen[bytes]") -> Iterator[Wait]:
    """Yield how to wait for the end of `process`; its status is there once it has ended."""
    descriptor = _descriptor(process.pid)
    if descriptor is None:
        yield lambda seconds: _looked_for(process, seconds)
        return
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)

    def told(seconds: float) -> bool:
        if not poll.poll(seconds * 1000):
            return False
        process.wait()
        return True

    try:
        yield told
    finally:
        os.close(descriptor)


def _descriptor(pid: int) -> int | None:
    """Return what is readable once the process has ended (pidfd_open(2)), None for nothing."""
    if sys.platform == "linux":
        # Refused by kernels before 5.3, and in some sandboxes.
        with suppress(OSError):
            return os.pidfd_open(pid)
    return None


def _looked_for(process: "subprocess.Popen[bytes]", seconds: float) -> bool:
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
        return True
    return False
