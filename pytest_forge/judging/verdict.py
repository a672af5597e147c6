"""The verdict on one check: what its gate makes of its report."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pytest_forge.baselines import marking, ratchets, surfaces
from pytest_forge.baselines.fingerprints import with_fingerprints
from pytest_forge.changes import unchanged
from pytest_forge.changes.patch_coverage import with_patch_coverage
from pytest_forge.judging import Judgement, limits, reasons, waivers
from pytest_forge.judging.bounds import Judged
from pytest_forge.model import Finding, Outcome, Report, Timing, VersionStep
from pytest_forge.results import LimitResult
from pytest_forge.settings import Waiver


@dataclass(frozen=True, slots=True)
class Verdict:
    """Outcome (failed, waived or passed), the reason on one line, and everything behind both.

    `measures` are what was measured, held findings included; the `limits` are judged on what
    nothing holds. `waivers` are those that fit something here, expired ones included. `step` is
    what the gate says of the declared version, where it has compared with a release.
    """

    outcome: Outcome
    reason: str = ""
    notes: tuple[str, ...] = ()
    measures: Mapping[str, float] = field(default_factory=dict)
    limits: tuple[LimitResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    step: VersionStep | None = None
    timings: tuple[Timing, ...] = ()


def _examine(report: Report, judgement: Judgement) -> Report:
    return judgement.gate.examine(report, judgement.case)


def _turn_excess_into_findings(report: Report, judgement: Judgement) -> Report:
    return replace(report, findings=limits.with_excess(report, judgement))


def _fingerprint(report: Report, judgement: Judgement) -> Report:
    findings = with_fingerprints(report.findings, judgement.source_line)
    return replace(report, findings=findings)


def _know(report: Report, judgement: Judgement) -> Report:
    known, lines = judgement.baseline, judgement.source_line
    return marking.known_marked(report, judgement.gate, known, lines)


def _compare(report: Report, judgement: Judgement) -> Report:
    return unchanged.marked(report, judgement.gate, judgement.case.changes)


def _waive(report: Report, judgement: Judgement) -> Report:
    held = waivers.marked(report.findings, _of_gate(judgement), judgement.case.today)
    return replace(report, findings=held)


def _adopt(report: Report, judgement: Judgement) -> Report:
    if not judgement.baseline.adopts:
        return report
    live, _ = _by_life(_of_gate(judgement), judgement.case.today)
    rows = limits.judged(report, judgement)
    broken = [row.limit for row in rows if not (row.ok or _is_waived(row, live))]
    return marking.adopted(report, broken)


STEPS: tuple[Callable[[Report, Judgement], Report], ...] = (
    # First, so that what the gate's policy finds is treated like what a tool found.
    _examine,
    with_patch_coverage,
    # Before the waivers, so that one function can be waived and not the whole measure.
    _turn_excess_into_findings,
    # After everything that adds findings, and before whatever recognises them.
    _fingerprint,
    # Before the waivers, which are for what the baseline does not hold.
    _know,
    # After the baseline, which is about the whole; what a change did not bring needs no waiver.
    _compare,
    # Almost last: it marks what stands here, and everything that counts afterwards sees the marks.
    _waive,
    # What a waiver answers for need not be known as well.
    _adopt,
)


def judge(report: Report, judgement: Judgement) -> Verdict:
    """Judge a check's report by its gate; `NothingMeasured` where a promised measure is missing."""
    for step in STEPS:
        report = step(report, judgement)
    rows = limits.judged(report, judgement)
    over = [row for row in rows if not row.ok]
    used = [one for one in _of_gate(judgement) if _is_used(one, report, over)]
    live, expired = _by_life(used, judgement.case.today)
    outcome, reason = _outcome(report, judgement, over, live)
    told = expired if outcome is Outcome.WAIVED else live + expired
    return Verdict(
        outcome=outcome,
        reason=reason,
        notes=(
            *report.notes,
            *_of_step(report.step, reason),
            *ratchets.sentences(rows, judgement.baseline),
            *surfaces.remarks(report.surface, judgement.baseline),
            *_sentences(told, judgement),
            *_remarks(report, judgement),
        ),
        measures=limits.measures_of(report, judgement),
        limits=tuple(_row(row) for row in rows),
        findings=report.findings,
        waivers=tuple(used),
        step=report.step,
        timings=report.timings,
    )


def _row(row: Judged) -> LimitResult:
    stated = None if row.bound == row.stated else row.stated
    return LimitResult(row.limit.measure, row.actual, row.bound, row.ok, stated)


def _outcome(
    report: Report, judgement: Judgement, over: Sequence[Judged], live: Sequence[Waiver]
) -> tuple[Outcome, str]:
    """Return the outcome with its reason, which is what the live waivers say where they hold."""
    open_rows = [row for row in over if not _is_waived(row, live)]
    if open_rows:
        return Outcome.FAILED, _reason(open_rows, report)
    outcome = _without_waivers(report, judgement)
    told = live if outcome is Outcome.WAIVED else ()
    return outcome, "; ".join(_sentences(told, judgement))


def _without_waivers(report: Report, judgement: Judgement) -> Outcome:
    """Return WAIVED where a limit would be broken, were it not for the waivers, else PASSED."""
    freed = [
        replace(one, held_by=None) if one.held_by == waivers.HELD else one
        for one in report.findings
    ]
    rows = limits.judged(replace(report, findings=tuple(freed)), judgement)
    return Outcome.PASSED if all(row.ok for row in rows) else Outcome.WAIVED


def _reason(rows: Sequence[Judged], report: Report) -> str:
    told = [reasons.sentence(row.limit, row.actual, row.bound, report) for row in rows]
    step = report.step
    if step and not step.ok and not any(step.sentence in one for one in told):
        told.insert(0, step.sentence)
    return "; ".join(dict.fromkeys(told))


def _of_step(step: VersionStep | None, reason: str) -> list[str]:
    """Return the sentence on the version, where the reason does not hold it already."""
    return [step.sentence] if step and step.sentence not in reason else []


def _by_life(used: Sequence[Waiver], today: date) -> tuple[list[Waiver], list[Waiver]]:
    live = [one for one in used if waivers.is_live(one, today)]
    return live, [one for one in used if one not in live]


def _sentences(told: Sequence[Waiver], judgement: Judgement) -> list[str]:
    return [waivers.sentence(one, judgement.case.today) for one in told]


def _of_gate(judgement: Judgement) -> tuple[Waiver, ...]:
    return tuple(one for one in judgement.waivers if one.gate == judgement.gate.id)


def _is_used(waiver: Waiver, report: Report, over: Sequence[Judged]) -> bool:
    return any(waivers.fits(waiver, one.rule, one.path) for one in report.findings) or any(
        _is_waived(row, [waiver]) for row in over
    )


def _is_waived(row: Judged, live: Sequence[Waiver]) -> bool:
    return any(waivers.fits(waiver, row.limit.measure) for waiver in live)


def _remarks(report: Report, judgement: Judgement) -> list[str]:
    """Say what could not be measured here, and what was found without a limit on it."""
    absent = limits.unavailable(report, judgement)
    remarks = [
        f"{measure} is not available: {absent[measure]}"
        for measure in judgement.supplies
        if measure in absent and limits.value_of(report, measure) is None
    ]
    for limit in judgement.gate.limits:
        count = report.count(limit.measure)
        if limit.noun and count and limits.bound_of(limit, judgement.case, report) is None:
            remarks.append(f"{limit.noun}: {count}")
    return remarks
