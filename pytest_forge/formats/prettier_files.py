"""The report of forge's own probe `prettier_files`: what prettier says of each file."""

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Finding, Report, Severity

_FINDINGS = {
    "unformatted": "prettier would change this file",
    "broken": "prettier can't parse this file",
}
_LEFT_OUT = frozenset({"ignored", "unknown"})


def parse(data: bytes) -> Report:
    """Return each file that is not formatted as a finding of `files.unformatted`.

    `files.checked` are those that prettier does not ignore. Raises `OutputUnreadable`.
    """
    document = parse_json(data, "prettier_files")
    if document.key("schema").text() != "prettier-files-1":
        raise unreadable("prettier_files", "its schema is not prettier-files-1")
    findings, checked = [], 0
    for file in document.key("files").items():
        state = file.key("state").text()
        if state not in {"formatted", *_FINDINGS, *_LEFT_OUT}:
            raise unreadable("prettier_files", f"{file.at}.state is {state!r}")
        checked += state not in _LEFT_OUT
        if state in _FINDINGS:
            findings.append(_finding(file, _FINDINGS[state]))
    return Report(findings=tuple(findings), measures={"files.checked": checked})


def _finding(file: Value, message: str) -> Finding:
    why = file.optional("why")
    return Finding(
        measure="files.unformatted",
        rule="prettier",
        message=f"{message}: {why.text()}" if why else message,
        severity=Severity.LOW,
        path=file.key("path").text(),
    )
