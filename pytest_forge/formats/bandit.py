"""bandit's JSON report (`bandit -f json`)."""

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Finding, Report, Severity

_SEVERITIES = {
    "HIGH": Severity.HIGH,
    "MEDIUM": Severity.MEDIUM,
    "LOW": Severity.LOW,
    "UNDEFINED": Severity.UNKNOWN,
}


def parse(data: bytes) -> Report:
    """Return `findings`, and `lines.scanned` as the proof of work.

    Raises `OutputUnreadable`, also where bandit could not read a file or did not find a path: it
    exits 0 then.
    """
    document = parse_json(data, "bandit")
    for error in document.key("errors").items():
        path, reason = error.key("filename").text(), error.key("reason").text()
        raise unreadable("bandit", f"{path}: {reason}")
    scanned = document.key("metrics").key("_totals").key("loc").count()
    findings = tuple(_finding(result) for result in document.key("results").items())
    return Report(findings=findings, measures={"lines.scanned": scanned})


def _finding(result: Value) -> Finding:
    severity = result.key("issue_severity").text()
    if severity not in _SEVERITIES:
        raise unreadable("bandit", f"{result.at} has the severity {severity!r}")
    help_url = result.optional("more_info")
    return Finding(
        measure="findings",
        rule=result.key("test_id").text(),
        message=result.key("issue_text").text(),
        severity=_SEVERITIES[severity],
        path=result.key("filename").text(),
        line=result.key("line_number").count(),
        last_line=max((one.count() for one in result.key("line_range").items()), default=None),
        help_url=help_url.text() if help_url else "",
    )
