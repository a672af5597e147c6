"""What gofmt prints on its standard error: the files that it can't parse, with exit status 2."""

import re

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Finding, Report, Severity

_ERROR = re.compile(r"(?P<path>[^\s:][^:]*\.go):(?P<line>\d+):(?P<column>\d+): (?P<what>.+)")


def parse(data: bytes) -> Report:
    """Return each syntax error as a finding of `files.unformatted`; raises `OutputUnreadable`."""
    text = lines(data)
    if text[-1]:
        raise unreadable("gofmt", f"its last line is cut off: {text[-1]}")
    return Report(findings=tuple(map(_finding, text[:-1])))


def _finding(line: str) -> Finding:
    found = _ERROR.fullmatch(line)
    if not found:
        raise unreadable("gofmt", line)
    return Finding(
        measure="files.unformatted",
        rule="syntax",
        message=found["what"],
        severity=Severity.HIGH,
        path=found["path"],
        line=int(found["line"]),
        column=int(found["column"]),
    )
