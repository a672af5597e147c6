"""A line of a terminal that is written over and over, to show what goes on."""

import sys

_ERASE = "\r\x1b[2K"


def draw(line: str) -> None:
    """Show a line in place of the one that stood there; "" leaves none."""
    sys.stdout.write(_ERASE + line)
    sys.stdout.flush()
