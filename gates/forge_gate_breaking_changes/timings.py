"""What a comparison of benchmarks means, and which budgets of a command are exceeded.

A confirmed regression is weighed by the limits of the benchmark; what could not be compared passes
with a note, but not under the profile `release`.
"""

from collections.abc import Iterator
from dataclasses import replace

from pytest_forge.errors import NoReference, NothingMeasured
from pytest_forge.judging import Case
from pytest_forge.model import Benchmark, Finding, Report, Timing, TimingState
from pytest_forge.performance.consequences import Consequence, consequence
from pytest_forge.performance.rules import Limits

REGRESSIONS = "performance.regressions"
EXCEEDED = "budgets.exceeded"
_BUDGETS = ("wall", "cpu", "memory")
_RELEASE = "release"
_STORE = "`--forge-update-baseline` stores it"


def examine(report: Report, case: Case) -> Report:
    """Add findings for regressions and exceeded budgets, and notes on everything else.

    Under the profile `release` what is inconclusive raises `NothingMeasured`, and what is not
    comparable `NoReference`.
    """
    if case.settings.profile == _RELEASE:
        _refuse(report)
    weighed = [(one, consequence(one, limits_of(one.name, case))) for one in report.timings]
    found = [
        Finding(REGRESSIONS, REGRESSIONS, _said(one), subject=one.name)
        for one, what in weighed
        if what is Consequence.FAIL
    ]
    told = [_note(one, what) for one, what in weighed if what in _TOLD]
    first = sum(one.state is TimingState.FIRST_MEASUREMENT for one in report.timings)
    told += [f"first measurement of {first}: {_STORE}"] if first else []
    told += _summary(report)
    findings = (*report.findings, *found, *_exceeded(report, case))
    return replace(report, findings=findings, notes=(*report.notes, *told))


_TOLD = (Consequence.WARN, Consequence.NOTE)


def limits_of(name: str, case: Case) -> Limits:
    """Return what a benchmark may lose."""
    settings = case.settings.performance
    warn, fail = settings.allowed_loss(name)
    return Limits(warn / 100, fail / 100, settings.strict)


def _summary(report: Report) -> list[str]:
    """Say of those that are ok how many there are, and the one that comes nearest to be not."""
    compared = [
        (one.ratio, one)
        for one in report.timings
        if one.state is TimingState.OK and one.ratio is not None
    ]
    if not compared:
        return []
    _, nearest = max(compared, key=lambda pair: pair[0])
    return [f"{len(compared)} ok against {nearest.base}, of which {_said(nearest)}"]


def _refuse(report: Report) -> None:
    for one in report.timings:
        if one.state is TimingState.NOT_COMPARABLE:
            mend = "measure where the baseline was stored, or store one here"
            raise NoReference(_said(one), mend)
        if one.state is TimingState.INCONCLUSIVE:
            raise NothingMeasured(_said(one), "measure again on a quiet machine")


def _note(one: Timing, what: Consequence) -> str:
    return f"{'warning: ' if what is Consequence.WARN else ''}{_said(one)}"


def _said(one: Timing) -> str:
    """Say in one line how a benchmark stands, with the numbers."""
    if one.state is TimingState.NOT_COMPARABLE:
        return f"{one.name} is not comparable: {one.note or one.base}"
    ratio = "" if one.ratio is None else f" {_change(one.ratio)}"
    bounds = "" if one.low is None or one.high is None else f" ({one.low:.2f} to {one.high:.2f})"
    runs = f"{one.runs} and {one.base_runs} processes"
    what = "inconclusive:" if one.state is TimingState.INCONCLUSIVE else "is"
    weak = f"; {one.note}" if one.note else ""
    return f"{one.name} {what}{ratio}{bounds} than {one.base}, {runs}{weak}"


def _change(ratio: float) -> str:
    return f"{(ratio - 1) * 100:.1f} % worse" if ratio >= 1 else f"{(1 - ratio) * 100:.1f} % better"


def _exceeded(report: Report, case: Case) -> Iterator[Finding]:
    """Yield a finding for each budget of a timed command that its best process exceeds."""
    for one in case.settings.performance.commands:
        for name in _BUDGETS:
            budget = getattr(one, name)
            for found in report.benchmarks:
                if budget is not None and found.name == f"{one.name} {name}":
                    yield from _over(found, budget)


def _over(found: Benchmark, budget: float) -> Iterator[Finding]:
    best = min(found.values)
    if best > budget:
        unit = f" {found.unit}"
        message = f"{found.name} is {best:.4g}{unit}, its budget is {budget:.4g}{unit}"
        yield Finding(EXCEEDED, EXCEEDED, message, subject=found.name, value=best)
