"""Benchmarks as their tools report them; the recordings' values are their machine's."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import (
    artifacts,
    benchmark_dotnet,
    criterion,
    go_bench,
    jmh,
    measured,
    pytest_benchmark,
    vitest_bench,
)
from pytest_forge.model import Benchmark, Report
from pytest_forge.probes.criterion import collected

Recorded = Callable[[str, str, str], bytes]

FORMATS = {
    "benchmark-dotnet": benchmark_dotnet.parse,
    "criterion": criterion.parse,
    "go-bench": go_bench.parse,
    "jmh": jmh.parse,
    "pytest-benchmark": pytest_benchmark.parse,
    "vitest-bench": vitest_bench.parse,
}


def shape(report: Report) -> list[tuple[str, str, str, int]]:
    """Return everything of the benchmarks but their values, which have to be plausible ones."""
    assert report.measures == {"benchmarks": len({one.name for one in report.benchmarks})}
    assert all(1e-10 < value < 1 for value in report.benchmarks[0].values), "not in seconds"
    return [(one.name, one.unit, one.direction, len(one.values)) for one in report.benchmarks]


def test_pytest_benchmark_gives_every_round(recorded: Recorded) -> None:
    assert shape(pytest_benchmark.parse(recorded("pytest-benchmark", "clean", "report"))) == [
        ("test_prices.py::test_total[10]", "s", "lower", 8),
        ("test_prices.py::test_total[1000]", "s", "lower", 8),
    ]


def test_pytest_benchmark_without_rounds_gives_the_fastest(recorded: Recorded) -> None:
    document = json.loads(recorded("pytest-benchmark", "clean", "report"))
    for one in document["benchmarks"]:
        del one["stats"]["data"]
    report = pytest_benchmark.parse(json.dumps(document).encode())
    first = document["benchmarks"][0]["stats"]
    assert report.benchmarks[0].values == (first["min"],)


def test_criterion_gives_the_time_of_one_iteration(recorded: Recorded) -> None:
    data = recorded("criterion", "clean", "report")
    report = criterion.parse(data)
    assert shape(report) == [
        ("one total", "s", "lower", 10),
        ("totals/of/10", "s", "lower", 10),
        ("totals/of/1000", "s", "lower", 10),
    ]
    sample = json.loads(data)["criterion"][0]["sample"]
    expected = sample["times"][3] / sample["iters"][3] / 1e9
    assert report.benchmarks[0].values[3] == expected


def test_criterion_without_a_target_has_no_benchmark(recorded: Recorded) -> None:
    report = criterion.parse(recorded("criterion", "nothing", "report"))
    assert report.measures == {"benchmarks": 0}


def test_a_benchmark_that_criterion_began_and_did_not_end_is_no_result(tmp_path: Path) -> None:
    new = tmp_path / "totals" / "new"
    new.mkdir(parents=True)
    (new / "benchmark.json").write_text('{"full_id": "totals"}')
    with pytest.raises(OutputUnreadable, match=r"criterion\[0\] has no 'sample'"):
        criterion.parse(json.dumps(collected(tmp_path)).encode())


def test_go_gives_each_time_that_a_benchmark_ran(recorded: Recorded) -> None:
    data = recorded("go-bench", "clean", "report")
    names = [name for name, *_ in shape(go_bench.parse(data))]
    assert [name.rpartition("-")[0] for name in names] == [
        "example.com/shop BenchmarkTotal/of=10",
        "example.com/shop BenchmarkTotal/of=1000",
    ]
    assert {len(one.values) for one in go_bench.parse(data).benchmarks} == {2}


def test_go_without_benchmarks_has_none(recorded: Recorded) -> None:
    assert go_bench.parse(recorded("go-bench", "nothing", "report")).measures == {"benchmarks": 0}


def test_a_failed_benchmark_of_go_is_no_result(recorded: Recorded) -> None:
    with pytest.raises(OutputUnreadable, match="--- FAIL: BenchmarkWorse"):
        go_bench.parse(recorded("go-bench", "failing", "report"))


def test_jmh_gives_the_forks_as_processes(recorded: Recorded) -> None:
    report = jmh.parse(recorded("jmh", "clean", "report"))
    rates = [one for one in report.benchmarks if one.direction == "higher"]
    spent = [one for one in report.benchmarks if one.direction == "lower"]

    def shapes(benchmarks: list[Benchmark]) -> list[tuple[str, str, int]]:
        return [(one.name, one.unit, len(one.values)) for one in benchmarks]

    assert shapes(rates) == [
        ("shop.Prices.shown(count=10) thrpt", "ops/s", 3),
        ("shop.Prices.shown(count=10) thrpt", "ops/s", 3),
        ("shop.Prices.shown(count=1000) thrpt", "ops/s", 3),
        ("shop.Prices.shown(count=1000) thrpt", "ops/s", 3),
    ]
    assert shapes(spent) == [
        ("shop.Prices.total(count=10) avgt", "s", 3),
        ("shop.Prices.total(count=10) avgt", "s", 3),
        ("shop.Prices.total(count=1000) avgt", "s", 3),
        ("shop.Prices.total(count=1000) avgt", "s", 3),
    ]
    assert report.measures == {"benchmarks": 4}
    assert all(1e-10 < value < 1e-3 for one in spent for value in one.values)
    assert all(value > 1e3 for one in rates for value in one.values)


def test_two_results_of_jmh_have_two_names(recorded: Recorded) -> None:
    document = json.loads(recorded("jmh", "clean", "report"))
    with pytest.raises(OutputUnreadable, match="two results are called"):
        jmh.parse(json.dumps([*document, document[0]]).encode())


def test_a_method_under_two_jobs_of_benchmark_dotnet_is_two(recorded: Recorded) -> None:
    document = json.loads(recorded("benchmark-dotnet", "clean", "report"))
    first = document["Benchmarks"][0]
    document["Benchmarks"].append({**first, "DisplayInfo": "PageBenchmarks.Parse: LongRun"})
    report = benchmark_dotnet.parse(json.dumps(document).encode())
    assert report.benchmarks[-1].name == "PageBenchmarks.Parse: LongRun"
    assert report.benchmarks[0].name == first["DisplayInfo"]
    assert report.measures == {"benchmarks": 5}


def test_benchmark_dotnet_gives_what_is_left_without_the_overhead(recorded: Recorded) -> None:
    data = recorded("benchmark-dotnet", "clean", "report")
    report = benchmark_dotnet.parse(data)
    assert shape(report) == [
        (f"Pager.Benchmarks.PageBenchmarks.{name}(Count: {count})", "s", "lower", 3)
        for count in (10, 1000)
        for name in ("Parse", "ReadAll")
    ]
    stated = json.loads(data)["Benchmarks"][0]["Statistics"]["OriginalValues"]
    assert report.benchmarks[0].values == pytest.approx([value / 1e9 for value in stated])


def test_two_launches_of_benchmark_dotnet_are_two_processes(recorded: Recorded) -> None:
    document = json.loads(recorded("benchmark-dotnet", "clean", "report"))
    measurements = document["Benchmarks"][0]["Measurements"]
    again = [{**one, "LaunchIndex": 2} for one in measurements]
    document["Benchmarks"][0]["Measurements"] = measurements + again
    report = benchmark_dotnet.parse(json.dumps(document).encode())
    assert report.benchmarks[0] == report.benchmarks[1]
    assert report.measures == {"benchmarks": 4}


def test_vitest_gives_the_fastest_of_each(recorded: Recorded) -> None:
    assert shape(vitest_bench.parse(recorded("vitest-bench", "clean", "report"))) == [
        ("prices.bench.ts > totals > of ten", "s", "lower", 1),
        ("prices.bench.ts > totals > of a thousand", "s", "lower", 1),
    ]


def test_a_benchmark_that_threw_under_vitest_is_no_result(recorded: Recorded) -> None:
    with pytest.raises(OutputUnreadable, match="worse has no sample"):
        vitest_bench.parse(recorded("vitest-bench", "failing", "report"))


@pytest.mark.parametrize("name", FORMATS)
def test_no_cut_is_a_result(recorded: Recorded, name: str) -> None:
    # Behind the end there is only the end of the line.
    whole = recorded(name, "clean", "report").rstrip()
    for end in range(0, len(whole), max(1, len(whole) ** 2 // 50_000_000)):
        with pytest.raises(OutputUnreadable):
            FORMATS[name](whole[:end])


@pytest.mark.parametrize(
    ("run", "output", "parse"),
    [
        ("commands", "measured", measured.parse),
        ("benchmarks", "measured", measured.parse),
        ("artifacts", "artifacts", artifacts.parse),
    ],
)
def test_no_cut_of_what_forge_prints_is_a_result(
    recorded: Recorded, run: str, output: str, parse: Callable[[bytes], Report]
) -> None:
    whole = recorded(run, "clean", output).rstrip()
    assert parse(whole).measures
    for end in range(len(whole)):
        with pytest.raises(OutputUnreadable):
            parse(whole[:end])


VALUES: dict[str, Callable[[Any, Any], None]] = {
    "pytest-benchmark": lambda one, value: one["benchmarks"][0]["stats"]["data"].append(value),
    "criterion": lambda one, value: one["criterion"][0]["sample"].update(times=[value] * 10),
    "jmh": lambda one, value: one[0]["primaryMetric"]["rawData"][0].append(value),
    "vitest-bench": lambda one, value: one["files"][0]["groups"][0]["benchmarks"][0].update(
        min=value
    ),
    "benchmark-dotnet": lambda one, value: one["Benchmarks"][0]["Measurements"][-1].update(
        Nanoseconds=value
    ),
}


@pytest.mark.parametrize("value", [0, -1, "fast", None, True, float("nan"), sys.float_info.max * 2])
@pytest.mark.parametrize("name", VALUES)
def test_what_can_be_no_measured_value_is_refused(
    recorded: Recorded, name: str, value: object
) -> None:
    document = json.loads(recorded(name, "clean", "report"))
    VALUES[name](document, value)
    with pytest.raises(OutputUnreadable):
        FORMATS[name](json.dumps(document).encode())


@pytest.mark.parametrize("line", [b"BenchmarkTotal-2  100  0 ns/op\n", b"BenchmarkTotal-2  100\n"])
def test_a_result_of_go_without_a_time_is_refused(line: bytes) -> None:
    with pytest.raises(OutputUnreadable, match="BenchmarkTotal"):
        go_bench.parse(line + b"PASS\n")
