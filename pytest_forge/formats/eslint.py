"""eslint's JSON (`eslint -f json`): one entry for each file that it has looked at."""

from collections.abc import Iterator

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Finding, Report, Sample, Severity

_IGNORED = "File ignored "
LINTED = "eslint.file"
"""The measure of the samples that name each file that was linted."""


def parse(data: bytes) -> Report:
    """Return each message as a finding of `lint.findings`, and a sample for each file.

    A file that eslint was given, but does not lint, is none. Raises `OutputUnreadable`.
    """
    findings: list[Finding] = []
    files: list[str] = []
    for entry in parse_json(data, "eslint").items():
        messages = list(entry.key("messages").items())
        _require_all(entry, messages)
        if any(one.key("message").text().startswith(_IGNORED) for one in messages):
            continue
        path = entry.key("filePath").text()
        files.append(path)
        findings += _findings(path, messages)
    return Report(
        findings=tuple(findings),
        measures={"files.checked": len(files)},
        samples=tuple(Sample(LINTED, 1, path, path) for path in files),
    )


def _require_all(entry: Value, messages: list[Value]) -> None:
    """Refuse an entry that counts more messages than it holds."""
    levels = [one.key("severity").count() for one in messages]
    for name, level in (("errorCount", 2), ("warningCount", 1)):
        if entry.key(name).count() != levels.count(level):
            raise unreadable("eslint", f"{entry.at}.{name} is not the number of its messages")


def _findings(path: str, messages: list[Value]) -> Iterator[Finding]:
    for one in messages:
        rule, line, column = (one.optional(name) for name in ("ruleId", "line", "column"))
        end = one.optional("endLine")
        yield Finding(
            measure="lint.findings",
            # What can't be parsed breaks no rule.
            rule=rule.text() if rule else "syntax",
            message=" ".join(one.key("message").text().split()),
            severity=Severity.LOW,
            path=path,
            line=line.count() if line else None,
            last_line=end.count() if end else None,
            column=column.count() if column else None,
        )
