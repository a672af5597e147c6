"""Python's warnings on standard error, as the compiler prints them: `path:line: Category: text`."""

import re

from pytest_forge.formats.reading import lines, plain, unreadable
from pytest_forge.model import Finding, Report, Severity

_WARNING = re.compile(r"(?P<path>.+?):(?P<line>\d+): (?P<category>\w*Warning): (?P<message>.*)$")


def parse(data: bytes) -> Report:
    """Return each warning as a finding of `warnings`; raises `OutputUnreadable`.

    The source line below a warning is indented; any other line is something that went wrong.
    """
    findings = []
    text = lines(data)
    if text[-1]:
        raise unreadable("Python's compiler", "its last line is cut off")
    for line in text:
        if found := _WARNING.match(line):
            findings.append(
                Finding(
                    measure="warnings",
                    rule=found["category"],
                    message=plain(found["message"]),
                    severity=Severity.MEDIUM,
                    path=found["path"],
                    line=int(found["line"]),
                )
            )
        elif line.strip() and not (findings and line.startswith(" ")):
            raise unreadable("Python's compiler", line)
    return Report(findings=tuple(findings))
