"""What `go vet -json` prints: a JSON object for each package, empty where nothing was found.

They stand on the standard output since Go 1.25, on the standard error before that, where there are
always the lines of packages that do not compile. Both streams are read here.
"""

import json
import re
from collections.abc import Iterator

from pytest_forge.formats.go_build import PLACED
from pytest_forge.formats.reading import Value, lines, parse_json_stream, unreadable
from pytest_forge.model import Finding, Report, Severity

_BRACE = re.compile(r"^[{}]", re.MULTILINE)
_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d+)(?::(?P<column>\d+))?")
# What go says of its own work, and the heading of a package's lines.
_SILENT = re.compile(r"#|go: (?:downloading|finding|extracting|warning:) |no packages to vet|\s|$")


def parse(data: bytes) -> Report:
    """Return every finding as one of `type.errors`, and `units.vetted` where there are objects.

    Raises `OutputUnreadable`, also for an analyzer that failed.
    """
    if data and not data.endswith(b"\n"):
        raise unreadable("go vet", "its last line is cut off")
    documents, text = _apart(data)
    vetted = list(parse_json_stream(documents, "go vet"))
    findings = [one for document in vetted for one in _findings(document)]
    findings.extend(_compile_errors(text))
    measures = {"units.vetted": float(len(vetted))} if vetted else {}
    return Report(findings=tuple(findings), measures=measures)


def _apart(data: bytes) -> tuple[bytes, list[str]]:
    """Return the lines of JSON objects, and the others; go indents what is inside of an object."""
    documents: list[str] = []
    others: list[str] = []
    inside = False
    for line in data.decode("utf-8", "replace").split("\n"):
        braces = bool(_BRACE.match(line))
        (documents if braces or inside else others).append(line)
        if braces:
            inside = line.startswith("{") and not line.startswith("{}")
    return "\n".join(documents).encode(), others


def _findings(document: Value) -> Iterator[Finding]:
    for _, analyzers in document.members():
        for name, found in analyzers.members():
            if isinstance(found.raw, dict):
                raise unreadable("go vet", f"{name} failed: {json.dumps(found.raw)}")
            for one in found.items():
                yield _finding(name, one)


def _finding(analyzer: str, entry: Value) -> Finding:
    place = entry.key("posn").text()
    found = _PLACE.fullmatch(place)
    return Finding(
        measure="type.errors",
        rule=analyzer,
        message=entry.key("message").text(),
        severity=Severity.HIGH,
        path=found["path"] if found else None,
        line=int(found["line"]) if found else None,
        column=int(found["column"]) if found and found["column"] else None,
    )


def _compile_errors(text: list[str]) -> Iterator[Finding]:
    for line in lines("\n".join(text).encode()):
        found = PLACED.fullmatch(line)
        if found:
            yield Finding(
                measure="type.errors",
                rule="compile",
                message=found["what"].strip(),
                severity=Severity.HIGH,
                path=found["path"],
                line=int(found["line"]),
                column=int(found["column"]) if found["column"] else None,
            )
        elif not _SILENT.match(line):
            raise unreadable("go vet", line)
