"""The list of `gofmt -l`: the files whose format differs, one path a line.

gofmt is silent about every other file, so its last argument has to be a file that is not formatted
and has the name `SENTINEL`: once gofmt has listed that, it has looked at all the others, and
nothing of the list is missing.
"""

from pathlib import PurePath

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Finding, Report, Severity

SENTINEL = "forge_last_file_.go"
"""The name of the file that gofmt has to list last."""


def parse(data: bytes) -> Report:
    """Return each file as a finding of `files.unformatted`; raises `OutputUnreadable`."""
    text = lines(data)
    if text[-1] or len(text) < 2 or PurePath(text[-2]).name != SENTINEL:
        raise unreadable("gofmt", "it does not end with the file that stands last")
    for path in text[:-2]:
        if not path.endswith(".go"):
            raise unreadable("gofmt", path)
    return Report(findings=tuple(map(_finding, text[:-2])))


def _finding(path: str) -> Finding:
    return Finding(
        measure="files.unformatted",
        rule="gofmt",
        message="gofmt would change this file",
        severity=Severity.LOW,
        path=path,
    )
