"""The CSV of `go-licenses report`: a library, the address of its license, and the license's name.

A library is a module, or the part of one that has a license file of its own.
"""

import csv
import re

from license_expression import get_spdx_licensing  # type: ignore[import-untyped]

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Component, Report

UNKNOWN = "Unknown"
# What the classifier in go-licenses names that is not on SPDX's list, or under another name.
_OTHERS = frozenset(
    {"AGPL-1.0", "AGPL-3.0", "GPL-1.0", "GPL-2.0", "GPL-3.0", "LGPL-2.0", "LGPL-2.1", "LGPL-3.0"}
    | {"BSD-2-Clause-FreeBSD", "BSD-2-Clause-NetBSD", "GPL-2.0-with-bison-exception"}
    | {"BCL", "Commons-Clause", "GUST-Font-License", "Lil-1.0", "PIL", "Python-2.0-complete"}
    | {"Facebook-2-Clause", "Facebook-3-Clause", "Facebook-Examples"}
)
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
    components = (Component(name, "", "Go", _known(license)) for name, _, license in rows)
    return Report(components=tuple(components), measures={"libraries": len(rows)})


def _known(license: str) -> str:
    """Return the license, whose name has to be one that go-licenses gives."""
    if license == UNKNOWN:
        return ""
    if license not in _OTHERS and license not in get_spdx_licensing().known_symbols:
        raise unreadable("go-licenses", f"no license is called {license!r}")
    return license
