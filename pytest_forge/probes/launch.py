"""Starts one command, waits for it, and writes down what the system says of its process.

    python -I -S launch.py REPORT COMMAND ...

On Linux the peak memory of a process begins with that of the process which started it, so what
starts it has to be small: this imports next to nothing. Written is one line: the status (negative:
the signal), wall seconds, CPU seconds, and the peak memory as the system tells it; or `-`, and why
the command can't be started.
"""

import os
import sys
import time


def launched(command: list[str]) -> str:
    """Run the command to its end and return the line of the report."""
    begun = time.perf_counter()
    try:
        process = os.posix_spawnp(command[0], command, os.environ)
    except OSError as error:
        return f"- {error.strerror}"
    # wait4 tells of this one process alone, and of what it has waited for itself.
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - begun
    cpu = used.ru_utime + used.ru_stime
    return f"{os.waitstatus_to_exitcode(status)} {wall!r} {cpu!r} {used.ru_maxrss}"


if __name__ == "__main__":
    line = launched(sys.argv[2:])
    with open(sys.argv[1], "w", encoding="utf-8") as report:
        report.write(line)
