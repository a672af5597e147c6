"""govulncheck's stream of messages (`govulncheck -format json`).

Which of the findings the code reaches is read from its SARIF, a document whose end can be seen.
This stream, of a scan of the modules alone, tells how many advisories the database has on what is
used (there are always some on the standard library), and which version mends each.
"""

from collections.abc import Iterator

from pytest_forge.formats.reading import Value, parse_json_stream, unreadable
from pytest_forge.model import Finding, Report, Severity

_KNOWN = frozenset({"config", "SBOM", "progress", "osv", "finding"})


def parse(data: bytes) -> Report:
    """Return `findings`, as low as they are for modules that are only required, and `advisories`.

    The rule is the advisory's id. Raises `OutputUnreadable`.
    """
    advisories: dict[str, str] = {}
    findings: dict[tuple[str, str], Finding] = {}
    configured = False
    for kind, content in _messages(data):
        if kind == "config":
            configured = bool(content.key("scanner_version").text())
        elif kind == "osv":
            summary = content.optional("summary")
            advisories[content.key("id").text()] = summary.text() if summary else ""
        elif kind == "finding":
            for module, finding in _finding(content, advisories):
                findings.setdefault((finding.rule, module), finding)
    if not configured:
        raise unreadable("govulncheck", "it does not say which database it asked")
    return Report(findings=tuple(findings.values()), measures={"advisories": len(advisories)})


def _messages(data: bytes) -> Iterator[tuple[str, Value]]:
    """Yield the kind and the content of each message."""
    for message in parse_json_stream(data, "govulncheck"):
        kinds = [name for name, _ in message.members()]
        if len(kinds) != 1 or kinds[0] not in _KNOWN:
            raise unreadable("govulncheck", f"{message.at} is of the kinds {kinds}")
        yield kinds[0], message.key(kinds[0])


def _finding(content: Value, advisories: dict[str, str]) -> Iterator[tuple[str, Finding]]:
    identifier = content.key("osv").text()
    if identifier not in advisories:
        raise unreadable("govulncheck", f"{content.at} is about {identifier}, which is not there")
    frame = next(content.key("trace").items(), None)
    if frame is None:
        raise unreadable("govulncheck", f"{content.at} has no trace")
    module, version = frame.key("module").text(), frame.key("version").text()
    fixed = content.optional("fixed_version")
    mended = f"-> {fixed.text()}" if fixed else "(no fixed version)"
    yield (
        module,
        Finding(
            measure="findings",
            rule=identifier,
            message=f"{module} {version} {mended}: {advisories[identifier]}",
            severity=Severity.LOW,
            help_url=f"https://pkg.go.dev/vuln/{identifier}",
        ),
    )
