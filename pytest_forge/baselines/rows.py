"""The form of a baseline's file, which is called `baseline-1`."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict
from functools import partial
from typing import Any

from pytest_forge.baselines.documents import Value
from pytest_forge.baselines.entries import Acceptance, Baseline, Held, KnownFinding, KnownMeasure

SCHEMA = "baseline-1"
_SECTIONS = (
    *("schema", "manifest", "acceptances"),
    *("findings", "measures", "surface", "artifacts"),
)
_OPTIONAL = ("message", "path")
_REQUIRED = ("accepted", "content", "fingerprint", "measure", "rule")


def document_of(baseline: Baseline) -> dict[str, Any]:
    """Return what is written of a baseline; sections without an entry are left out."""
    rows: dict[str, Any] = {
        "acceptances": {key: _row(one) for key, one in baseline.acceptances.items()},
        "findings": {check: _finding_rows(found) for check, found in baseline.findings.items()},
        "measures": {
            check: {name: _row(one) for name, one in known.items()}
            for check, known in baseline.measures.items()
        },
        "surface": {check: _line_rows(lines) for check, lines in baseline.surface.items()},
        "artifacts": {check: dict(sizes) for check, sizes in baseline.artifacts.items()},
    }
    filled = {name: section for name, section in rows.items() if section}
    return {"schema": SCHEMA, "manifest": baseline.manifest, **filled}


def _finding_rows(found: Iterable[KnownFinding]) -> list[dict[str, Any]]:
    ordered = sorted(found, key=lambda one: (one.path, one.rule, one.fingerprint))
    return [
        {name: value for name, value in _row(one).items() if value not in ("", None)}
        for one in ordered
    ]


def _line_rows(lines: Iterable[str]) -> list[dict[str, str]]:
    # Each line an object of its own, so that each stands on a line of the file.
    return [{"item": line} for line in sorted(lines)]


def _row(one: Acceptance | KnownFinding | KnownMeasure) -> dict[str, Any]:
    return dict(sorted(asdict(one).items()))


def baseline_of(value: Value, manifest: str) -> Baseline:
    """Return the baseline that a document holds; `ConfigurationError` where it is not whole."""
    schema = value.key("schema")
    if schema.raw != SCHEMA:
        schema.wrong(f"the schema is {schema.raw!r}, not {SCHEMA!r}", "update pytest-forge")
    if value.key("manifest").string() != manifest:
        value.key("manifest").wrong(f"this is not the baseline of {manifest}")
    value.only(*_SECTIONS)
    accepted = _read(value.optional("acceptances"), _acceptance)
    return Baseline(
        manifest=manifest,
        findings=_read(value.optional("findings"), partial(_findings, accepted=accepted.keys())),
        measures=_read(value.optional("measures"), partial(_measures, accepted=accepted.keys())),
        surface=_read(value.optional("surface"), _lines),
        artifacts=_read(value.optional("artifacts"), partial(_read, read=Value.number)),
        acceptances=accepted,
    )


def _read(value: Value | None, read: Callable[[Value], Held]) -> dict[str, Held]:
    """Return each member's content by its name; a section that is not there has no member."""
    return {} if value is None else {name: read(one) for name, one in value.members()}


def _lines(value: Value) -> tuple[str, ...]:
    return tuple(line.key("item").string() for line in value.items())


def _acceptance(value: Value) -> Acceptance:
    value.only("by", "on", "reason")
    if not value.key("reason").string().strip():
        value.key("reason").wrong("the reason is empty", "say why these entries were accepted")
    return Acceptance(*(value.key(name).string() for name in ("reason", "by", "on")))


def _findings(value: Value, accepted: Collection[str]) -> tuple[KnownFinding, ...]:
    found: dict[str, KnownFinding] = {}
    for row in value.items():
        one = _finding(row, accepted)
        if one.fingerprint in found:
            row.wrong(f"the finding {one.fingerprint} stands twice", "remove one of the two lines")
        found[one.fingerprint] = one
    return tuple(found.values())


def _finding(row: Value, accepted: Collection[str]) -> KnownFinding:
    row.only(*_REQUIRED, *_OPTIONAL, "value")
    texts = {name: row.key(name).string() for name in _REQUIRED}
    for name in _OPTIONAL:
        given = row.optional(name)
        texts[name] = "" if given is None else given.string()
    value = row.optional("value")
    _require_acceptance(row, accepted)
    return KnownFinding(**texts, value=None if value is None else value.number())


def _measures(value: Value, accepted: Collection[str]) -> dict[str, KnownMeasure]:
    return _read(value, partial(_measure, accepted=accepted))


def _measure(row: Value, accepted: Collection[str]) -> KnownMeasure:
    row.only("accepted", "value")
    _require_acceptance(row, accepted)
    return KnownMeasure(row.key("value").number(), row.key("accepted").string())


def _require_acceptance(row: Value, accepted: Collection[str]) -> None:
    name = row.key("accepted").string()
    if name not in accepted:
        row.key("accepted").wrong(
            f'there is no acceptance "{name}"',
            "add it to `acceptances` with its reason, or remove the entry",
        )
