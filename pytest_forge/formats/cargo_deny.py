"""What `cargo deny --format json --log-level info check licenses` writes to standard error.

A JSON document a line: diagnostics, log records, and a summary that comes last.
"""

import re
from collections.abc import Iterable

from pytest_forge.formats.reading import Value, parse_json_lines, unreadable
from pytest_forge.model import Finding, Report, Severity

_GATHERED = re.compile(r"gathered (\d+) crates in ")


def parse(data: bytes) -> Report:
    """Return refused packages as `licenses.refused`, and how many `packages.examined`.

    Raises `OutputUnreadable`, also where the summary counts other errors than are told.
    """
    entries = list(parse_json_lines(data, "cargo-deny"))
    if not data.endswith(b"\n") or not entries or entries[-1].key("type").text() != "summary":
        raise unreadable("cargo-deny", "it does not end with its summary")
    summary = entries.pop().key("fields").key("licenses")
    findings: list[Finding] = []
    for entry in entries:
        fields = entry.key("fields")
        if entry.key("type").text() == "diagnostic" and fields.key("severity").text() == "error":
            findings.append(_finding(fields))
    counted = summary.key("errors").count()
    if counted != len(findings):
        raise unreadable("cargo-deny", f"it tells {len(findings)} errors, but counts {counted}")
    return Report(findings=tuple(findings), measures={"packages.examined": _examined(entries)})


def _examined(entries: Iterable[Value]) -> int:
    for entry in entries:
        if entry.key("type").text() == "log":
            found = _GATHERED.match(entry.key("fields").key("message").text())
            if found:
                return int(found[1])
    raise unreadable("cargo-deny", "it does not tell how many crates it gathered")


def _finding(fields: Value) -> Finding:
    graphs = list(fields.key("graphs").items())
    said = [label.key("message").text() for label in fields.key("labels").items()]
    spans = [label.key("span").text() for label in fields.key("labels").items()]
    told = [f"{span}: {message}" for span, message in zip(spans, said, strict=True) if message]
    what = fields.key("message").text() + (f" ({'; '.join(told)})" if told else "")
    if not graphs:
        code = fields.key("code").text()
        return Finding("licenses.refused", code, what, Severity.HIGH)
    crate = graphs[0].key("Krate")
    name, version = crate.key("name").text(), crate.key("version").text()
    # The package is the rule, so that a waiver for one does not hold for every other.
    return Finding("licenses.refused", name, f"{name} {version}: {what}", Severity.HIGH)
