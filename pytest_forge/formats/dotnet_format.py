"""The report of `dotnet format --report`: JSON, `[]` where nothing is to be changed."""

from pytest_forge.formats.reading import Value, parse_json
from pytest_forge.model import Finding, Report, Severity

_TOOL = "dotnet format"
# What its whitespace formatter and those beside it name their changes by (dotnet/format, `Analyzer`
# and `Formatters`); all others are rules of code style and of analyzers.
_FORMATTING = frozenset(
    {"WHITESPACE", "IMPORTS", "FINALNEWLINE", "CHARSET", "ENDOFLINE", "IDE0055"}
)


def parse(data: bytes) -> Report:
    """Return each file that it would format as one finding, and each rule's result as another.

    Raises `OutputUnreadable`.
    """
    files: dict[str, Finding] = {}
    lint: list[Finding] = []
    for entry in parse_json(data, _TOOL).items():
        path = entry.key("FilePath").text()
        for change in entry.key("FileChanges").items():
            finding = _finding(path, change)
            if finding.rule in _FORMATTING:
                files.setdefault(path, finding)
            else:
                lint.append(finding)
    return Report(findings=(*files.values(), *dict.fromkeys(lint)))


def _finding(path: str, change: Value) -> Finding:
    rule = change.key("DiagnosticId").text()
    said = change.key("FormatDescription").text()
    # Of a rule it is "warning IDE0005: ...".
    message = said.partition(f"{rule}: ")[2] or said
    return Finding(
        measure="files.unformatted" if rule in _FORMATTING else "lint.findings",
        rule=rule,
        message=message,
        severity=Severity.LOW,
        path=path,
        line=change.key("LineNumber").count() or None,
        column=change.key("CharNumber").count() or None,
    )
