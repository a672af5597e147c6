"""detect-secrets' JSON report (`detect-secrets scan`), which also is its baseline file.

The report holds only a hash of each secret, and not even that leaves this module.
"""

from collections.abc import Iterator

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Finding, Report, Severity


def parse(data: bytes) -> Report:
    """Return `secrets` as findings, and the number of active `detectors`.

    Raises `OutputUnreadable`.
    """
    document = parse_json(data, "detect-secrets")
    document.key("version").text()
    detectors = [plugin.key("name").text() for plugin in document.key("plugins_used").items()]
    findings = tuple(
        finding
        for path, secrets in document.key("results").members()
        for finding in _findings(path, secrets)
    )
    return Report(findings=findings, measures={"detectors": len(detectors)})


def _findings(path: str, secrets: Value) -> Iterator[Finding]:
    for secret in secrets.items():
        kind = secret.key("type").text()
        if secret.key("filename").text() != path:
            raise unreadable("detect-secrets", f"{secret.at} stands under another file")
        yield Finding(
            measure="secrets",
            rule=kind,
            message=f"possible secret: {kind}",
            severity=Severity.HIGH,
            path=path,
            line=secret.key("line_number").count(),
        )
