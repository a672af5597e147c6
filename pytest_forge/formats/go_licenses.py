"""The CSV of `go-licenses report`: a library, the address of its license, and the license's name.

A library is a module, or the part of one that has a license file of its own.
"""

import csv
import re

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Component, Report

UNKNOWN = "Unknown"
_NAME = re.compile(r"[\w.~/-]+")
_FIELDS = 3


def parse(data: bytes) -> Report:
    """Return each library as a component with its license ("" where that is not recognised).

    The components have no version: which one is used is not told. Raises `OutputUnreadable`.
    """
    text = lines(data)
    if text[-1]:
        raise unreadable("go-licenses", "its last line is cut off")
    rows = list(csv.reader(text[:-1]))
    for row in rows:
        if len(row) != _FIELDS or not _NAME.fullmatch(row[0]):
            raise unreadable("go-licenses", ",".join(row))
    components = tuple(
        Component(name, "", "Go", "" if license == UNKNOWN else license)
        for name, _, license in rows
    )
    return Report(components=components, measures={"libraries": len(rows)})
