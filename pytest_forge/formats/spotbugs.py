"""SpotBugs' SARIF: what concerns security is a finding of its own, the rest is a linter's.

A rule's category stands in its tags. A file is named by its package, as in the class file. What
SpotBugs puts into its category SECURITY ("a use of untrusted input in a way that could create a
remotely exploitable security vulnerability") is high, unless SpotBugs itself takes it for a note.
"""

from dataclasses import replace

from pytest_forge.formats import sarif
from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Finding, Report, Severity

BUGS = "bugs"
"""The measure of what concerns no security."""

_SECURITY = frozenset({"SECURITY", "MALICIOUS_CODE"})


def parse(data: bytes) -> Report:
    """Return those of security as `findings`, other bugs as `bugs`, and `spotbugs.reports` (1).

    Raises `OutputUnreadable`, also where SpotBugs says that it did not succeed.
    """
    document = parse_json(data, "SpotBugs")
    runs = list(document.key("runs").items())
    if len(runs) != 1 or runs[0].key("tool").key("driver").key("name").text() != "SpotBugs":
        raise unreadable("SpotBugs", "it is no report of SpotBugs")
    tags = _tags(runs[0])
    report = sarif.parse(data)
    findings = tuple(_sorted(one, tags.get(one.rule, frozenset())) for one in report.findings)
    return replace(report, findings=findings, measures={"spotbugs.reports": 1})


def _tags(run: Value) -> dict[str, frozenset[str]]:
    rules = run.key("tool").key("driver").optional("rules")
    found = {}
    for rule in rules.items() if rules else ():
        properties = rule.optional("properties")
        tags = properties.optional("tags") if properties else None
        names = frozenset(tag.text() for tag in tags.items()) if tags else frozenset()
        found[rule.key("id").text()] = names
    return found


def _sorted(finding: Finding, tags: frozenset[str]) -> Finding:
    if not tags & _SECURITY:
        return replace(finding, measure=BUGS)
    remote = "SECURITY" in tags and finding.severity is Severity.MEDIUM
    return replace(finding, severity=Severity.HIGH) if remote else finding
