"""ruff's lint findings (`ruff check --output-format json`)."""

from pytest_forge.formats.reading import Value, parse_json
from pytest_forge.model import Finding, Report, Severity


def parse(data: bytes) -> Report:
    """Return each violation as a finding of `lint.findings`; raises `OutputUnreadable`."""
    entries = parse_json(data, "ruff").items()
    return Report(findings=tuple(_finding(entry) for entry in entries))


def _finding(entry: Value) -> Finding:
    code, url = entry.optional("code"), entry.optional("url")
    place = entry.key("location")
    return Finding(
        measure="lint.findings",
        # ruff before 0.14 gave syntax errors no code.
        rule=code.text() if code else "invalid-syntax",
        message=entry.key("message").text(),
        severity=Severity.LOW,
        path=entry.key("filename").text(),
        line=place.key("row").count(),
        last_line=entry.key("end_location").key("row").count(),
        column=place.key("column").count(),
        help_url=url.text() if url else "",
    )
