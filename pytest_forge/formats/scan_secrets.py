"""The report of forge's own probe `scan_secrets`: detect-secrets' document, and what was read."""

from pytest_forge.formats import detect_secrets
from pytest_forge.formats.reading import parse_json
from pytest_forge.model import Report


def parse(data: bytes) -> Report:
    """Return `secrets` as findings, and the measures `detectors` and `files.scanned`.

    A note tells how many secrets the project allows by a mark on their line. Raises
    `OutputUnreadable`.
    """
    document = parse_json(data, "scan_secrets")
    files = document.key("files").count()
    allowed = document.key("allowed").count()
    note = f"secrets that lines marked `pragma: allowlist secret` hold: {allowed}"
    notes = (note,) if allowed else ()
    counted = Report(measures={"files.scanned": files}, notes=notes)
    return detect_secrets.parse(data).merged(counted)
