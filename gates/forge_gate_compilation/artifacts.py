"""What the user allows each declared artifact to weigh, and to grow."""

from collections.abc import Iterator
from dataclasses import replace

from pytest_forge.judging import Case
from pytest_forge.model import Finding, Report, Sample, Timing, TimingState

SIZE = "artifact.size"
OVERSIZED = "artifacts.oversized"
GROWN = "artifacts.grown"
_RULE = "size"
_BASE = "the baseline"


def examine(report: Report, case: Case) -> Report:
    """Set each artifact beside what the baseline knows of it, and add findings beyond the limits.

    The limits are the one declared with the artifact, and those of every regression.
    """
    sizes = [one for one in report.samples if one.measure == SIZE]
    compared = [_compared(one, len(sizes) == 1, case) for one in sizes]
    found = (*_oversized(sizes, case), *_grown(compared, case))
    told = [f"warning: {_said(one)}" for one in compared if _is_noted(one, case)]
    return replace(
        report,
        timings=(*report.timings, *compared),
        findings=(*report.findings, *found),
        notes=(*report.notes, *told),
    )


def _oversized(sizes: list[Sample], case: Case) -> Iterator[Finding]:
    limits = {one.name: one.limit for one in case.settings.performance.artifacts}
    for sample in sizes:
        limit = limits.get(sample.subject.partition("/")[0])
        if limit is not None and sample.value > limit:
            message = f"{sample.subject} has {sample.value:g} bytes, its limit is {limit}"
            yield Finding(OVERSIZED, OVERSIZED, message)


def _compared(sample: Sample, alone: bool, case: Case) -> Timing:
    """Return an artifact beside its baseline; one file is known by the declared name alone.

    A file's own name may hold the version, and so be another one after each release.
    """
    name = sample.subject.partition("/")[0] if alone else sample.subject
    before = case.baseline.artifacts.get(name)
    timing = Timing(name, TimingState.FIRST_MEASUREMENT, _RULE, "bytes", sample.value, runs=1)
    # What was empty can't have grown by any per cent: it is measured as if for the first time.
    if not before:
        return timing
    state = TimingState.REGRESSION if sample.value > before else TimingState.OK
    ratio = sample.value / before
    return replace(timing, state=state, base_value=before, ratio=ratio, base_runs=1, base=_BASE)


def _grown(compared: list[Timing], case: Case) -> Iterator[Finding]:
    for one in compared:
        if _growth(one) > _limits(one.name, case)[1]:
            yield Finding(GROWN, GROWN, _said(one), subject=one.name)


def _is_noted(timing: Timing, case: Case) -> bool:
    warn, fail = _limits(timing.name, case)
    return warn < _growth(timing) <= fail


def _growth(timing: Timing) -> float:
    """Return by how many per cent an artifact has grown."""
    return 0.0 if timing.ratio is None else (timing.ratio - 1) * 100


def _limits(name: str, case: Case) -> tuple[float, float]:
    settings = case.settings.performance
    return (0.0, 0.0) if settings.strict else settings.allowed_loss(name)


def _said(one: Timing) -> str:
    return (
        f"{one.name} has grown by {_growth(one):.1f} %, from {one.base_value:g} to "
        f"{one.value:g} bytes"
    )
