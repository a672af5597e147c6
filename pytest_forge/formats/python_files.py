"""A list of Python files, one path a line (`ruff check --show-files`, `isort --show-files`)."""

from pathlib import PurePath

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Report

_PYTHON = {".py", ".pyi", ".pyw", ".pyx", ".pxd", ".ipynb"}
# ruff also lints these.
_OTHERS = {".toml", ".md"}


def parse(data: bytes) -> Report:
    """Return `files.checked`, the number of Python files; raises `OutputUnreadable`."""
    text = lines(data)
    if text[-1]:
        raise unreadable("the list of files", "its last line is cut off")
    listed = [line for line in text if line.strip()]
    for path in listed:
        if PurePath(path).suffix not in _PYTHON | _OTHERS:
            raise unreadable("the list of files", path)
    count = sum(PurePath(path).suffix in _PYTHON for path in listed)
    return Report(measures={"files.checked": count})
