"""What `ruff format --check` prints in its concise form: a line a file, then the sum.

ruff before 0.14 writes `Would reformat: a.py`, later ones `a.py:1:1: unformatted: ...` with
RUFF_OUTPUT_FORMAT=concise. The sum is the proof of work, which the JSON form lacks.
"""

import re
from collections.abc import Sequence

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Finding, Report, Severity

_FILE = re.compile(
    r"Would reformat: (?P<old>.+)$|(?P<new>.+?):(?P<line>\d+):\d+: unformatted: File would be"
)
_SUM = re.compile(
    r"(?:(?P<bad>\d+) files? would be reformatted)?(?:, )?"
    r"(?:(?P<good>\d+) files? already formatted)?$"
)


def parse(data: bytes) -> Report:
    """Return `files.unformatted` as findings, and `files.checked`; raises `OutputUnreadable`."""
    text = [line for line in lines(data) if line.strip()]
    bad, good = _sum(text)
    findings = tuple(_finding(line) for line in text[:-1])
    if bad != len({finding.path for finding in findings}):
        raise unreadable("ruff format", f"it names {len(findings)} files, but counts {bad}")
    return Report(findings=findings, measures={"files.checked": bad + good})


def _sum(text: Sequence[str]) -> tuple[int, int]:
    """Return how many files would be reformatted, and how many are formatted."""
    found = _SUM.match(text[-1]) if text else None
    if not found or not found[0]:
        raise unreadable("ruff format", "it does not end with the number of files")
    return int(found["bad"] or 0), int(found["good"] or 0)


def _finding(line: str) -> Finding:
    found = _FILE.match(line)
    if not found:
        raise unreadable("ruff format", line)
    return Finding(
        measure="files.unformatted",
        rule="unformatted",
        message="ruff would reformat the file",
        severity=Severity.LOW,
        path=found["old"] or found["new"],
        line=int(found["line"]) if found["line"] else None,
    )
