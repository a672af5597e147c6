"""Hearing at once of the end of a process, where the system can tell.

`Popen.wait` with a timeout looks again and again, and so hears of an end up to 50 ms late; a run
starts some hundred short processes, and a place stands empty meanwhile.
"""

import os
import select
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Wait = Callable[[float], bool]
"""Waits so many seconds at most, and tells whether the process has ended."""


@contextmanager
def end_of(pid: int, otherwise: Wait) -> Iterator[Wait]:
    """Yield how to wait for the end of a child: `otherwise`, where the system can't tell of it.

    The child's status is still to be asked for.
    """
    descriptor = _descriptor(pid)
    if descriptor is None:
        yield otherwise
        return
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    try:
        yield lambda seconds: bool(poll.poll(seconds * 1000))
    finally:
        os.close(descriptor)


def _descriptor(pid: int) -> int | None:
    """Return what is readable once the process has ended (pidfd_open(2)), None for nothing."""
    if sys.platform == "linux":
        # Refused by kernels before 5.3, and in some sandboxes.
        with suppress(OSError):
            return os.pidfd_open(pid)
    return None
