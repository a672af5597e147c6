"""A list of Go files, one path a line: what a tool was given that does not say what it examined."""

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Report


def parse(data: bytes) -> Report:
    """Return `files.checked`, the number of files; raises `OutputUnreadable`."""
    text = lines(data)
    if text[-1]:
        raise unreadable("the list of files", "its last line is cut off")
    for path in text[:-1]:
        if not path.endswith(".go"):
            raise unreadable("the list of files", path)
    return Report(measures={"files.checked": len(text) - 1})
