"""npm's audit (`npm audit --json`, report version 2).

Where the registry has no answer npm prints an object with `error`, or one without vulnerabilities.
"""

from collections.abc import Iterator

from pytest_forge.errors import NoReference
from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Finding, Report, Severity

_SEVERITIES = {
    "critical": Severity.CRITICAL,
    "high": Severity.HIGH,
    "moderate": Severity.MEDIUM,
    "low": Severity.LOW,
    "info": Severity.INFO,
}


def parse(data: bytes) -> Report:
    """Return each advisory of each package as one of `findings`, and `components.audited`.

    Raises `OutputUnreadable`, and `NoReference` where the registry gave no advisory data.
    """
    document = parse_json(data, "npm audit")
    for name in ("message", "error"):
        said = document.optional(name)
        if said is not None and document.optional("vulnerabilities") is None:
            raise NoReference(
                f"the registry gave npm no advisory data: {_words(said)}",
                'give it data with `advisories = { database = "DIR" }` or FORGE_ADVISORIES',
            )
    vulnerable = document.key("vulnerabilities")
    metadata = document.key("metadata")
    counted = metadata.key("vulnerabilities").key("total").count()
    packages = list(vulnerable.members())
    if counted != len(packages):
        raise unreadable("npm audit", f"it names {len(packages)} packages, but counts {counted}")
    found = {one for _, package in packages for one in _findings(package)}
    return Report(
        findings=tuple(sorted(found, key=lambda one: one.message)),
        measures={"components.audited": metadata.key("dependencies").key("total").count()},
    )


def _words(said: Value) -> str:
    if isinstance(said.raw, str):
        return said.text()
    summary = said.optional("summary") or said.optional("code")
    return summary.text() if summary else "it says nothing more"


def _findings(package: Value) -> Iterator[Finding]:
    for via in package.key("via").items():
        if isinstance(via.raw, str):
            continue  # It is vulnerable by another package, which is listed itself.
        name, url = via.key("name").text(), via.key("url").text()
        severity = via.key("severity").text()
        rule = url.rpartition("/")[2]
        yield Finding(
            measure="findings",
            rule=rule,
            message=f"{rule} {name} {via.key('range').text()}: {via.key('title').text()}",
            severity=_SEVERITIES.get(severity, Severity.UNKNOWN),
            help_url=url,
        )
