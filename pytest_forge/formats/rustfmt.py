"""What `cargo fmt --verbose -- --check --verbose -l` prints.

First the main file of each target (`[lib (2021)] "/p/src/lib.rs"`); then, target by target, the
files that were examined, behind each its own path once more if it is not formatted, and the time.
"""

import re
from collections.abc import Iterable

from pytest_forge.errors import NothingMeasured
from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Finding, Report, Severity

_TARGET = re.compile(r"\[.+ \(\d+\)\] \"(?P<path>.+)\"$")
_COMMAND = re.compile(r"rustfmt .*--check\b")
_EXAMINED = re.compile(r"Formatting (?P<path>.+)$")
_SPENT = re.compile(r"Spent .+ in the parsing phase, and .+ in the formatting phase$")
_CONFIGURED = re.compile(r"Using rustfmt config file ")
_KNOWN = (_TARGET, _COMMAND, _SPENT, _CONFIGURED)


def parse(data: bytes) -> Report:
    """Return `files.unformatted` as findings, and `files.checked`.

    Raises `OutputUnreadable`, also where a target was not examined to its end: rustfmt could not
    read it, or the output is cut off. `NothingMeasured` where settings switch rustfmt off.
    """
    text = lines(data)
    if text.pop():
        raise unreadable("cargo fmt", "its last line is cut off")
    targets = {found["path"] for found in map(_TARGET.match, text) if found}
    examined, unformatted = _files(text)
    if targets and not examined and any(map(_CONFIGURED.match, text)):
        raise NothingMeasured(
            "rustfmt examined no file", "see `disable_all_formatting` in rustfmt.toml"
        )
    _require_all(targets, examined, len(list(filter(_SPENT.match, text))))
    return Report(
        findings=tuple(map(_finding, unformatted)), measures={"files.checked": len(examined)}
    )


def _files(text: Iterable[str]) -> tuple[set[str], dict[str, None]]:
    """Return the files that were examined, and of these the unformatted ones in order."""
    examined: set[str] = set()
    unformatted: dict[str, None] = {}
    for line in text:
        if found := _EXAMINED.match(line):
            examined.add(found["path"])
        elif line in examined:
            unformatted[line] = None
        elif not _is_known(line):
            raise unreadable("cargo fmt", line)
    return examined, unformatted


def _is_known(line: str) -> bool:
    return not line or any(one.match(line) for one in _KNOWN)


def _require_all(targets: set[str], examined: set[str], timed: int) -> None:
    if absent := sorted(targets - examined):
        raise unreadable("cargo fmt", f"rustfmt did not examine {', '.join(absent)}")
    if timed < len(targets) or not targets:
        raise unreadable("cargo fmt", f"{timed} of {len(targets)} targets were examined")


def _finding(path: str) -> Finding:
    return Finding(
        measure="files.unformatted",
        rule="unformatted",
        message="rustfmt would reformat the file",
        severity=Severity.LOW,
        path=path,
    )
