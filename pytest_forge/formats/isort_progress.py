"""What `isort --check-only --verbose` prints: its banner, and each sorted file."""

import re

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Report

_VERSION = re.compile(r"\s+VERSION \d+\.")
_SORTED = re.compile(r"SUCCESS: .+ Everything Looks Good!$")


def parse(data: bytes) -> Report:
    """Return `files.sorted`, the number of files that isort left as they are.

    Raises `OutputUnreadable` where this is not the output of a verbose isort.
    """
    text = lines(data)
    if text[-1]:
        raise unreadable("isort", "its last line is cut off")
    if not any(_VERSION.match(line) for line in text):
        raise unreadable("isort", "it does not begin with isort's version")
    return Report(measures={"files.sorted": sum(bool(_SORTED.match(line)) for line in text)})
