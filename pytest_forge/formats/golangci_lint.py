"""golangci-lint's JSON report (version 2, `--output.json.path`)."""

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Finding, Report, Severity

_SEVERITIES = {
    "error": Severity.HIGH,
    "high": Severity.HIGH,
    "warning": Severity.MEDIUM,
    "medium": Severity.MEDIUM,
    "low": Severity.LOW,
    "info": Severity.INFO,
}


def parse(data: bytes) -> Report:
    """Return each issue as a finding of `lint.findings`, and `linters`: how many are enabled.

    Raises `OutputUnreadable`, also where golangci-lint itself tells of an error.
    """
    document = parse_json(data, "golangci-lint")
    report = document.key("Report")
    error = report.optional("Error")
    if error is not None and error.text():
        raise unreadable("golangci-lint", error.text())
    issues = document.optional("Issues")
    findings = [_finding(one) for one in issues.items()] if issues else []
    enabled = [one for one in report.key("Linters").items() if _is_enabled(one)]
    warnings = report.optional("Warnings")
    return Report(
        findings=tuple(findings),
        measures={"linters": len(enabled)},
        notes=tuple(_warning(one) for one in warnings.items()) if warnings else (),
    )


def _is_enabled(linter: Value) -> bool:
    linter.key("Name").text()
    enabled = linter.optional("Enabled")
    return enabled is not None and enabled.flag()


def _warning(entry: Value) -> str:
    return f"golangci-lint: {entry.key('Text').text()}"


def _finding(issue: Value) -> Finding:
    place = issue.key("Pos")
    line, column = place.key("Line").count(), place.key("Column").count()
    severity = issue.optional("Severity")
    return Finding(
        measure="lint.findings",
        rule=issue.key("FromLinter").text(),
        message=issue.key("Text").text(),
        severity=_SEVERITIES.get(severity.text().lower() if severity else "", Severity.MEDIUM),
        path=place.key("Filename").text(),
        line=line or None,
        column=column or None,
    )
