"""What `isort --check-only` prints on standard error: a line for each file that it would change."""

import re

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Finding, Report, Severity

_ERROR = re.compile(r"ERROR: (?P<path>.+) Imports are incorrectly sorted and/or formatted\.$")
_ASIDE = re.compile(r"Skipped \d+ files$|.*UserWarning: |\s")


def parse(data: bytes) -> Report:
    """Return `files.unformatted` as findings; raises `OutputUnreadable`.

    Empty output is a clean result: what `--verbose` prints on standard output is the proof of work.
    """
    findings = []
    for line in lines(data):
        if found := _ERROR.match(line):
            findings.append(
                Finding(
                    measure="files.unformatted",
                    rule="unsorted-imports",
                    message="isort would sort the imports of the file",
                    severity=Severity.LOW,
                    path=found["path"],
                )
            )
        elif line.strip() and not _ASIDE.match(line):
            raise unreadable("isort", line)
    return Report(findings=tuple(findings))
