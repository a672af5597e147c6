"""Checkstyle's XML report, which other linters can write too."""

from pytest_forge.formats.markup import attribute, line_of, parse_xml
from pytest_forge.formats.reading import unreadable
from pytest_forge.model import Finding, Report, Severity

_LEVELS = {"error": Severity.HIGH, "warning": Severity.MEDIUM, "info": Severity.INFO}
_TOOL = "checkstyle"


def parse(data: bytes) -> Report:
    """Return the violations as `lint.findings`, and `files.checked`.

    What has the severity `info` is no violation. Raises `OutputUnreadable`, also where checkstyle
    could not read a file.
    """
    root = parse_xml(data, _TOOL, "checkstyle")
    findings = []
    files = root.findall("file")
    for file in files:
        path = attribute(file, "name", _TOOL)
        if file.find("exception") is not None:
            raise unreadable(_TOOL, f"it could not examine {path.rpartition('/')[2]}")
        for error in file.iterfind("error"):
            severity = _LEVELS.get(attribute(error, "severity", _TOOL))
            if severity is None:
                raise unreadable(_TOOL, f"a severity is {error.get('severity')!r}")
            if severity is Severity.INFO:
                continue
            findings.append(
                Finding(
                    measure="lint.findings",
                    # The check's class; its package says nothing to people.
                    rule=attribute(error, "source", _TOOL).rpartition(".")[2],
                    message=attribute(error, "message", _TOOL),
                    severity=severity,
                    path=path,
                    line=line_of(error, "line", _TOOL),
                    column=line_of(error, "column", _TOOL),
                )
            )
    return Report(findings=tuple(findings), measures={"files.checked": len(files)})
