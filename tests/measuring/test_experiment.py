"""What is made of a plan, with processes that measure what they are told."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from pytest_forge.formats import measured as measured_format
from pytest_forge.measured import Threshold
from pytest_forge.measuring import plans
from pytest_forge.measuring.documents import document_of
from pytest_forge.measuring.experiment import carry_out
from pytest_forge.measuring.plans import Plan, Side
from pytest_forge.measuring.processes import Measured, ProcessFailed
from pytest_forge.model import Benchmark, Timing, TimingState
from pytest_forge.performance.machine import Machine
from pytest_forge.performance.session import Session, series_of

HEAD = Side("head", ("bench",), "output-head", environment={"A": "1"})
BASE = Side("base", ("bench",), "output-base", build=("make",))
PLAN = Plan("benchmarks[all]", "go-bench", "stdout", HEAD, BASE, "commit 1a2b3c4")
ALONE = replace(PLAN, base=None, base_name="")
MACHINE = Machine(cpu="one")


def spent(**values: float) -> tuple[Benchmark, ...]:
    return tuple(
        Benchmark(name, "s", "lower", (value, 2 * value)) for name, value in values.items()
    )


class Processes:
    """Fresh processes of both sides, each of which measures the same."""

    def __init__(self, head: tuple[Benchmark, ...], base: tuple[Benchmark, ...] | str) -> None:
        self.sides = {"head": head, "base": base}
        self.started: list[str] = []
        self.wanted: list[tuple[str, ...]] = []

    def start(self, side: Side, only: tuple[str, ...]) -> tuple[Benchmark, ...]:
        self.started.append(side.directory)
        self.wanted.append(only)
        found = self.sides[side.directory]
        if isinstance(found, str):
            raise ProcessFailed(found)
        return found


def session_of(
    processes: Sequence[tuple[Benchmark, ...]], machine: Machine = MACHINE, command: str = "bench"
) -> Session:
    series = series_of([("2026-11-21T12:00:00", one) for one in processes])
    time = "2026-11-21T12:00:00"
    return Session("benchmarks[all]", "c0ffee1", False, time, command, "", machine, series)


def carried(
    processes: Processes, plan: Plan = PLAN, stored: Sequence[Session] = ()
) -> tuple[dict[str, Timing], Measured]:
    measured = carry_out(plan, processes.start, session_of, stored)
    return {one.name: one for one in measured.timings}, measured


def test_what_is_twice_as_slow_in_every_pair_is_a_regression() -> None:
    processes = Processes(spent(a=2.0, b=1.0), spent(a=1.0, b=1.0))
    timings, measured = carried(processes)
    slower = timings["a"]
    assert slower.state is TimingState.REGRESSION
    assert slower.ratio == pytest.approx(2)
    assert slower.value == pytest.approx(2)
    assert slower.base_value == pytest.approx(1)
    assert slower.base == "commit 1a2b3c4"
    assert timings["b"].state is TimingState.OK
    # The first process of each side is part of the first pair.
    assert processes.started.count("head") == processes.started.count("base") == slower.runs
    assert len(measured.processes) == slower.runs
    # After the first three pairs the other one is settled.
    assert processes.wanted[:2] == [(), ()]
    assert processes.wanted[2:6] == [("a", "b")] * 4
    assert set(processes.wanted[6:]) == {("a",)}


def test_of_counts_one_process_of_each_side_is_enough() -> None:
    def taken(**counts: float) -> tuple[Benchmark, ...]:
        return tuple(Benchmark(one, "instructions", "lower", (counts[one],)) for one in counts)

    processes = Processes(taken(a=1011, b=1009, new=5), taken(a=1000, b=1000))
    timings, _ = carried(processes, replace(PLAN, format="instructions", runs=1))
    assert processes.started == ["head", "base"]
    assert {name: (one.state, one.rule) for name, one in timings.items()} == {
        "a": (TimingState.REGRESSION, "instructions"),
        "b": (TimingState.OK, "instructions"),
        "new": (TimingState.FIRST_MEASUREMENT, "instructions"),
    }
    stored = session_of([taken(a=1000, b=1000)])
    alone = replace(ALONE, format="instructions", runs=1)
    timings, _ = carried(processes, alone, [stored])
    assert timings["a"].state is TimingState.REGRESSION
    assert timings["a"].base.startswith("session of ")
    assert (timings["b"].state, timings["b"].rule) == (TimingState.OK, "instructions")
    assert timings["new"].state is TimingState.FIRST_MEASUREMENT
    processes = Processes(taken(a=1011), taken(a=1010))
    screened = replace(alone, base=BASE, base_name="commit 1a2b3c4", stored="benchmarks.json")
    timings, _ = carried(processes, screened, [stored])
    assert (timings["a"].state, timings["a"].base) == (TimingState.OK, "commit 1a2b3c4")
    assert processes.started == ["head", "base"]


def test_what_is_no_slower_needs_three_pairs() -> None:
    processes = Processes(spent(a=1.0), spent(a=1.0))
    timings, _ = carried(processes)
    assert timings["a"].state is TimingState.OK
    assert sorted(processes.started) == ["base"] * 3 + ["head"] * 3


def test_a_rate_is_worse_where_it_is_lower() -> None:
    def rate(value: float) -> tuple[Benchmark, ...]:
        return (Benchmark("served", "ops/s", "higher", (value / 2, value)),)

    timings, measured = carried(Processes(rate(50.0), rate(100.0)))
    served = timings["served"]
    assert (served.state, served.unit) == (TimingState.REGRESSION, "ops/s")
    assert served.value == pytest.approx(50)
    assert served.base_value == pytest.approx(100)
    assert served.ratio == pytest.approx(2)
    assert document_of(measured)["benchmarks"][0]["values"][0] == 50


def test_a_new_benchmark_is_measured_first_and_a_missing_one_is_named() -> None:
    timings, measured = carried(Processes(spent(a=1.0, new=1.0), spent(a=1.0, old=1.0)))
    assert timings["new"].state is TimingState.FIRST_MEASUREMENT
    assert timings["new"].base == ""
    assert measured.notes == ["old is no longer measured"]


def test_a_base_that_cannot_be_measured_is_not_comparable() -> None:
    timings, _ = carried(Processes(spent(a=1.0), "bench ended with status 4: no such file"))
    assert timings["a"].state is TimingState.NOT_COMPARABLE
    assert timings["a"].note == (
        "commit 1a2b3c4 can't be measured: bench ended with status 4: no such file"
    )


def test_a_head_that_cannot_be_measured_is_an_error() -> None:
    with pytest.raises(ProcessFailed, match="it has measured nothing"):
        carried(Processes((), spent(a=1.0)))


def test_a_benchmark_that_is_lost_on_the_way_is_an_error() -> None:
    class Losing(Processes):
        def start(self, side: Side, only: tuple[str, ...]) -> tuple[Benchmark, ...]:
            found = super().start(side, only)
            return found if len(self.started) <= 2 else found[:1]

    with pytest.raises(ProcessFailed, match="has not measured b"):
        carried(Losing(spent(a=1.0, b=1.0), spent(a=1.0, b=1.0)))


def test_without_an_effective_change_one_process_proves_that_it_runs() -> None:
    processes = Processes(spent(a=1.0), "never")
    plan = replace(ALONE, unchanged=True, base_name="commit 1a2b3c4", note="unchanged since it")
    timings, measured = carried(processes, plan)
    assert processes.started == ["head"]
    assert (timings["a"].state, timings["a"].rule) == (TimingState.OK, "unchanged")
    assert measured.notes == ["unchanged since it"]


def test_without_a_base_five_processes_are_the_first_measurement() -> None:
    processes = Processes(spent(a=1.0), "never")
    timings, _ = carried(processes, ALONE)
    assert processes.started == ["head"] * 5
    assert timings["a"].state is TimingState.FIRST_MEASUREMENT


def test_a_stored_session_is_compared_with() -> None:
    stored = session_of([spent(a=1.0, gone=1.0)] * 5)
    timings, measured = carried(Processes(spent(a=2.0), "never"), ALONE, [stored])
    assert timings["a"].state is TimingState.REGRESSION
    assert timings["a"].base == "session of 2026-11-21, commit c0ffee1"
    assert measured.notes == ["gone is no longer measured"]


SCREENED = replace(PLAN, stored="benchmarks.json")
"""A plan by which a stored session is asked first, and the base commit of what is suspect."""


@pytest.mark.parametrize(
    ("before", "state"), [(2.0, TimingState.OK), (1.0, TimingState.REGRESSION)]
)
def test_a_suspect_is_settled_by_the_base_commit(before: float, state: TimingState) -> None:
    stored = session_of([spent(a=1.0, b=1.0)] * 5)
    processes = Processes(spent(a=2.0, b=1.0), spent(a=before, b=9.0))
    timings, measured = carried(processes, SCREENED, [stored])
    assert (timings["a"].state, timings["a"].rule) == (state, "paired")
    assert timings["a"].base == "commit 1a2b3c4"
    assert timings["b"].base == "session of 2026-11-21, commit c0ffee1"
    pairs = timings["a"].runs
    assert processes.started == ["head"] * 5 + processes.started[5:]
    assert processes.started.count("base") == pairs
    assert processes.started.count("head") == 5 + pairs
    # Only the suspect is wanted again, and the session stays what it was.
    assert processes.wanted == [()] * 5 + [("a",)] * (2 * pairs)
    assert len(measured.processes) == 5


def test_without_a_suspect_the_base_commit_is_not_measured() -> None:
    stored = session_of([spent(a=1.0)] * 5)
    processes = Processes(spent(a=1.04), "never")
    timings, _ = carried(processes, SCREENED, [stored])
    assert timings["a"].state is TimingState.OK
    assert processes.started == ["head"] * 5
    timings, _ = carried(Processes(spent(a=1.0), "never"), SCREENED)
    assert timings["a"].state is TimingState.FIRST_MEASUREMENT


def test_a_suspect_stays_one_where_the_base_commit_cannot_be_measured() -> None:
    stored = session_of([spent(a=1.0)] * 5)
    timings, measured = carried(Processes(spent(a=2.0), "no such file"), SCREENED, [stored])
    assert (timings["a"].state, timings["a"].rule) == (TimingState.REGRESSION, "stored")
    assert measured.notes == ["commit 1a2b3c4 can't be measured: no such file"]
    timings, _ = carried(Processes(spent(a=2.0), spent(b=1.0)), SCREENED, [stored])
    assert (timings["a"].state, timings["a"].rule) == (TimingState.REGRESSION, "stored")


def test_a_session_of_another_machine_gives_way_to_the_base_commit() -> None:
    stored = session_of([spent(a=1.0)] * 5, Machine(cpu="another"))
    timings, _ = carried(Processes(spent(a=9.0), spent(a=9.0)), SCREENED, [stored])
    assert (timings["a"].state, timings["a"].base) == (TimingState.OK, "commit 1a2b3c4")


def test_another_machine_is_not_comparable_and_not_red() -> None:
    stored = session_of([spent(a=1.0)] * 5, Machine(cpu="another"))
    timings, _ = carried(Processes(spent(a=9.0), "never"), ALONE, [stored])
    assert timings["a"].state is TimingState.NOT_COMPARABLE
    assert timings["a"].note == "cpu: another there, one here"


def test_a_suite_that_moved_as_a_whole_is_told() -> None:
    names = dict.fromkeys("abcdef", 1.0)
    stored = session_of([spent(**names)] * 5)
    slower = {name: 1.3 for name in names}
    _, measured = carried(Processes(spent(**slower), "never"), ALONE, [stored])
    (note,) = measured.notes
    assert note.startswith("the whole suite of 6 benchmarks moved: it takes 1.30 times as long")


def test_a_plan_travels_as_json() -> None:
    plan = replace(PLAN, thresholds=(Threshold("a*", fail=10),), commit="c0ffee1", dirty=True)
    assert plans.read(plans.written(plan)) == plan
    assert plans.read(plans.written(ALONE)) == ALONE


@pytest.mark.parametrize(
    ("name", "warn", "fail"),
    [("a", 0.2, 0.5), ("start memory", 0.1, 0.1), ("start wall", 0.05, 0.3)],
)
def test_the_last_threshold_that_fits_sets_a_key(name: str, warn: float, fail: float) -> None:
    thresholds = (Threshold("start *", 5, 30), Threshold("*memory", warn=50, fail=10))
    limits = replace(PLAN, thresholds=thresholds).limits_of(name)
    assert (limits.warn, limits.fail) == (warn, fail)


def test_the_document_is_what_the_format_reads() -> None:
    _, measured = carried(Processes(spent(a=2.0, b=1.0), spent(a=1.0, b=1.0)))
    report = measured_format.parse(json.dumps(document_of(measured)).encode())
    assert report.timings == measured.timings
    assert [(one.name, min(one.values)) for one in report.benchmarks] == [("a", 2.0), ("b", 1.0)]
    assert report.measures == {"benchmarks": 2}
