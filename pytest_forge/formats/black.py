"""What `black --check` prints on standard error: a line a file, then the sum."""

import re
from collections.abc import Sequence

from pytest_forge.errors import NothingMeasured
from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Finding, Report, Severity

_FILE = re.compile(r"would reformat (?P<path>.+)$")
_SUM = re.compile(
    r"(?:(?P<bad>\d+) files? would be reformatted)?(?:, )?"
    r"(?:(?P<good>\d+) files? would be left unchanged)?(?:, )?"
    r"(?:(?P<failed>\d+) files? would fail to reformat)?\.$"
)


def parse(data: bytes) -> Report:
    """Return `files.unformatted` as findings, and `files.checked`.

    Raises `OutputUnreadable`, also where black could not read a file, and `NothingMeasured` where
    it says that there is none.
    """
    text = [line for line in lines(data) if line.strip()]
    if any(line.startswith("No Python files are present") for line in text):
        raise NothingMeasured("black found no Python files", "see its `exclude` settings")
    bad, good = _sum(text)
    paths = [match["path"] for match in map(_FILE.match, text) if match]
    if bad != len(paths):
        raise unreadable("black", f"it names {len(paths)} files, but counts {bad}")
    return Report(
        findings=tuple(_finding(path) for path in paths),
        measures={"files.checked": bad + good},
    )


def _sum(text: Sequence[str]) -> tuple[int, int]:
    """Return how many files would be reformatted, and how many would not."""
    found = _SUM.match(text[-1]) if text else None
    if not found or len(found[0]) < 2:
        raise unreadable("black", "it does not end with the number of files")
    if found["failed"]:
        raise unreadable("black", f"{found['failed']} files could not be read: {text[0]}")
    return int(found["bad"] or 0), int(found["good"] or 0)


def _finding(path: str) -> Finding:
    return Finding(
        measure="files.unformatted",
        rule="unformatted",
        message="black would reformat the file",
        severity=Severity.LOW,
        path=path,
    )
