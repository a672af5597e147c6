"""pyright's JSON report (`--outputjson`)."""

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Finding, Report, Severity


def parse(data: bytes) -> Report:
    """Return errors (`type.errors`) and `files.checked`; raises `OutputUnreadable`.

    Warnings and information stay a note: pyright itself passes with them.
    """
    document = parse_json(data, "pyright")
    summary = document.key("summary")
    diagnostics = list(document.key("generalDiagnostics").items())
    errors = [one for one in diagnostics if one.key("severity").text() == "error"]
    if len(errors) != summary.key("errorCount").count():
        raise unreadable("pyright", "its diagnostics and its error count differ")
    warnings = summary.key("warningCount").count()
    return Report(
        findings=tuple(_finding(error) for error in errors),
        measures={"files.checked": summary.key("filesAnalyzed").count()},
        notes=(f"pyright warnings: {warnings}",) if warnings else (),
    )


def _finding(diagnostic: Value) -> Finding:
    rule = diagnostic.optional("rule")
    place = diagnostic.optional("range")
    start = place.key("start") if place else None
    return Finding(
        measure="type.errors",
        rule=rule.text() if rule else "pyright",
        message=diagnostic.key("message").text(),
        severity=Severity.HIGH,
        path=diagnostic.key("file").text(),
        # The language server protocol counts from 0.
        line=start.key("line").count() + 1 if start else None,
        column=start.key("character").count() + 1 if start else None,
    )
