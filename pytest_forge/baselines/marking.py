"""The steps of a verdict that concern the baseline: known findings are marked, never removed."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from pytest_forge.baselines.entries import HELD, Known, KnownFinding
from pytest_forge.baselines.fingerprints import SourceLine, content_of
from pytest_forge.baselines.matching import Matched, Sense, is_worse, match
from pytest_forge.judging import Gate, Limit
from pytest_forge.model import Finding, Report
from pytest_forge.phrases import counted

_SPLIT = "findings."


def known_marked(report: Report, gate: Gate, known: Known, source_line: SourceLine) -> Report:
    """Mark the findings that the baseline knows, and say how many they are and what is stale.

    A known finding with a value stays known while the value gets no worse.
    """
    if not known.findings:
        return report
    matched = matched_findings(report.findings, known, source_line)
    senses = adoptable(gate)
    findings = tuple(
        _marked(one, matched.entries.get(place), senses)
        for place, one in enumerate(report.findings)
    )
    return replace(
        report, findings=findings, notes=(*report.notes, *_remarks(findings, matched, known))
    )


def adopted(report: Report, broken: Iterable[Limit]) -> Report:
    """Mark the findings that nothing holds and that break a limit of which a baseline may adopt."""
    measures = {limit.measure for limit in broken if limit.adopts == "findings"}
    findings = tuple(
        replace(one, held_by=HELD)
        if one.held_by is None and measures & {one.measure, f"{one.measure}.{one.severity}"}
        else one
        for one in report.findings
    )
    count = sum(now is not before for now, before in zip(findings, report.findings, strict=True))
    if not count:
        return report
    note = f"adopted into the baseline: {counted(count, 'finding')}"
    return replace(report, findings=findings, notes=(*report.notes, note))


def matched_findings(
    findings: Collection[Finding], known: Known, source_line: SourceLine
) -> Matched:
    """Return the known findings among `findings`, whatever gate they are judged by."""
    return match(
        tuple(findings), known.findings, lambda one: content_of(one, source_line), known.moves
    )


def adoptable(gate: Gate) -> dict[str, Sense]:
    """Return the measures of which a baseline may know findings, with the sense of their limit."""
    return {
        _SPLIT[:-1] if limit.measure.startswith(_SPLIT) else limit.measure: limit.sense
        for limit in gate.limits
        if limit.adopts == "findings"
    }


def _marked(finding: Finding, entry: KnownFinding | None, senses: dict[str, Sense]) -> Finding:
    sense = senses.get(finding.measure)
    if entry is None or sense is None or finding.held_by is not None:
        return finding
    if is_worse(finding.value, entry.value, sense):
        return replace(finding, message=f"{finding.message} (known at {entry.value:g})")
    return replace(finding, held_by=HELD)


def _remarks(findings: Collection[Finding], matched: Matched, known: Known) -> Iterable[str]:
    count = sum(one.held_by == HELD for one in findings)
    if count:
        yield f"known findings: {count}, held by the baseline"
    if matched.stale and not known.adopts:
        yield (
            f"stale in the baseline: {counted(len(matched.stale), 'finding')} that "
            f"{'is' if len(matched.stale) == 1 else 'are'} no more; "
            "--forge-update-baseline removes them"
        )
