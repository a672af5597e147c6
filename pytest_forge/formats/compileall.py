"""The standard output of `python -m compileall -f`, without -q: progress and syntax errors.

Each file is announced (`Compiling 'a.py'...`); an error follows its file as a block that starts
with `***`. What compileall cannot list it only mentions, and exits 0: that is an error here.
"""

import re
from collections.abc import Iterator

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Finding, Report, Severity

_LISTING = re.compile(r"Listing (?P<path>'.*'|\".*\")\.\.\.$")
_COMPILING = re.compile(r"Compiling (?:'(?P<path>.*)'|\"(?P<quoted>.*)\")\.\.\.$")
_LOCATION = re.compile(r'File "(?P<path>.+?)", line (?P<line>\d+)')
_SHORT_LOCATION = re.compile(r"\(.*, line (?P<line>\d+)\)")


def parse(data: bytes) -> Report:
    """Return syntax errors (`errors`) and `files.compiled`; raises `OutputUnreadable`."""
    compiled: list[str] = []
    findings: list[Finding] = []
    text = lines(data)
    if text[-1] or not text[:-1]:
        raise unreadable("compileall", "it is empty, or its last line is cut off")
    rest = iter(text[:-1])
    for line in rest:
        if found := _COMPILING.match(line):
            compiled.append(found["path"] or found["quoted"])
        elif line.startswith("***") and compiled:
            findings.append(_error(line, rest, compiled[-1]))
        elif not _LISTING.match(line):
            raise unreadable("compileall", line)
    return Report(findings=tuple(findings), measures={"files.compiled": len(compiled)})


def _error(first: str, rest: Iterator[str], path: str) -> Finding:
    # The block ends with a blank line, except where the error has no source line to show.
    block = [first.removeprefix("***").strip()]
    if not block[0].startswith("Sorry:"):
        for line in rest:
            if not line.strip():
                break
            block.append(line.strip())
    message = block[-1].removeprefix("Sorry:").strip()
    located = _LOCATION.search(block[0]) or _SHORT_LOCATION.search(message)
    return Finding(
        measure="errors",
        rule=message.partition(":")[0],
        message=message,
        severity=Severity.HIGH,
        path=path,
        line=int(located["line"]) if located else None,
    )
