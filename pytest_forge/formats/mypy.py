"""mypy's JSON lines (`-O json`): one object for each error; nothing at all where there is none.

Empty output is therefore a clean result, and the line-count report is the proof of work.
"""

from pytest_forge.formats.reading import Value, parse_json_lines, unreadable
from pytest_forge.model import Finding, Report, Severity


def parse(data: bytes) -> Report:
    """Return each error as a finding of `type.errors`; raises `OutputUnreadable`."""
    findings = (_finding(entry) for entry in parse_json_lines(data, "mypy"))
    return Report(findings=tuple(one for one in findings if one is not None))


def _finding(entry: Value) -> Finding | None:
    severity = entry.key("severity").text()
    if severity not in ("error", "note", "warning"):
        raise unreadable("mypy", f"{entry.at} has the severity {severity!r}")
    code = entry.optional("code")
    line, column = entry.key("line").integer(), entry.key("column").integer()
    finding = Finding(
        measure="type.errors",
        rule=code.text() if code else "mypy",
        message=entry.key("message").text(),
        severity=Severity.HIGH,
        path=entry.key("file").text(),
        # mypy counts columns from 0, and gives -1 where there is no place.
        line=line if line > 0 else None,
        column=column + 1 if column >= 0 else None,
    )
    return finding if severity == "error" else None
