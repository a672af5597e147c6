"""What TypeScript's compiler prints, told to list its files and its statistics.

    tsc --pretty false --listFiles --diagnostics

Errors stand first, then the files, then the statistics: these name how many files there were, and
end with the time that it took. `tsc --build` prints all that once for each project, then in sum.
"""

import re
from collections.abc import Iterator

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Finding, Report, Sample, Severity

_PLACED = re.compile(r"(?P<path>[^(]+)\((?P<line>\d+),(?P<column>\d+)\): (?P<said>.*)")
_SAID = re.compile(r"error TS(?P<code>\d+): (?P<message>.*)")
_STATISTIC = re.compile(r"(?P<name>[A-Z][\w/ ]*?):\s+(?P<value>[\d.]+)(?:K|s)?$")
_FILE = re.compile(r"(?:/|[A-Za-z]:[/\\]).*\.(?:[cm]?[jt]sx?|json)$")
_LAST = "Total time"
LOOKED_AT = "tsc.file"
"""The measure of the samples that name each own file at which the compiler looked."""
_AGGREGATE = re.compile(r"Aggregate |Projects ", re.IGNORECASE)


def parse(data: bytes) -> Report:
    """Return each error as a finding of `errors`, and a sample for each own file.

    `files.checked` counts these; files of packages and the language's own libraries are none.
    Raises `OutputUnreadable`, also where the statistics do not count the files that are listed.
    """
    printed = [line for line in lines(data) if line.strip()]
    findings: list[Finding] = []
    listed: list[str] = []
    for line in printed:
        if not _STATISTIC.fullmatch(line):
            _read(line, findings, listed)
    _demand_statistics(printed, len(listed))
    own = _own(listed)
    return Report(
        findings=tuple(findings),
        measures={"files.checked": len(own)},
        samples=tuple(Sample(LOOKED_AT, 1, path, path) for path in own),
    )


def _own(listed: list[str]) -> list[str]:
    own = sorted({path for path in listed if _is_own(path)})
    if listed and len(own) == len(listed):
        # The language's own libraries stand in node_modules wherever the compiler is installed.
        raise unreadable("tsc", "it lists no library of the language")
    return own


def _demand_statistics(printed: list[str], listed: int) -> None:
    """Refuse a text without its last line, or that counts other files than are listed."""
    if not printed or not _is_last(printed[-1]):
        raise unreadable("tsc", f"it does not end with the statistic {_LAST!r}")
    found = filter(None, map(_STATISTIC.fullmatch, printed))
    counted = sum(float(one["value"]) for one in found if one["name"] == "Files")
    if counted != listed:
        raise unreadable("tsc", f"it lists {listed} files, but counts {counted:g}")


def _is_last(line: str) -> bool:
    """Tell whether a line is the statistic that is printed last, with its unit: it is not cut."""
    found = _STATISTIC.fullmatch(line)
    named = found is not None and (found["name"] == _LAST or _AGGREGATE.match(found["name"]))
    return bool(named) and line.endswith("s")


def _read(line: str, findings: list[Finding], listed: list[str]) -> None:
    finding = next(_finding(line), None)
    if finding:
        findings.append(finding)
    elif _FILE.fullmatch(line):
        listed.append(line)
    elif not line.startswith("  ") or not findings:
        # Further lines of a message are indented.
        raise unreadable("tsc", line)


def _finding(line: str) -> Iterator[Finding]:
    placed = _PLACED.fullmatch(line)
    said = _SAID.fullmatch(placed["said"] if placed else line)
    if said:
        yield Finding(
            measure="errors",
            rule=f"TS{said['code']}",
            message=said["message"],
            severity=Severity.HIGH,
            path=placed["path"] if placed else None,
            line=int(placed["line"]) if placed else None,
            column=int(placed["column"]) if placed else None,
        )


def _is_own(path: str) -> bool:
    return "/node_modules/" not in path.replace("\\", "/")
