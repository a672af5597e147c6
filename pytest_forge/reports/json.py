"""`report.json`: the whole run for other programs, described by `report-1.schema.json`."""

import json
import math
from importlib.resources import files
from typing import Any

from pytest_forge.reports.escape import plain
from pytest_forge.reports.order import ordered
from pytest_forge.reports.serialization import check_to_dict
from pytest_forge.results import CheckResult, Compared, RunReport

SCHEMA = "report-1"


def write(run: RunReport) -> str:
    """Return the run as JSON in a stable order: the same run gives the same text, times aside."""
    run = ordered(run)
    document = {
        "schema": SCHEMA,
        "tool": {"name": "pytest-forge", "version": run.version},
        "root": ".",
        "commit": run.commit,
        "dirty": run.dirty,
        "complete": run.complete,
        "profile": run.profile,
        "since": _since(run.since),
        "notes": list(run.notes),
        "not_run": [
            {"manifest": one.manifest, "gate": one.gate, "why": one.why} for one in run.not_run
        ],
        "passed_over": [{"manifest": one.manifest, "why": one.why} for one in run.passed_over],
        "excluded": list(run.excluded),
        "checks": [_check(check) for check in run.checks],
        "gates": [
            {
                "gate": row.gate,
                "manifest": row.manifest,
                "language": row.language,
                "outcome": str(row.outcome),
            }
            for row in run.gates()
        ],
    }
    return json.dumps(portable(document), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _since(compared: Compared | None) -> dict[str, Any] | None:
    if compared is None:
        return None
    touched = list(compared.touched)
    return {"revision": compared.revision, "base": compared.base, "touched": touched}


def _check(check: CheckResult) -> dict[str, Any]:
    """Return the check's object; a place before the first line or column is no place."""
    document = check_to_dict(check)
    document["reason"] = " ".join(plain(check.reason).split())
    for finding in document["findings"]:
        for key in ("line", "column"):
            if finding[key] is not None and finding[key] < 1:
                finding[key] = None
    return document


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of `report.json`."""
    text = files(__package__).joinpath(f"{SCHEMA}.schema.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def portable(value: Any) -> Any:
    """Return a JSON value that every reader takes.

    Strings lose escapes, control characters and half characters; a number that is not finite,
    which JSON cannot hold, becomes null.
    """
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {plain(key): portable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [portable(inner) for inner in value]
    return value
