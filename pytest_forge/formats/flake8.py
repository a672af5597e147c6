"""flake8's default lines (`path:line:column: CODE text`), ended by what `--benchmark` adds.

The benchmark's number of files is the proof of work; where it is missing the output is cut off.
"""

import re

from pytest_forge.formats.reading import lines, plain, unreadable
from pytest_forge.model import Finding, Report, Severity

_FINDING = re.compile(
    r"(?P<path>.+?):(?P<line>\d+):(?P<column>\d+): (?P<code>[A-Z]+\d*) (?P<message>.+)$"
)
_FILES = re.compile(r"(?P<count>\d+)\s+total files processed$")
# The benchmark's other lines, and what `statistics` and `count` of the project's settings add.
_ASIDE = re.compile(
    r"\d[\d.]*\s+(?:seconds elapsed|.* processed(?: per second)?)$|\d+\s+[A-Z]+\d* .+$|\d+$"
)


def parse(data: bytes) -> Report:
    """Return `lint.findings` and `files.checked`; raises `OutputUnreadable`."""
    findings = []
    files = None
    for line in lines(data):
        if found := _FILES.match(line):
            files = int(found["count"])
        elif found := _FINDING.match(line):
            findings.append(
                Finding(
                    measure="lint.findings",
                    rule=found["code"],
                    message=plain(found["message"]),
                    severity=Severity.LOW,
                    path=found["path"],
                    line=int(found["line"]),
                    column=int(found["column"]),
                )
            )
        elif line.strip() and not _ASIDE.match(line):
            raise unreadable("flake8", line)
    if files is None:
        raise unreadable("flake8", "it does not tell the number of files")
    return Report(findings=tuple(findings), measures={"files.checked": files})
