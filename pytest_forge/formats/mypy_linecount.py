"""mypy's line-count report (`--linecount-report`): a line for the total, then one a module.

The columns are lines, lines of annotated functions, functions, annotated functions, and the name.
"""

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Report


def parse(data: bytes) -> Report:
    """Return `files.checked`, the number of modules; raises `OutputUnreadable`."""
    rows = _rows(data)
    if not rows or rows[0][1] != "total":
        raise unreadable("mypy", "its line-count report has no total")
    modules = [counts for counts, _ in rows[1:]]
    if [sum(column) for column in zip(*modules, strict=True)] != (rows[0][0] if modules else []):
        raise unreadable("mypy", "the modules of its line-count report do not add up")
    return Report(measures={"files.checked": len(modules)})


def _rows(data: bytes) -> list[tuple[list[int], str]]:
    text = lines(data)
    if text[-1]:
        raise unreadable("mypy", "its line-count report is cut off in its last line")
    return [_row(line) for line in text if line.strip()]


def _row(line: str) -> tuple[list[int], str]:
    fields = line.split()
    if len(fields) != 5 or not all(field.isdecimal() for field in fields[:4]):
        raise unreadable("mypy", f"in its line-count report: {line}")
    return [int(field) for field in fields[:4]], fields[4]
