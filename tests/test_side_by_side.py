"""The benchmark against make: what a forge run has started becomes the same commands for make."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from toy_repository import Repository

from benchmarks import makefile
from benchmarks.recorded import Process, Recording

ROOT = Path(__file__).resolve().parents[1]
BUILD = ("run", "a/toy.json", "toy", "build", "")
LINT = ("run", "a/toy.json", "toy", "lint", "")
TEST = ("run", "a/toy.json", "toy", "test", "")
PREPARE = ("prepare", "a/toy.json", "toy")


LINT_FINDS = {"status": 1}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Two projects, one with a linter that finds something."""
    made = Repository(tmp_path_factory.mktemp("toys"))
    made.git("init", "-q", "-b", "main")
    made.toy("a").steer("a", lint=LINT_FINDS).toy("b").steer("b")
    return made.commit()


@pytest.fixture(scope="module")
def recording(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """One run of forge over them."""
    place = tmp_path_factory.mktemp("recording")
    paths = f"{ROOT}:{ROOT / 'gates'}:{ROOT / 'tests/toy'}"
    repository.forge(
        *("-p", "benchmarks.request_log", "--forge-keep-going"),
        environment={
            "PYTHONPATH": paths,
            "REQUEST_LOG": str(place / "log"),
            "REQUEST_LAID": str(place / "laid"),
        },
    )
    (repository.root / "executions.log").rename(place / "executions.log")
    return Recording(place / "log")


def test_every_process_of_a_run_is_known(recording: Recording) -> None:
    started = [(key[1], key[-2]) for key in recording.groups if key[2] == "toy"]
    runs = [(manifest, run) for manifest, run in started if run in ("build", "test", "lint")]
    manifests = ("a/toy.json", "b/toy.json")
    assert sorted(runs) == [(one, run) for one in manifests for run in ("build", "lint", "test")]
    assert [one.status for one in recording.groups[BUILD]] == [0]
    assert [one.status for one in recording.groups[LINT]] == [1]
    assert recording.seconds(BUILD) > 0
    assert recording.preparations(TEST) == [PREPARE]


def test_a_run_that_several_checks_read_is_counted_once(recording: Recording) -> None:
    told = recording.sharing()
    own = {key for key in recording.groups if key[0] == "run"}
    assert told.runs == len(own)
    assert told.shared > 0
    assert told.alone - told.runs == sum(
        len(readers) - 1 for readers in read_by(recording).values()
    )
    assert told.checks == len(
        {check for readers in read_by(recording).values() for check in readers}
    )
    assert told.seconds_alone > told.seconds


def read_by(recording: Recording) -> Mapping[object, set[object]]:
    """Return the checks that need each run themselves: the toy computes nothing."""
    readers: dict[object, set[object]] = {key: set() for key in recording.groups if key[0] == "run"}
    for key, needs in recording.needs.items():
        for need in needs:
            if isinstance(key, str) and need in readers:
                readers[need].add(key)
    return readers


def execute(recording: Recording, repository: Repository, home: Path) -> list[str]:
    """Run every script from a cold start, and return the toy's runs."""
    makefile.write(recording, home)
    shutil.rmtree(repository.root / ".forge", ignore_errors=True)
    (repository.root / "executions.log").unlink(missing_ok=True)
    for number in range(len(recording.groups)):
        subprocess.run(["sh", str(home / f"run{number}.sh")], check=True)
    return repository.executions()


def test_the_scripts_do_what_forge_did(
    recording: Recording, repository: Repository, tmp_path: Path
) -> None:
    executed = execute(recording, repository, tmp_path / "make")
    runs = ("build", "lint", "prepare", "test")
    assert sorted(executed) == [f"{name} {run}" for name in ("a", "b") for run in runs]
    assert list(makefile.differences(recording, tmp_path / "make")) == []


def test_a_command_that_ends_otherwise_is_told(
    recording: Recording, repository: Repository, tmp_path: Path
) -> None:
    repository.steer("a", lint=LINT_FINDS, build={"status": 3})
    execute(recording, repository, tmp_path / "make")
    repository.steer("a", lint=LINT_FINDS)
    (told,) = makefile.differences(recording, tmp_path / "make")
    assert "build" in told
    assert "['0'] under forge, ['3'] under make" in told


def needs(recording: Recording, home: Path) -> dict[str, list[str]]:
    """Return what each target of the Makefile waits for."""
    lines = makefile.write(recording, home).read_text(encoding="utf-8").splitlines()
    pairs = (line.split(":", 1) for line in lines if line.startswith("run"))
    return {name: waits.split() for name, waits in pairs}


def test_a_target_waits_for_its_own_preparation(recording: Recording, tmp_path: Path) -> None:
    names = {key: f"run{number}" for number, key in enumerate(recording.groups)}
    found = needs(recording, tmp_path / "make")
    assert found[names[BUILD]] == []
    assert found[names[TEST]] == [names[PREPARE]]


def test_a_target_waits_for_the_one_before_that_holds_the_same(
    recording: Recording, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "holds", {key: ("directory",) for key in recording.needs})
    found = needs(recording, tmp_path / "make")
    assert found["run0"] == []
    assert all(f"run{number}" in found[f"run{number + 1}"] for number in range(len(found) - 1))


def test_what_was_laid_out_lies_there_again(tmp_path: Path) -> None:
    laid, scratch = tmp_path / "laid", tmp_path / ".forge/runs/list"
    laid.mkdir()
    (laid / "files").write_text("one\n", encoding="utf-8")
    release = tmp_path / ".forge/worktrees/0123"
    release.mkdir(parents=True)
    process = Process(
        argv=("sh", "-c", f"cat files; test -L {release}/modules"),
        directory=str(scratch),
        environment={},
        stdout=str(scratch / "stdout"),
        stderr=str(scratch / "stderr"),
        status=0,
        begun=0.0,
        ended=1.0,
        laid=(str(laid), str(scratch)),
        links={str(release / "modules"): str(tmp_path)},
    )
    log = tmp_path / "log"
    log.touch()
    recording = Recording(log)
    key = ("run", "a/toy.json", "toy", "list", "")
    recording.needs, recording.holds, recording.groups = {key: ()}, {key: ()}, {key: [process]}
    makefile.write(recording, tmp_path / "make")
    subprocess.run(["sh", str(tmp_path / "make/run0.sh")], check=True)
    assert (scratch / "stdout").read_text(encoding="utf-8") == "one\n"
    assert list(makefile.differences(recording, tmp_path / "make")) == []
