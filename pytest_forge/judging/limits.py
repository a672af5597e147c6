"""Limits in force: those that a check answers for, their bounds, and the values beside them."""

import math
from collections.abc import Iterable, Iterator

from pytest_forge.baselines.ratchets import ratcheted
from pytest_forge.errors import NothingMeasured
from pytest_forge.judging import Case, Judgement, Limit
from pytest_forge.judging.bounds import Judged, stated_bound
from pytest_forge.judging.reasons import beyond
from pytest_forge.model import Finding, Report, Sample, Severity

SPLIT = "findings"
TESTS = ("tests.executed", "tests.failed")


def bound_of(limit: Limit, case: Case, report: Report) -> float | None:
    """Return the bound in force: the one stated, or where it is laxer the one of the baseline."""
    stated = stated_bound(limit, case, report)
    if stated is None or limit.adopts != "value":
        return stated
    return ratcheted(limit, stated, case.baseline, value_of(report, limit.measure))


def with_excess(report: Report, judgement: Judgement) -> tuple[Finding, ...]:
    """Return the report's findings and one for each sample beyond a limit that holds for each."""
    excess: list[Finding] = []
    for limit in judgement.gate.limits:
        bound = bound_of(limit, judgement.case, report) if limit.each else None
        if bound is not None:
            samples = _samples(report, limit.measure)
            excess += [
                _excess(limit, one, bound) for one in samples if not limit.met(one.value, bound)
            ]
    return report.findings + tuple(excess)


def judged(report: Report, judgement: Judgement) -> tuple[Judged, ...]:
    """Set bound and actual value side by side for every limit that this check answers for.

    Those are the gate's limits on what the check counts and supplies, and "at most 0" for findings
    of a measure on which the gate has no limit: what nobody thought of must not pass.
    Raises `NothingMeasured` where a promised value is missing.
    """
    require_values(report, judgement)
    answered = _answered(report, judgement)
    rows: list[Judged] = []
    for limit in judgement.gate.limits:
        bound = bound_of(limit, judgement.case, report) if limit.measure in answered else None
        actual = None if bound is None else _actual(report, judgement, limit, bound)
        if bound is not None and actual is not None:
            stated = stated_bound(limit, judgement.case, report)
            rows.append(Judged(limit, bound, actual, bound if stated is None else stated))
    return (*rows, *_unforeseen(report, judgement))


def require_values(report: Report, judgement: Judgement) -> None:
    """Raise `NothingMeasured` for a supplied measure that is NaN, or absent and not unavailable."""
    for measure in judgement.supplies:
        value = value_of(report, measure)
        missing = value is None and measure not in unavailable(report, judgement)
        if missing or (value is not None and math.isnan(value)):
            mend = "run the check's command by hand and see what keeps it out of the output"
            raise NothingMeasured(f"{measure} was not measured", mend)


def unavailable(report: Report, judgement: Judgement) -> dict[str, str]:
    """Return the measures that cannot exist here, with the reason."""
    return {**judgement.unavailable, **report.unavailable}


def value_of(report: Report, measure: str) -> float | None:
    """Return a measure's value, the largest of its samples where it is given in these alone."""
    value = report.value(measure)
    if value is None:
        return max((one.value for one in _samples(report, measure)), default=None)
    return value


def measures_of(report: Report, judgement: Judgement) -> dict[str, float]:
    """Return every measure of the check with its exact value, held findings included."""
    measures = dict(report.measures)
    for measure in (*judgement.supplies, *(TESTS if report.tests else ())):
        value = value_of(report, measure)
        if value is not None:
            measures[measure] = value
    for measure in _counted(report, judgement):
        measures[measure] = _total(report, measure)
    return measures


def _answered(report: Report, judgement: Judgement) -> set[str]:
    # A failed test is never beside the point, whatever the check promised to measure.
    tests = TESTS if report.tests else ()
    # What was measured is judged, also where a declaration forgot to promise it.
    measured = {limit.measure for limit in judgement.gate.limits} & set(report.measures)
    return {*_counted(report, judgement), *judgement.supplies, *tests, *measured}


def _counted(report: Report, judgement: Judgement) -> set[str]:
    """Return the counts that the check promises, and those of findings that it has anyhow.

    A measure whose limit holds for each sample is no count: its findings are the samples beyond.
    """
    each = {limit.measure for limit in judgement.gate.limits if limit.each}
    names = {*judgement.counts, *(finding.measure for finding in report.findings)} - each
    return {part for name in names for part in _by_severity(name)}


def _by_severity(measure: str) -> Iterable[str]:
    """`findings` is counted for each severity; whoever counts one of them counts them all."""
    if measure.partition(".")[0] != SPLIT:
        return (measure,)
    return tuple(f"{SPLIT}.{severity}" for severity in Severity)


def _unforeseen(report: Report, judgement: Judgement) -> list[Judged]:
    """Judge the findings that no limit of the gate counts: there may be none of them."""
    sampled = {one.measure for one in report.samples}
    foreseen = {
        SPLIT if limit.measure.startswith(f"{SPLIT}.") else limit.measure
        for limit in judgement.gate.limits
        if not limit.each or limit.measure in sampled
    }
    names = dict.fromkeys(finding.measure for finding in report.findings)
    return [
        Judged(Limit(name, "at most", 0), 0, report.count(name), 0)
        for name in names
        if name not in foreseen
    ]


def _actual(report: Report, judgement: Judgement, limit: Limit, bound: float) -> float | None:
    measure = limit.measure
    if measure in _counted(report, judgement):
        return _total(report, measure) - _held(report, measure)
    samples = _samples(report, measure) if limit.each else ()
    if not samples:
        return value_of(report, measure)
    held = {_key(one) for one in _held_findings(report, measure)}
    free = [one.value for one in samples if _key(_excess(limit, one, bound)) not in held]
    worst = max if limit.sense == "at most" else min
    return worst(free) if free else None


def _total(report: Report, measure: str) -> float:
    """Count findings, held ones too; a larger count that the tool gave itself stands."""
    return max(report.measures.get(measure, 0), report.count(measure) + _held(report, measure))


def _held(report: Report, measure: str) -> int:
    return sum(
        finding.held_by is not None
        and measure in (finding.measure, f"{finding.measure}.{finding.severity}")
        for finding in report.findings
    )


def _held_findings(report: Report, measure: str) -> Iterator[Finding]:
    for one in report.findings:
        if one.measure == measure and one.held_by is not None:
            yield one


def _samples(report: Report, measure: str) -> tuple[Sample, ...]:
    return tuple(one for one in report.samples if one.measure == measure)


def _excess(limit: Limit, sample: Sample, bound: float) -> Finding:
    return Finding(
        measure=limit.measure,
        rule=limit.measure,
        message=f"{sample.subject}: {beyond(limit, sample.value, bound)}",
        path=sample.path,
        line=sample.line,
        last_line=sample.last_line,
        subject=sample.subject,
        value=sample.value,
    )


def _key(finding: Finding) -> tuple[str | None, int | None, str]:
    return (finding.path, finding.line, finding.message)
