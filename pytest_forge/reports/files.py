"""The one place that writes reports to disk."""

import os
from pathlib import Path

from pytest_forge.errors import ConfigurationError
from pytest_forge.reports import json, markdown, sarif, sbom
from pytest_forge.results import RunReport

# report.json comes last: whoever waits for it finds the others beside it.
WRITERS = {
    "report.sarif": sarif.write,
    "report.md": markdown.write,
    "sbom.cdx.json": sbom.write,
    "report.json": json.write,
}


def write_all(run: RunReport, directory: Path) -> tuple[Path, ...]:
    """Write every report into `directory` and return the paths, `report.json` last.

    All are rendered before the first is written, and each appears at once and whole. Raises
    `ConfigurationError` where the directory can't be written.
    """
    texts = {name: write(run) for name, write in WRITERS.items()}
    try:
        directory.mkdir(parents=True, exist_ok=True)
        return tuple(_replace(directory / name, text) for name, text in texts.items())
    except OSError as error:
        raise ConfigurationError(
            f"reports can't be written to {directory}: {error.strerror or error}; "
            "name another directory with --forge-report"
        ) from error


def _replace(path: Path, text: str) -> Path:
    """Write `text` to a file beside `path` and rename it, so that `path` is never half-written."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return path
