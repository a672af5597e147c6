"""From a run's results to the next baseline: it shrinks by itself, grows with a reason alone."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from textwrap import shorten

from pytest_forge.baselines import sizes, surfaces
from pytest_forge.baselines.entries import (
    HELD,
    Acceptance,
    Baseline,
    KnownFinding,
    KnownMeasure,
    Moves,
)
from pytest_forge.baselines.marking import adoptable
from pytest_forge.baselines.matching import Content, Sense, is_worse, match
from pytest_forge.judging import Gate, Limit
from pytest_forge.model import Finding, Outcome
from pytest_forge.results import CheckResult, LimitResult

MEASURED = (Outcome.PASSED, Outcome.FAILED, Outcome.WAIVED)
"""The outcomes of checks that ran to their end; the entries of any other are left alone."""

_LONGEST = 100
_UNSPOKEN = frozenset({"secrets"})
"""Measures whose findings' messages are not stored: one might tell what is to be kept."""


@dataclass(frozen=True)
class Evidence:
    """What tells findings again: their content, and where files have moved."""

    content: Content
    moves: Moves | None = None


def updated(
    baseline: Baseline,
    results: Iterable[tuple[str, CheckResult, Gate]],
    evidence: Evidence,
    acceptance: Acceptance | None = None,
) -> Baseline:
    """Return the baseline after a run; a result comes with its `gate::check` and its gate.

    Fixed findings go, better values are kept, findings in moved files follow them. What is new or
    worse is added only where there is an acceptance.
    """
    key = "" if acceptance is None else key_of(acceptance)
    findings, measures = dict(baseline.findings), dict(baseline.measures)
    surface, artifacts = dict(baseline.surface), dict(baseline.artifacts)
    for check, result, gate in results:
        if result.outcome in MEASURED:
            known = baseline.findings.get(check, ())
            findings[check] = _findings(known, result, gate, evidence, key)
            measures[check] = _measures(baseline.measures.get(check, {}), result, gate, key)
            lines = baseline.surface.get(check, ())
            surface[check] = surfaces.updated(lines, result.surface, bool(key))
            weighed = baseline.artifacts.get(check, {})
            artifacts[check] = sizes.updated(weighed, result.timings, bool(key))
    accepted = {} if acceptance is None else {key: acceptance}
    return replace(
        baseline,
        findings=findings,
        measures=measures,
        surface=surface,
        artifacts=artifacts,
        acceptances={**baseline.acceptances, **accepted},
    ).tidied()


def key_of(acceptance: Acceptance) -> str:
    """Return the short name by which entries name an acceptance; the same one has the same."""
    parts = (acceptance.reason, acceptance.by, acceptance.on)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:8]


def _findings(
    known: tuple[KnownFinding, ...],
    result: CheckResult,
    gate: Gate,
    evidence: Evidence,
    accepted: str,
) -> tuple[KnownFinding, ...]:
    matched = match(result.findings, known, evidence.content, evidence.moves)
    senses = adoptable(gate)
    kept: dict[str, KnownFinding] = {}
    for place, finding in enumerate(result.findings):
        sense = senses.get(finding.measure)
        entry = matched.entries.get(place)
        if sense is None:
            continue
        if entry is not None:
            kept[finding.fingerprint] = _followed(entry, finding, sense, accepted)
        elif accepted and finding.held_by == HELD:
            kept[finding.fingerprint] = _entry(finding, evidence.content, accepted)
    return tuple(kept.values())


def _entry(finding: Finding, content: Content, accepted: str) -> KnownFinding:
    message = "" if finding.measure in _UNSPOKEN else finding.subject or finding.message
    return KnownFinding(
        rule=finding.rule,
        path=finding.path or "",
        fingerprint=finding.fingerprint,
        content=content(finding),
        measure=finding.measure,
        accepted=accepted,
        message=shorten(message, _LONGEST, placeholder="..."),
        value=finding.value,
    )


def _followed(entry: KnownFinding, finding: Finding, sense: Sense, accepted: str) -> KnownFinding:
    """Return the entry at the place where its finding is now, with the better of both values."""
    entry = replace(entry, path=finding.path or "", fingerprint=finding.fingerprint)
    if not is_worse(finding.value, entry.value, sense):
        return replace(entry, value=finding.value)
    if accepted and finding.held_by == HELD:
        return replace(entry, value=finding.value, accepted=accepted)
    return entry


def _measures(
    known: Mapping[str, KnownMeasure], result: CheckResult, gate: Gate, accepted: str
) -> dict[str, KnownMeasure]:
    rows = {row.name: row for row in result.limits}
    kept = {name: one for name, one in known.items() if name not in rows}
    for limit in gate.limits:
        row = rows.get(limit.measure)
        if row is not None and limit.adopts == "value" and not limit.met(row.actual, _stated(row)):
            bound = _bound(known.get(limit.measure), limit, row.actual, accepted)
            if bound is not None:
                kept[limit.measure] = bound
    return kept


def _bound(
    before: KnownMeasure | None, limit: Limit, actual: float, accepted: str
) -> KnownMeasure | None:
    """Return the next bound of a measure that misses its limit: the better value, or the accepted.

    None where nothing was known of it and nobody accepts it.
    """
    if before is not None and limit.met(actual, before.value):
        return replace(before, value=actual)
    return KnownMeasure(actual, accepted) if accepted else before


def _stated(row: LimitResult) -> float:
    return row.limit if row.stated is None else row.stated
