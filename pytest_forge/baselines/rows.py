"""The form of a baseline's file, which is called `baseline-1`."""

from collections.abc import Collection, Iterator
from typing import Any

from pytest_forge.baselines.documents import Value
from pytest_forge.baselines.entries import Acceptance, Baseline, KnownFinding, KnownMeasure

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
        "acceptances": {
            key: {"by": one.by, "on": one.on, "reason": one.reason}
            for key, one in baseline.acceptances.items()
        },
        "findings": {
            check: [_row(one) for one in sorted(found, key=_place)]
            for check, found in baseline.findings.items()
        },
        "measures": {
            check: {
                name: {"accepted": one.accepted, "value": one.value} for name, one in known.items()
            }
            for check, known in baseline.measures.items()
        },
        # Each line an object of its own, so that each stands on a line of the file.
        "surface": {
            check: [{"item": line} for line in sorted(lines)]
            for check, lines in baseline.surface.items()
        },
        "artifacts": {check: dict(sizes) for check, sizes in baseline.artifacts.items()},
    }
    filled = {name: section for name, section in rows.items() if section}
    return {"schema": SCHEMA, "manifest": baseline.manifest, **filled}


def _place(one: KnownFinding) -> tuple[str, str, str]:
    return (one.path, one.rule, one.fingerprint)


def _row(one: KnownFinding) -> dict[str, Any]:
    row = {
        "accepted": one.accepted,
        "content": one.content,
        "fingerprint": one.fingerprint,
        "measure": one.measure,
        "message": one.message,
        "path": one.path,
        "rule": one.rule,
        "value": one.value,
    }
    return {name: value for name, value in row.items() if value not in ("", None)}


def baseline_of(value: Value, manifest: str) -> Baseline:
    """Return the baseline that a document holds; `ConfigurationError` where it is not whole."""
    schema = value.key("schema")
    if schema.raw != SCHEMA:
        schema.wrong(f"the schema is {schema.raw!r}, not {SCHEMA!r}", "update pytest-forge")
    if value.key("manifest").string() != manifest:
        value.key("manifest").wrong(f"this is not the baseline of {manifest}")
    value.only(*_SECTIONS)
    accepted = {key: _acceptance(one) for key, one in _members(value, "acceptances")}
    return Baseline(
        manifest=manifest,
        findings={
            check: _findings(rows, accepted.keys()) for check, rows in _members(value, "findings")
        },
        measures={
            check: {name: _measure(one, accepted.keys()) for name, one in rows.members()}
            for check, rows in _members(value, "measures")
        },
        surface={
            check: tuple(line.key("item").string() for line in lines.items())
            for check, lines in _members(value, "surface")
        },
        artifacts={
            check: {name: size.number() for name, size in sizes.members()}
            for check, sizes in _members(value, "artifacts")
        },
        acceptances=accepted,
    )


def _members(value: Value, section: str) -> Iterator[tuple[str, Value]]:
    found = value.optional(section)
    if found is not None:
        yield from found.members()


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
