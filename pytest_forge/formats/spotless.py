"""What Spotless tells of the files that it formats, in Maven's log of its goal `apply`.

`check` names a few files and counts the others; `apply`, in a copy, names each that it changes.
"""

import re
from collections.abc import Iterable, Sequence

from pytest_forge.formats import maven_log
from pytest_forge.formats.reading import plain, unreadable
from pytest_forge.model import Finding, Report, Severity

_CHANGED = re.compile(r"\[INFO\] clean file: (?P<path>.+)")
_COUNTED = re.compile(
    r"\[INFO\] Spotless\.\S+ is keeping (?P<files>\d+) files clean - "
    r"(?P<changed>\d+) were changed to be clean"
)


def parse(data: bytes) -> Report:
    """Return each file that Spotless would change, as a finding, and `files.checked`.

    Raises `NotPrepared`, `ToolMissing` and `OutputUnreadable`.
    """
    before, after = maven_log.parts(data)
    _demand_success(after)
    changed = [found["path"] for found in map(_CHANGED.match, before) if found]
    counted = [found for found in map(_COUNTED.match, before) if found]
    announced = _sum(counted, "changed")
    if announced != len(changed):
        raise unreadable("Spotless", f"it changed {announced} files, but names {len(changed)}")
    findings = tuple(map(_unformatted, dict.fromkeys(changed)))
    return Report(findings=findings, measures={"files.checked": _sum(counted, "files")})


def _demand_success(after: Sequence[str]) -> None:
    if after[0].endswith("FAILURE"):
        said = next((line for line in after if line.startswith("[ERROR] ")), "")
        raise unreadable("Spotless", plain(said.removeprefix("[ERROR] ")) or "it failed")


def _sum(counted: Iterable[re.Match[str]], name: str) -> int:
    return sum(int(found[name]) for found in counted)


def _unformatted(path: str) -> Finding:
    return Finding("files.unformatted", "spotless", "is not formatted", Severity.MEDIUM, path)
