"""The report of forge's own probe `scan_secrets`: detect-secrets' document, and what was read."""

from pytest_forge.formats import detect_secrets
from pytest_forge.formats.reading import Value, parse_json
from pytest_forge.model import Finding, Report, Severity


def parse(data: bytes) -> Report:
    """Return `secrets` as findings, and the measures `detectors` and `files.scanned`.

    Secrets that stand in new commits alone are findings of `secrets.committed`. A note tells how
    many secrets the project allows by a mark on their line. Raises `OutputUnreadable`.
    """
    document = parse_json(data, "scan_secrets")
    files = document.key("files").count()
    allowed = document.key("allowed").count()
    note = f"secrets that lines marked `pragma: allowlist secret` hold: {allowed}"
    notes = (note,) if allowed else ()
    committed = document.optional("commits")
    counted = Report(
        findings=tuple(map(_committed, committed.items() if committed else ())),
        measures={"files.scanned": files},
        notes=notes,
    )
    return detect_secrets.parse(data).merged(counted)


def _committed(secret: Value) -> Finding:
    kind, line = secret.key("type").text(), secret.key("line_number").count()
    commit = secret.key("commit").text()[:12]
    return Finding(
        measure="secrets.committed",
        rule=kind,
        # The line is the commit's: nobody may look for it in the file as it is now.
        message=f"possible secret: {kind}, on line {line} of what commit {commit} adds",
        severity=Severity.HIGH,
        path=secret.key("filename").text(),
    )
