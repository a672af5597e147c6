"""Sessions: what is kept of process runs, and their file, read back and broken in every place."""

import json
from dataclasses import replace
from typing import Any

import pytest

from pytest_forge.baselines.documents import parse
from pytest_forge.baselines.files import render
from pytest_forge.errors import ConfigurationError
from pytest_forge.model import Benchmark
from pytest_forge.performance.machine import Machine
from pytest_forge.performance.rows import document_of, sessions_of
from pytest_forge.performance.session import ProcessRun, Series, Session, keep, series_of

START = "2026-11-21T15:00:00+00:00"


def run(*values: float, order: int = 0) -> ProcessRun:
    return ProcessRun.of(values, START, order)


def session(**changes: Any) -> Session:
    whole = Session(
        tool="0.1.0",
        commit="1a2b3c4d",
        dirty=False,
        time=START,
        command="pytest --benchmark-only",
        configuration="abc",
        machine=Machine(cpu="A", cores=2, runtime="Python 3.12.1"),
        benchmarks={
            "parse": Series("s", "lower", (run(2.0, 1.0, 3.0), run(1.5, order=1)), 12345),
            "serve": Series("ops/s", "higher", (run(100.0, 200.0),)),
        },
        calibration={"integers": 0.001},
        load=1.5,
        steal=0.25,
    )
    return replace(whole, **changes)


def read(text: str) -> tuple[Session, ...]:
    return sessions_of(parse(text.encode(), "b.json"))


def test_a_process_run_is_summarised() -> None:
    values = [float(number) for number in range(101)]
    found = run(*values)
    assert (found.n, found.min, found.q10, found.q25) == (101, 0.0, 10.0, 25.0)
    assert (found.median, found.mean, found.max) == (50.0, 50.0, 100.0)
    assert found.sd == pytest.approx(29.15, abs=0.01)


def test_of_many_rounds_fifty_are_kept_in_order() -> None:
    values = [float(number) for number in range(1000)]
    rounds = run(*values).rounds
    assert len(rounds) == 50
    assert list(rounds) == sorted(rounds)
    assert rounds == run(*values).rounds
    assert run(3.0, 1.0).rounds == (3.0, 1.0)
    with pytest.raises(ValueError, match="without rounds"):
        run()


def test_the_best_of_a_rate_is_its_highest() -> None:
    assert session().benchmarks["parse"].costs() == (1.0, 1.5)
    assert session().benchmarks["serve"].costs() == (1 / 200.0,)


def test_the_processes_of_a_session_become_series() -> None:
    first = Benchmark("a", "s", "lower", (2.0, 1.0)), Benchmark("b", "s", "lower", (5.0,))
    found = series_of([(START, first), (START, [Benchmark("a", "s", "lower", (3.0,))])])
    assert found["a"].costs() == (1.0, 3.0)
    assert [one.order for one in found["a"].runs] == [0, 1]
    assert found["b"].costs() == (5.0,)
    with pytest.raises(ValueError, match="a: its unit changes"):
        series_of([(START, first), (START, [Benchmark("a", "ops/s", "higher", (3.0,))])])


def test_a_file_of_sessions_is_read_back_whole() -> None:
    sessions = (session(), session(dirty=True, commit="", calibration={}))
    assert read(render(document_of(sessions))) == sessions


def test_the_last_ten_sessions_are_kept() -> None:
    sessions: tuple[Session, ...] = ()
    for number in range(12):
        sessions = keep(sessions, session(commit=str(number)))
    assert [one.commit for one in sessions] == [str(number) for number in range(2, 12)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"benchmarks-1"', '"benchmarks-9"', "not 'benchmarks-1'; update pytest-forge"),
        ('"dirty": false', '"dirty": 0', "true or false was expected"),
        ('"load": 1.5', '"lode": 1.5', 'the key "lode" is unknown'),
        ('"load": 1.5', '"load": "1.5"', "a number was expected"),
        ('"direction": "lower"', '"direction": "up"', '"lower" or "higher" was expected'),
        ('"cores": 2', '"cores": 2.5', "a whole number was expected, not 2.5"),
        ('"integers": 0.001', '"integers": 0', "a number above 0 was expected, not 0"),
        ('"min": 1.0', '"min": -1.0', "a number above 0 was expected, not -1.0"),
        ('"n": 3', '"n": 3.5', "a whole number was expected, not 3.5"),
        ('"instructions": 12345', '"instructions": "many"', "a number was expected"),
        ('"tool": "0.1.0", ', "", 'the key "tool" is missing'),
        ('"command": "', '"command": 3, "x": "', 'the key "x" is unknown'),
    ],
)
def test_what_is_wrong_is_said_in_one_line(old: str, new: str, said: str) -> None:
    text = json.dumps(document_of([session()]))
    assert old in text
    with pytest.raises(ConfigurationError) as raised:
        read(text.replace(old, new, 1))
    assert said in str(raised.value)
    assert str(raised.value).startswith("b.json: line 1: ")
    assert "\n" not in str(raised.value)


def test_a_benchmark_without_runs_is_refused() -> None:
    document = document_of([session()])
    document["sessions"][0]["benchmarks"]["parse"]["runs"] = []
    with pytest.raises(ConfigurationError, match="there is no run"):
        read(json.dumps(document))


def test_a_session_says_what_makes_it_incomparable() -> None:
    there = session()
    assert there.differences(session(commit="x", load=9.0)) == ()
    here = session(command="pytest -x", configuration="def", machine=Machine(cpu="A", cores=4))
    assert there.differences(here) == (
        "cores: 2 there, 4 here",
        "runtime: Python 3.12.1 there, unknown here",
        "command: pytest --benchmark-only there, pytest -x here",
        "configuration: it has changed since",
    )
