"""Sessions that a run leaves, in what is stored beside the baseline, and compared with later."""

import json
import sys
from dataclasses import replace

import pytest
from test_performance_timed import PYTHON, declared, judged
from toy_repository import Repository
from toy_runs import session_of

from pytest_forge.baselines import store
from pytest_forge.errors import ConfigurationError
from pytest_forge.measuring import plans
from pytest_forge.measuring.planning import KIND
from pytest_forge.measuring.remembering import remember
from pytest_forge.model import Outcome, TimingState
from pytest_forge.performance.rows import sessions_of
from pytest_forge.performance.session import KEPT, Session
from pytest_forge.probes import measure
from pytest_forge.results import CheckResult


def stored(repository: Repository) -> tuple[Session, ...]:
    value = store.read_document(repository.root, "toy.json", KIND)
    return () if value is None else sessions_of(value)


def kept(repository: Repository, result: CheckResult, accepted: bool = False) -> tuple[str, ...]:
    return remember(session_of(repository), {result.id: result}, accepted)


@pytest.fixture
def measured(repository: Repository) -> tuple[Repository, CheckResult]:
    repository.toy().write(declared((*PYTHON, "-c", "pass"), "runs = 3"))
    return repository, judged(repository)


def test_a_session_is_stored_and_compared_with(measured: tuple[Repository, CheckResult]) -> None:
    repository, result = measured
    assert {one.state for one in result.timings} == {TimingState.FIRST_MEASUREMENT}
    assert kept(repository, result) == (
        "baseline of toy.json: a session of commands[start] is stored",
    )
    (session,) = stored(repository)
    assert session.tool == "commands[start]"
    assert [len(one.runs) for one in session.benchmarks.values()] == [3, 3, 3]
    assert session.machine.cores >= 1
    assert session.machine.lockfile == ""
    assert len(session.configuration) == 12
    assert session.steal >= 0
    again = judged(repository)
    assert {one.base[:10] for one in again.timings} == {"session of"}
    assert {one.base_runs for one in again.timings} == {3}


def test_a_session_of_another_machine_is_not_comparable_and_passes(
    measured: tuple[Repository, CheckResult],
) -> None:
    repository, result = measured
    kept(repository, result)
    path = store.path_of(repository.root, "toy.json", KIND)
    document = json.loads(path.read_text())
    document["sessions"][0]["machine"]["cpu"] = "another"
    for series in document["sessions"][0]["benchmarks"].values():
        for run in series["runs"]:
            for name in ("min", "q10", "q25", "median", "mean", "max"):
                run[name] = 1e-9
            run["sd"], run["rounds"] = 0, [1e-9] * run["n"]
    path.write_text(json.dumps(document))
    again = judged(repository)
    assert again.outcome is Outcome.PASSED, again.reason
    assert {one.state for one in again.timings} == {TimingState.NOT_COMPARABLE}
    assert "cpu: another there" in again.notes[0]


def test_only_the_newest_of_each_check_are_kept(measured: tuple[Repository, CheckResult]) -> None:
    repository, result = measured
    for _ in range(KEPT + 2):
        kept(repository, result)
    assert len(stored(repository)) == KEPT


def test_what_has_failed_is_kept_only_where_it_is_accepted(
    measured: tuple[Repository, CheckResult],
) -> None:
    repository, result = measured
    failed = replace(result, outcome=Outcome.FAILED)
    assert kept(repository, failed) == ()
    assert stored(repository) == ()
    assert len(kept(repository, failed, accepted=True)) == 1


def test_a_stored_file_that_is_broken_is_an_error_and_stays(
    measured: tuple[Repository, CheckResult],
) -> None:
    repository, result = measured
    path = store.path_of(repository.root, "toy.json", KIND)
    path.parent.mkdir(parents=True)
    path.write_text('{"schema": "benchmarks-1", "sessions": [')
    with pytest.raises(ConfigurationError, match=r"toy\.json\.benchmarks\.json"):
        kept(repository, result)
    assert judged(repository).outcome is Outcome.ERROR
    assert path.read_text().endswith("[")


def test_another_command_is_not_comparable(measured: tuple[Repository, CheckResult]) -> None:
    repository, result = measured
    kept(repository, result)
    repository.write(declared((sys.executable, "-I", "-S", "-c", "1"), "runs = 3"))
    assert {one.state for one in judged(repository).timings} == {TimingState.NOT_COMPARABLE}


def test_another_lockfile_and_another_build_are_not_comparable(
    measured: tuple[Repository, CheckResult],
) -> None:
    repository, _ = measured
    repository.write({"toy.lock": "1"})
    kept(repository, judged(repository))
    repository.write({"toy.lock": "2"})
    assert judged(repository).timings[0].note.startswith("lockfile: ")
    command = declared((*PYTHON, "-c", "pass"), "runs = 3", 'build = ["true"]')
    repository.write({"toy.lock": "1", **command})
    assert judged(repository).timings[0].note == "configuration: it has changed since"


def test_the_time_that_the_hypervisor_takes_is_kept(
    measured: tuple[Repository, CheckResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter((4.0, 6.5))
    monkeypatch.setattr(measure, "stolen_seconds", lambda: next(times))
    (plan_path,) = measured[0].root.rglob("plan.json")
    plan = plans.read(plan_path.read_text())
    measurement = measure.Measurement(plan)
    assert measurement.session([measurement.start(plan.head)]).steal == 2.5


@pytest.mark.real
def test_a_run_that_updates_the_baseline_stores_its_sessions(repository: Repository) -> None:
    ignored = ".forge/*\n!.forge/baseline/\nexecutions.log\n"
    settings = declared((*PYTHON, "-c", "pass"), "runs = 3")
    repository.toy().write({**settings, ".gitignore": ignored}).commit()
    ran = repository.forge("toy.json::breaking-changes", "--forge-update-baseline")
    assert "baseline of toy.json: a session of commands[start] is stored" in ran.stdout
    assert len(stored(repository)) == 1
    again = repository.forge("toy.json::breaking-changes")
    timings = again.check("commands[start]")["timings"]
    # What looks slower by chance is measured again, against the commit of the session.
    assert min(one["base_runs"] for one in timings) >= 3


SLEEP = "import time; time.sleep({})"


@pytest.mark.real
def test_a_suspect_is_compared_with_the_commit_of_its_session(repository: Repository) -> None:
    settings = declared((*PYTHON, "app.py"), "runs = 3")
    ignored = ".forge/*\n!.forge/baseline/\nexecutions.log\n"
    files = {**settings, ".gitignore": ignored, "app.py": SLEEP.format(0.02)}
    repository.toy().write(files).commit()
    repository.git("branch", "-M", "main")
    first = repository.git("rev-parse", "HEAD").strip()
    kept(repository, judged(repository))
    repository.write({"app.py": SLEEP.format(0.4)}).commit()
    wall = judged(repository).timings[0]
    assert (wall.state, wall.rule) == (TimingState.REGRESSION, "paired")
    assert wall.base == f"commit {first[:12]}"
    path = store.path_of(repository.root, "toy.json", KIND)
    path.write_text(path.read_text().replace(first, "0" * 40))
    wall = judged(repository).timings[0]
    assert (wall.state, wall.rule) == (TimingState.REGRESSION, "stored")
