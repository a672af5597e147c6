"""gosec's JSON report (`gosec -fmt json`)."""

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Finding, Report, Severity

_SEVERITIES = {"HIGH": Severity.HIGH, "MEDIUM": Severity.MEDIUM, "LOW": Severity.LOW}


def parse(data: bytes) -> Report:
    """Return `findings`, `lines.scanned` and `files.scanned`; what `#nosec` holds is in a note.

    Raises `OutputUnreadable`, also where gosec could not read a package: what is in it was not
    examined then.
    """
    document = parse_json(data, "gosec")
    # Beside those of a file there are go's own words, under no name.
    for path, errors in sorted(document.key("Golang errors").members(), reverse=True, key=_name):
        for error in errors.items():
            raise unreadable("gosec", f"{path}: {error.key('error').text()}")
    stats = document.key("Stats")
    issues = [_finding(one) for one in _items(document.optional("Issues"))]
    if stats.key("found").count() != len(issues):
        raise unreadable("gosec", "it does not hold as many issues as it says")
    held = stats.key("nosec").count()
    return Report(
        findings=tuple(issues),
        measures={
            "lines.scanned": stats.key("lines").count(),
            "files.scanned": stats.key("files").count(),
        },
        notes=(f"#nosec comments: {held}",) if held else (),
    )


def _name(member: tuple[str, Value]) -> str:
    return member[0]


def _items(issues: Value | None) -> list[Value]:
    return [] if issues is None else list(issues.items())


def _finding(issue: Value) -> Finding:
    severity = issue.key("severity").text()
    if severity not in _SEVERITIES:
        raise unreadable("gosec", f"{issue.at} has the severity {severity!r}")
    # Of a statement on several lines gosec gives "12-14".
    line, _, last = issue.key("line").text().partition("-")
    column = issue.key("column").text()
    if not line.isdecimal() or not column.isdecimal():
        raise unreadable("gosec", f"{issue.at} has no place")
    weakness = issue.optional("cwe")
    return Finding(
        measure="findings",
        rule=issue.key("rule_id").text(),
        message=issue.key("details").text(),
        severity=_SEVERITIES[severity],
        path=issue.key("file").text(),
        line=int(line),
        last_line=int(last) if last.isdecimal() else None,
        column=int(column),
        help_url=weakness.key("url").text() if weakness else "",
    )
