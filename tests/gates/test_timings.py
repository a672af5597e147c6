"""What a comparison means for gate 8."""

from dataclasses import replace
from datetime import date

import pytest

from forge_gate_breaking_changes import GATE
from pytest_forge.errors import MeasurementError, NoReference, NothingMeasured
from pytest_forge.judging import Case, Judgement
from pytest_forge.judging.verdict import Verdict, judge
from pytest_forge.measured import Performance, Threshold, TimedCommand
from pytest_forge.model import Benchmark, Outcome, Report, Timing, TimingState
from pytest_forge.projects import Project
from pytest_forge.settings import ProjectSettings

COUNTS = ("performance.regressions", "budgets.exceeded")
SLOWER = Timing(
    "parse", TimingState.REGRESSION, "paired", "s", 1.6, 1.0, 1.6, 1.5, 1.7, 12, 12, "commit 1a2b"
)


def judged(
    *timings: Timing,
    performance: Performance = Performance(),  # noqa: B008
    profile: str = "",
    benchmarks: tuple[Benchmark, ...] = (),
) -> Verdict:
    settings = ProjectSettings(performance=performance, profile=profile)
    case = Case(Project("m", "a language", "p"), settings, date(2026, 11, 21))
    return judge(
        Report(timings=timings, benchmarks=benchmarks), Judgement(GATE, case, counts=COUNTS)
    )


def of(ratio: float) -> Timing:
    return replace(SLOWER, ratio=ratio, value=ratio)


def test_a_regression_beyond_the_limit_fails_with_its_numbers() -> None:
    verdict = judged(SLOWER)
    assert verdict.outcome is Outcome.FAILED
    assert verdict.reason == (
        "performance.regressions parse is 60.0 % worse (1.50 to 1.70) than commit 1a2b, "
        "12 and 12 processes"
    )
    assert verdict.measures["performance.regressions"] == 1


@pytest.mark.parametrize(
    ("ratio", "begins"), [(1.5, "warning: parse is 50.0 %"), (1.1, "parse is 10.0 %")]
)
def test_a_smaller_one_passes_with_a_note(ratio: float, begins: str) -> None:
    verdict = judged(of(ratio))
    assert verdict.outcome is Outcome.PASSED
    assert verdict.notes[0].startswith(begins)


def test_strict_fails_whatever_is_confirmed() -> None:
    assert judged(of(1.06), performance=Performance(strict=True)).outcome is Outcome.FAILED


def test_limits_are_set_for_one_benchmark() -> None:
    performance = Performance(thresholds=(Threshold("par*", fail=5),))
    assert judged(of(1.1), performance=performance).outcome is Outcome.FAILED
    assert judged(replace(of(1.1), name="x"), performance=performance).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("state", "error"),
    [(TimingState.INCONCLUSIVE, NothingMeasured), (TimingState.NOT_COMPARABLE, NoReference)],
)
def test_what_could_not_be_compared_passes_with_a_note_but_not_for_a_release(
    state: TimingState, error: type[MeasurementError]
) -> None:
    timing = replace(SLOWER, state=state, note="cpu: one there, another here")
    verdict = judged(timing)
    assert verdict.outcome is Outcome.PASSED
    assert state.value.split("-")[0] in verdict.notes[0]
    assert "cpu: one there" in verdict.notes[0]
    with pytest.raises(error, match="parse"):
        judged(timing, profile="release")


def test_a_first_measurement_passes_and_says_how_it_is_kept() -> None:
    first = Timing("parse", TimingState.FIRST_MEASUREMENT, "stored", value=1.0, runs=5)
    for profile in ("", "release"):
        verdict = judged(first, profile=profile)
        assert verdict.outcome is Outcome.PASSED
        assert verdict.notes == ("first measurement of 1: `--forge-update-baseline` stores it",)


def test_what_is_ok_is_told_with_the_one_that_comes_nearest() -> None:
    fine = replace(of(0.9), state=TimingState.OK)
    verdict = judged(fine, replace(fine, name="write", ratio=1.04))
    assert verdict.notes == (
        "2 ok against commit 1a2b, of which write is 4.0 % worse (1.50 to 1.70) than commit 1a2b, "
        "12 and 12 processes",
    )


COMMAND = TimedCommand("start", "m", ("run",), wall=0.2, cpu=None, memory=100)


def test_a_budget_is_held_by_the_best_process() -> None:
    best = (Benchmark("start wall", "s", "lower", (0.9, 0.2)),)
    assert judged(performance=Performance(commands=(COMMAND,)), benchmarks=best).outcome is (
        Outcome.PASSED
    )


def test_a_budget_that_is_exceeded_fails() -> None:
    measured = (
        Benchmark("start wall", "s", "lower", (0.9, 0.2001)),
        Benchmark("start cpu", "s", "lower", (9.0,)),
        Benchmark("start memory", "bytes", "lower", (101.0, 102.0)),
        Benchmark("other wall", "s", "lower", (9.0,)),
    )
    verdict = judged(performance=Performance(commands=(COMMAND,)), benchmarks=measured)
    assert verdict.outcome is Outcome.FAILED
    assert [one.message for one in verdict.findings] == [
        "start wall is 0.2001 s, its budget is 0.2 s",
        "start memory is 101 bytes, its budget is 100 bytes",
    ]
