"""Stands in for a tool: writes recorded outputs, then ends as it is told.

python -I -S stand_in.py STAGE SCRATCH ENDING

STAGE holds what is written: `stdout` and `stderr` go to the streams, everything below `files` to
SCRATCH. ENDING is `exit STATUS`, `kill` or `sleep`.
"""

import os
import signal
import sys
import time


def content(path: str) -> bytes:
    """Return a file's content, nothing where there is none."""
    if not os.path.exists(path):
        return b""
    with open(path, "rb") as file:
        return file.read()


def main(stage: str, scratch: str, ending: str) -> None:
    """Write and end."""
    os.write(1, content(f"{stage}/stdout"))
    os.write(2, content(f"{stage}/stderr"))
    for directory, _, names in os.walk(f"{stage}/files"):
        target = directory.replace(f"{stage}/files", scratch, 1)
        os.makedirs(target, exist_ok=True)
        for name in names:
            with open(f"{target}/{name}", "wb") as file:
                file.write(content(f"{directory}/{name}"))
    if ending == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if ending == "sleep":
        time.sleep(60)
    sys.exit(int(ending.removeprefix("exit ")))


main(*sys.argv[1:])
