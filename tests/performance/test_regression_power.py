"""The power experiment: its schedule, that it resumes, and what its table makes of records."""

import json
import random
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks.regression_power import experiment, instructions, suite
from benchmarks.regression_power.experiment import LEVELS, Job, append, done_jobs, records, schedule
from benchmarks.regression_power.figures import (
    baselines,
    beyond,
    confirmed,
    counted,
    figures,
    paired_runs,
    rate,
    single,
    wilson,
)
from benchmarks.regression_power.neighbours import MODES
from benchmarks.regression_power.suite import SUITE
from benchmarks.regression_power.summary import BEGIN, END, cell, main, page
from pytest_forge.performance.paired import compare_pairs
from pytest_forge.performance.rules import RULES


def record(job: Job, level: float = 1.0) -> dict[str, Any]:
    """Return what a job would have measured on a machine without noise."""

    def benchmarks(slower: Mapping[str, float]) -> dict[str, dict[str, float]]:
        times = {name: level * (1 + slower.get(name, 0.0)) for name in SUITE}
        return {name: {"min": time, "mean": time, "cpu": time} for name, time in times.items()}

    session = {"calibration": {"integers": level}, "benchmarks": benchmarks(job.slower)}
    verdicts = {
        name: ["regression" if job.slower.get(name, 0.0) > 0.05 else "ok", 1.0, 1.0, 3]
        for name in SUITE
    }
    return {
        "number": job.number,
        "mode": job.mode,
        "kind": job.kind,
        "slower": dict(job.slower),
        "begun": "2026-11-21T15:00:00+00:00",
        "seconds": 10.0,
        "load": 1.0,
        "steal": 0.0,
        "session": [session] * 5,
        "verdicts": {"wall": verdicts, "cpu": verdicts},
    }


@pytest.fixture
def jobs() -> list[dict[str, Any]]:
    return [record(job) for job in schedule(2)]


def test_each_block_holds_every_mode_and_slowdown() -> None:
    first = list(schedule(3))
    assert first == list(schedule(3))
    assert [job.number for job in first] == list(range(45))
    kinds = Counter((job.mode, job.kind) for job in first[:15])
    assert kinds == {
        (mode, kind): 4 if kind == "aa" else 1 for mode in MODES for kind in ("aa", "slower")
    }
    for job in first:
        levels = Counter(job.slower.values())
        assert levels == ({} if job.kind == "aa" else dict.fromkeys(LEVELS, 3))


@pytest.mark.parametrize("name", SUITE)
def test_a_slowdown_is_a_part_of_the_whole_call(name: str) -> None:
    one = SUITE[name]
    for level in LEVELS:
        more = one.slower(level, one.units) - one.units
        assert more / (one.units + one.call) == pytest.approx(level, rel=0.01)
        counted_units = suite.COUNTED_UNITS - one.call
        more = one.slower(level, counted_units) - counted_units
        assert more / suite.COUNTED_UNITS == pytest.approx(level)


def test_a_benchmark_is_measured_in_rounds() -> None:
    found = suite.measure(["integers", "patterns"], {"integers": 0.5})
    assert set(found) == {"integers", "patterns"}
    assert found["patterns"]["n"] >= suite.ROUNDS
    assert 0 < found["integers"]["min"] <= found["integers"]["q10"] <= found["integers"]["median"]


def test_a_killed_experiment_goes_on_where_it_was(tmp_path: Path) -> None:
    data = tmp_path / "jobs.jsonl"
    append(data, {"machine": {}, "rules": RULES.digest})
    append(data, {"number": 0})
    with data.open("a") as file:
        file.write('{"number": 1, "sess')
    assert done_jobs(data, {}) == {0}
    append(data, {"machine": {}, "rules": RULES.digest})
    append(data, {"number": 1})
    assert done_jobs(data, {}) == {0, 1}
    assert done_jobs(tmp_path / "none.jsonl", {}) == set()


def test_a_line_that_is_broken_in_the_middle_is_an_error(tmp_path: Path) -> None:
    data = tmp_path / "jobs.jsonl"
    data.write_text('{"number": 0}\n{"numb\n{"number": 2}\n')
    with pytest.raises(ValueError, match="Unterminated"):
        list(records(data))


@pytest.mark.parametrize(
    ("rules", "machine", "said"),
    [("other", {}, "under other rules"), (RULES.digest, {"cores": 4}, "on another machine")],
)
def test_data_of_other_rules_and_machines_are_refused(
    tmp_path: Path, rules: str, machine: dict[str, int], said: str
) -> None:
    append(tmp_path / "jobs.jsonl", {"machine": machine, "rules": rules})
    with pytest.raises(SystemExit, match=said):
        done_jobs(tmp_path / "jobs.jsonl", {})


def test_a_second_clock_reads_the_same_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[str, ...]] = []
    draw = random.Random(1)

    def measure(names: tuple[str, ...], slower: Mapping[str, float]) -> dict[str, Any]:
        started.append(names)
        # On wall time everything is slower by far; on CPU time nothing is.
        found = {name: {"min": 1 + draw.random() + 9 * bool(slower), "cpu": 1.0} for name in names}
        return {"benchmarks": found}

    monkeypatch.setattr(experiment, "measure", measure)
    job = Job(0, "quiet", "slower", {"a": 0.5, "b": 0.5})
    processes: list[dict[str, Any]] = []
    wall = compare_pairs(["a", "b"], experiment.measurer(job, processes, "min"), seed=job.seed)
    assert [one.runs for one in wall] == [12, 12]
    assert len(started) == 24
    cpu = compare_pairs(["a", "b"], experiment.measurer(job, processes, "cpu"), seed=job.seed)
    assert [one.runs for one in cpu] == [3, 3]
    assert len(started) == 24
    # What is read again is what the verdict was made of.
    assert (
        compare_pairs(["a", "b"], experiment.measurer(job, processes, "min"), seed=job.seed) == wall
    )


