"""Today's session beside the stored ones: which of them may be compared, and what comes of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pytest_forge.model import Timing, TimingState
from pytest_forge.performance.calibration import drift
from pytest_forge.performance.counted import RULE as COUNTED_RULE
from pytest_forge.performance.counted import UNIT, judge_counts
from pytest_forge.performance.rules import DEFAULT_LIMITS, RULES, Limits, Rules
from pytest_forge.performance.session import Series, Session
from pytest_forge.performance.stored import RULE, SuiteShift, judge_stored, suite_shift


@dataclass(frozen=True)
class Comparison:
    """A Timing for each of today's benchmarks, and how the suite as a whole moved.

    Where both sessions have a benchmark's instructions, a second Timing compares these. `missing`
    are benchmarks that the stored session has and today's has not.
    """

    timings: tuple[Timing, ...]
    shift: SuiteShift | None = None
    missing: tuple[str, ...] = ()


def compare_sessions(
    stored: Sequence[Session],
    today: Session,
    limits_of: Callable[[str], Limits] = lambda name: DEFAULT_LIMITS,
    rules: Rules = RULES,
) -> Comparison:
    """Compare with the newest stored session (they are oldest first) that is comparable.

    Where there are sessions but none is comparable, each Timing says in its note which parts of
    the newest one differ. Without sessions, and for a benchmark that is new, it is the first
    measurement.
    """
    base = next((one for one in reversed(stored) if not one.differences(today)), None)
    if base is None:
        return Comparison(_without_base(stored, today))
    moved = drift(base.calibration, today.calibration)
    timings = tuple(
        _timing(name, base, series, moved, limits_of(name), rules)
        for name, series in today.benchmarks.items()
    )
    missing = tuple(sorted(base.benchmarks.keys() - today.benchmarks))
    shift = suite_shift(timings, moved, rules)
    return Comparison((*timings, *_counted(base, today, rules)), shift, missing)


def _without_base(stored: Sequence[Session], today: Session) -> tuple[Timing, ...]:
    state, note, base = TimingState.FIRST_MEASUREMENT, "", ""
    if stored:
        state = TimingState.NOT_COMPARABLE
        note, base = "; ".join(stored[-1].differences(today)), name_of(stored[-1])
    return tuple(
        replace(_first(name, series), state=state, note=note, base=base)
        for name, series in today.benchmarks.items()
    )


def _timing(
    name: str, base: Session, series: Series, moved: float, limits: Limits, rules: Rules
) -> Timing:
    known = base.benchmarks.get(name)
    if known is None:
        return _first(name, series)
    if (known.unit, known.direction) != (series.unit, series.direction):
        note = f"unit: {known.unit} ({known.direction} is better) there, {series.unit} here"
        first = _first(name, series)
        return replace(first, state=TimingState.NOT_COMPARABLE, note=note, base=name_of(base))
    if series.unit == UNIT:
        counts = judge_counts(name, min(known.costs()), min(series.costs()), rules)
        return replace(counts, base=name_of(base))
    timing = judge_stored(
        name,
        known.costs(),
        series.costs(),
        # Only times follow the machine's speed; sizes do not.
        drift=moved if series.unit in ("s", "ops/s") else 0.0,
        limits=limits,
        rules=rules,
        unit=series.unit,
    )
    return replace(timing, value=_best(series), base_value=_best(known), base=name_of(base))


def _counted(base: Session, today: Session, rules: Rules) -> Iterator[Timing]:
    """Yield the verdicts on instructions, of those benchmarks for which both sessions have them."""
    for name, series in today.benchmarks.items():
        known = base.benchmarks[name].instructions if name in base.benchmarks else None
        if known and series.instructions:
            timing = judge_counts(name, known, series.instructions, rules)
            yield replace(timing, base=name_of(base))


def _first(name: str, series: Series) -> Timing:
    return Timing(
        name=name,
        state=TimingState.FIRST_MEASUREMENT,
        rule=COUNTED_RULE if series.unit == UNIT else RULE,
        unit=series.unit,
        value=_best(series),
        runs=len(series.runs),
    )


def _best(series: Series) -> float:
    """Return the best round of all processes in the unit itself."""
    least = min(series.costs())
    return least if series.direction == "lower" else 1 / least


def name_of(session: Session) -> str:
    """Return how a stored session is called in reports."""
    commit = f", commit {session.commit[:7]}" if session.commit else ""
    return f"session of {session.time[:10]}{commit}"
