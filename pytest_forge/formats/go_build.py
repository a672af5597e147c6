"""The build events of `go build -json` (see `go help buildjson`); nothing where all is well.

The list of packages, in another output, is therefore the proof of work.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pytest_forge.formats.reading import Value, parse_json_lines, plain, unreadable
from pytest_forge.model import Finding, Report, Severity

PLACED = re.compile(
    r"(?:vet: )?(?P<path>[^\s:][^:]*):(?P<line>\d+)(?::(?P<column>\d+))?: (?P<what>.+)"
)
"""A line of the compiler, go's loader or vet that says where something is wrong."""


def parse(data: bytes) -> Report:
    """Return what keeps a package from being built as `errors`, other messages as `warnings`.

    go's own compiler has no warnings: those are what a C compiler says of a package that was built.
    Raises `OutputUnreadable`, also where a package says why it failed, but not that it did.
    """
    said: dict[str, list[str]] = {}
    failed: set[str] = set()
    for event in _events(data):
        package = event.key("ImportPath").text()
        action = event.key("Action").text()
        if action == "build-output":
            said.setdefault(package, []).append(str(event.key("Output").raw))
        elif action == "build-fail":
            failed.add(package)
            said.setdefault(package, [])
        else:
            raise unreadable("go build", f"{event.at} has the action {action!r}")
    findings = (
        one
        for package, output in said.items()
        for one in findings_of("".join(output), package, package in failed)
    )
    return Report(findings=tuple(findings))


def _events(data: bytes) -> Iterator[Value]:
    if data and not data.endswith(b"\n"):
        raise unreadable("go build", "its last line is cut off")
    return parse_json_lines(data, "go build")


def findings_of(output: str, package: str, failed: bool) -> Iterator[Finding]:
    """Yield what a package's build said: one finding for each line with a place, at least one.

    Indented lines go on with what the line before them says ("to add:", and the command).
    """
    lines = [line for line in plain(output).splitlines() if not line.startswith("#")]
    placed = _placed(lines)
    if not placed and (failed or lines):
        words = " ".join(map(str.strip, lines)) or "it was not built"
        placed = [_finding(f"{package}: {words}")]
    yield from placed if failed else map(_as_warning, placed)


def _as_warning(error: Finding) -> Finding:
    return replace(error, measure="warnings", severity=Severity.MEDIUM)


def _placed(lines: Iterable[str]) -> list[Finding]:
    """Return the errors of the lines that have a place."""
    placed: list[Finding] = []
    for line in lines:
        if found := PLACED.fullmatch(line):
            column = int(found["column"]) if found["column"] else None
            error = _finding(found["what"].strip())
            placed.append(
                replace(error, path=found["path"], line=int(found["line"]), column=column)
            )
        elif placed and line.startswith("\t"):
            last = placed[-1]
            placed[-1] = replace(last, message=f"{last.message} {line.strip()}")
    return placed


def _finding(message: str) -> Finding:
    return Finding("errors", "go-build", message, Severity.HIGH)
