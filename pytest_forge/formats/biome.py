"""Biome's JSON (`biome lint --reporter=json`, `biome format --reporter=json`).

Its summary counts the files that were looked at and the findings of each severity, so that a report
which does not hold all of them is seen.
"""

from collections.abc import Mapping

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Finding, Report, Severity

_COUNTED = {"error": "errors", "warning": "warnings", "info": "infos"}
_HINT = "info"
_UNFORMATTED = frozenset({"format", "parse"})
_NOT_OF_THE_CODE = ("fs/", "internalError/")


def parse_lint(data: bytes) -> Report:
    """Return each error and warning as a finding of `lint.findings`, and `files.checked`.

    What Biome tells as information is a hint, and none. Raises `OutputUnreadable`, also where Biome
    could not read a file.
    """
    document, diagnostics = _read(data, "lint")
    told = (one for one in diagnostics if one.key("severity").text() != _HINT)
    # What can't be parsed is told once for each attempt to.
    findings = {_finding(one) for one in told}
    return _report(document, sorted(findings, key=_place))


def parse_format(data: bytes) -> Report:
    """Return each file that is not formatted, or can't be, as a finding of `files.unformatted`.

    Raises `OutputUnreadable`, also where Biome could not read a file.
    """
    document, diagnostics = _read(data, "format")
    why: dict[str, str] = {}
    for one in diagnostics:
        kind, path = one.key("category").text(), one.key("location").key("path").text()
        if kind not in _UNFORMATTED:
            raise unreadable("biome", f"it says {kind}: {_message(one)}")
        if kind == "parse":
            why[path] = f"biome can't parse this file: {_message(one)}"
        why.setdefault(path, "biome would change this file")
    findings = [
        Finding("files.unformatted", "biome", said, Severity.LOW, path)
        for path, said in sorted(why.items())
    ]
    return _report(document, findings)


def _read(data: bytes, command: str) -> tuple[Value, list[Value]]:
    """Return the document and its diagnostics; refuse a report that does not hold all of them."""
    document = parse_json(data, "biome")
    if document.key("command").text() != command:
        raise unreadable("biome", f"it is not the report of `biome {command}`")
    diagnostics = list(document.key("diagnostics").items())
    summary = document.key("summary")
    # Of a file that can't be parsed it is said once that it stays as it is, which is not counted.
    untold = summary.key("skipped").count() if command == "format" else 0
    _demand_all(summary, [one.key("severity").text() for one in diagnostics], {"error": untold})
    for one in diagnostics:
        if one.key("category").text().startswith(_NOT_OF_THE_CODE):
            raise unreadable("biome", f"{one.key('location').key('path').text()}: {_message(one)}")
    return document, diagnostics


def _demand_all(summary: Value, severities: list[str], untold: Mapping[str, int]) -> None:
    """Refuse a summary that counts other diagnostics than these, less those `untold`."""
    if summary.key("diagnosticsNotPrinted").count():
        raise unreadable("biome", "it does not print every diagnostic")
    for severity, name in _COUNTED.items():
        if summary.key(name).count() + untold.get(severity, 0) != severities.count(severity):
            raise unreadable("biome", f"$.summary.{name} is not the number of its diagnostics")
    if {*severities} - {*_COUNTED}:
        raise unreadable("biome", f"a severity is none of {', '.join(_COUNTED)}")


def _finding(one: Value) -> Finding:
    location, rule = one.key("location"), one.key("category").text()
    start, end = location.key("start"), location.key("end")
    return Finding(
        measure="lint.findings",
        # What can't be parsed breaks no rule.
        rule="syntax" if rule == "parse" else rule.removeprefix("lint/"),
        message=_message(one),
        severity=Severity.LOW,
        path=location.key("path").text(),
        line=start.key("line").count() or None,
        last_line=end.key("line").count() or None,
        column=start.key("column").count() or None,
    )


def _message(one: Value) -> str:
    return " ".join(one.key("message").text().split())


def _place(one: Finding) -> tuple[str, int, int, str]:
    return (one.path or "", one.line or 0, one.column or 0, one.rule)


def _report(document: Value, findings: list[Finding]) -> Report:
    summary = document.key("summary")
    looked = summary.key("changed").count() + summary.key("unchanged").count()
    return Report(findings=tuple(findings), measures={"files.checked": looked})
