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
TEST = ("run", "a/toy.json", "toy", "test", "")
PREPARE = ("prepare", "a/toy.json", "toy")


@pytest.fixture
def recording(repository: Repository, tmp_path: Path) -> Recording:
    """A run over two projects, of which one has a linter that finds something."""
    repository.toy("a").steer("a", lint={"status": 1}).toy("b").steer("b").commit()
    log = tmp_path / "log"
    paths = f"{ROOT}:{ROOT / 'gates'}:{ROOT / 'tests/toy'}"
    repository.forge(
        *("-p", "benchmarks.request_log", "--forge-keep-going"),
        environment={
            "PYTHONPATH": paths,
            "REQUEST_LOG": str(log),
            "REQUEST_LAID": str(tmp_path / "laid"),
        },
    )
    return Recording(log)


def test_every_process_of_a_run_is_known(recording: Recording, repository: Repository) -> None:
    manifests = {key[1] for key in recording.groups}
    assert manifests == {"a/toy.json", "b/toy.json"}
    assert [one.status for one in recording.groups[BUILD]] == [0]
    assert recording.seconds(BUILD) > 0
    assert recording.preparations(TEST) == [PREPARE]
    started = [one for steps in recording.groups.values() for one in steps if "tool.py" in one.argv]
    assert len(started) == len(repository.executions())


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


def execute(recording: Recording, repository: Repository, home: Path) -> None:
    """Run every script, from a cold start, in the order that make would keep to."""
    shutil.rmtree(repository.root / ".forge")
    for number in range(len(recording.groups)):
        subprocess.run(["sh", str(home / f"run{number}.sh")], check=True)


def test_the_scripts_do_what_forge_did(
    recording: Recording, repository: Repository, tmp_path: Path
) -> None:
    before = repository.executions()
    home = tmp_path / "make"
    makefile.write(recording, home)
    execute(recording, repository, home)
    assert sorted(repository.executions()) == sorted(before * 2)
    assert list(makefile.differences(recording, home)) == []


def test_a_command_that_ends_otherwise_is_told(
    recording: Recording, repository: Repository, tmp_path: Path
) -> None:
    home = tmp_path / "make"
    makefile.write(recording, home)
    repository.steer("a", lint={"status": 1}, build={"status": 3})
    execute(recording, repository, home)
    (told,) = makefile.differences(recording, home)
    assert "build" in told
    assert "['0'] under forge, ['3'] under make" in told


def test_a_target_waits_for_its_own_preparation_and_for_what_holds_the_same(
    recording: Recording, tmp_path: Path
) -> None:
    names = {key: f"run{number}" for number, key in enumerate(recording.groups)}
    lines = makefile.write(recording, tmp_path / "make").read_text(encoding="utf-8").splitlines()
    needs = dict(line.split(":", 1) for line in lines if line.startswith("run"))
    assert needs[names[BUILD]].split() == []
    assert needs[names[TEST]].split() == [names[PREPARE]]
    first, second = (names[key] for key in list(recording.groups)[:2])
    recording.holds = {key: ("directory",) for key in recording.needs}
    lines = makefile.write(recording, tmp_path / "held").read_text(encoding="utf-8").splitlines()
    needs = dict(line.split(":", 1) for line in lines if line.startswith("run"))
    assert first in needs[second].split()


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
