"""What `cargo fmt --verbose -- --check --verbose -l` prints.

First the main file of each target (`[lib (2021)] "/p/src/lib.rs"`); then, target by target, the
files that were examined, behind each its own path once more if it is not formatted, and the time.
"""

import re

from pytest_forge.errors import NothingMeasured
from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Finding, Report, Severity

_TARGET = re.compile(r"\[.+ \(\d+\)\] \"(?P<path>.+)\"$")
_COMMAND = re.compile(r"rustfmt .*--check\b")
_EXAMINED = re.compile(r"Formatting (?P<path>.+)$")
_SPENT = re.compile(r"Spent .+ in the parsing phase, and .+ in the formatting phase$")
_CONFIGURED = re.compile(r"Using rustfmt config file ")


def parse(data: bytes) -> Report:
    """Return `files.unformatted` as findings, and `files.checked`.

    Raises `OutputUnreadable`, also where a target was not examined to its end: rustfmt could not
    read it, or the output is cut off. `NothingMeasured` where settings switch rustfmt off.
    """
    targets: set[str] = set()
    examined: set[str] = set()
    unformatted: dict[str, None] = {}
    timed = 0
    text = lines(data)
    if text.pop():
        raise unreadable("cargo fmt", "its last line is cut off")
    for line in text:
        if found := _TARGET.match(line):
            targets.add(found["path"])
        elif found := _EXAMINED.match(line):
            examined.add(found["path"])
        elif line in examined:
            unformatted[line] = None
        elif _SPENT.match(line):
            timed += 1
        elif line and not _COMMAND.match(line) and not _CONFIGURED.match(line):
            raise unreadable("cargo fmt", line)
    if targets and not examined and any(map(_CONFIGURED.match, text)):
        raise NothingMeasured(
            "rustfmt examined no file", "see `disable_all_formatting` in rustfmt.toml"
        )
    _require_all(targets, examined, timed)
    return Report(
        findings=tuple(_finding(path) for path in unformatted),
        measures={"files.checked": len(examined)},
    )


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
