"""gosec's log on standard error, which tells what the report does not: which packages it read.

A directory whose files it can't find it leaves out, with exit status 0 and no word in the report.
"""

import re

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Report

_STARTED = re.compile(r"^\[gosec\] .* Including rules: ", re.MULTILINE)
_PACKAGE = re.compile(r"^\[gosec\] .* Checking package: ", re.MULTILINE)


def parse(data: bytes) -> Report:
    """Return `packages.scanned`, the packages that were read; raises `OutputUnreadable`."""
    text = lines(data)
    if text[-1]:
        raise unreadable("gosec", f"the last line of its log is cut off: {text[-1]}")
    said = "\n".join(text)
    if not _STARTED.search(said):
        raise unreadable("gosec", "its log does not say which rules are included")
    return Report(measures={"packages.scanned": len(_PACKAGE.findall(said))})