def test_wilsons_interval() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263, 15 of 148, 0 of 20.
    assert wilson(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(15 / 148, 148) == pytest.approx((0.0624, 0.1605), abs=1e-4)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)


def test_hits_that_come_together_make_the_interval_wider() -> None:
    apart = rate([(1, 12)] * 10)
    together = rate([(10, 12)] + [(0, 12)] * 9)
    assert (apart.hits, apart.of) == (together.hits, together.of) == (10, 120)
    assert together.high > apart.high
    assert rate([]).of == 0
    assert cell(rate([])) == "-"
    assert cell(rate([(0, 216)])) == "0 (0-1.75)"


def test_each_session_is_a_baseline_once_and_never_its_own(jobs: list[dict[str, Any]]) -> None:
    found = baselines(jobs)
    same = [one for one in jobs if one["kind"] == "aa"]
    assert sorted(found[one["number"]]["number"] for one in same) == [one["number"] for one in same]
    assert all(found[one["number"]] is not one for one in jobs)
    assert all(one["kind"] == "aa" for one in found.values())


def test_a_machine_without_noise_gives_the_rules_themselves(jobs: list[dict[str, Any]]) -> None:
    found = figures("min", 1, single("min"), jobs)
    assert (found.alarms.value, found.jobs.of) == (0.0, 24)
    assert [found.found[level].value for level in LEVELS] == [0.0, 0.0, 0.0, 1.0]
    found = figures("a/b", 6, confirmed("wall"), jobs)
    assert [found.found[level].value for level in LEVELS] == [0.0, 1.0, 1.0, 1.0]
    assert paired_runs(jobs, "wall") == 6


def test_a_slow_machine_alarms_where_nothing_is_calibrated() -> None:
    draw = random.Random(1)
    jobs = [record(job, draw.choice([1.0, 1.3])) for job in schedule(2)]
    assert figures("", 5, beyond(0.2, "wall", calibrated=False), jobs).alarms.value > 0
    assert figures("", 5, beyond(0.2, "wall"), jobs).alarms.value == 0


def counts(group: int, slower: float, by: float = 1.0) -> dict[str, Any]:
    level = {name: round(1e6 * by) for name in SUITE}
    return {"group": group, "slower": slower, "counts": level}


def test_counts_are_compared_within_their_group() -> None:
    runs = [counts(0, 0.0), counts(0, 0.0), counts(0, 0.05, 1.05)]
    found = counted([*runs, counts(1, 0.0, 1.02), counts(1, 0.0, 1.02)], 0.01)
    assert (found.alarms.hits, found.alarms.of) == (0, 24)
    assert found.found[0.05].value == 1.0
    assert counted([*runs, counts(0, 0.0, 1.02)], 0.01).alarms.hits == 12


def test_the_groups_of_counted_runs() -> None:
    runs = instructions.wanted(21)
    assert len(runs) == 21 * 5 + 10 * 4
    assert runs.count((0, 0.0)) == 5
    assert (9, 0.05) in runs
    assert (10, 0.05) not in runs


def test_the_table_is_written_between_its_marks(
    tmp_path: Path, jobs: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = dict.fromkeys(("cpu", "kernel", "libc", "runtime", "virtualisation"), "x")
    lines = [{"machine": {**machine, "cores": 2, "memory": 8}, "rules": RULES.digest}, *jobs]
    data, counted_data = tmp_path / "jobs.jsonl", tmp_path / "counts.jsonl"
    data.write_text("".join(json.dumps(one) + "\n" for one in lines))
    counted_data.write_text("".join(json.dumps(counts(0, 0.0)) + "\n" for _ in range(3)))
    target = tmp_path / "page.md"
    target.write_text(f"before\n{BEGIN}old\n{END}after\n")
    monkeypatch.setattr(
        "sys.argv", ["summary", str(data), str(counted_data), "--page", str(target)]
    )
    main()
    written = target.read_text()
    assert written.startswith(f"before\n{BEGIN}")
    assert written.endswith(f"{END}after\n")
    assert "old" not in written
    assert "30 jobs (quiet 10, memory 10, bursty 10), 24 of them A/A, on 2 cores" in written
    assert "| A/B, wall time, 3-6-12-24 pairs | 6 | 0 (0-" in written
    assert "finds >= 95 % of 10 %: 18 of 18, 100 (82-100) %, **met**" in written
    assert "stored, limit 20 %, finds >= 95 % of 20 %: 0 of 18, 0 (0-17.6) %, **missed**" in written
    assert "- 300 independent A/A jobs: 24, **missed**" in written
    assert "instructions find >= 99 % of 5 %: not measured" in written
    assert "instructions" not in page(data, None)
    target.write_text("no marks")
    with pytest.raises(SystemExit, match="has no marks"):
        main()
