"""The lock that is lent to a project without one: when it stands in the tree, and when not."""

import multiprocessing
import time
from multiprocessing.queues import Queue
from pathlib import Path

import pytest

from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.rust.lockfile import MARK, is_lent, lent_lockfile

FORK = multiprocessing.get_context("fork")


@pytest.fixture
def context(tmp_path: Path) -> Context:
    root = tmp_path / "a root"
    root.mkdir()
    return Context(
        project=Project("Cargo.toml", "rust", "demo"),
        settings=ProjectSettings(),
        tree=Tree(root, ()),
        root=root,
        directory=root,
        scratch=root / ".forge/runs/x",
        cache=root / ".forge/cache/demo",
    )


def test_a_lock_stands_there_only_while_a_run_needs_it(context: Context) -> None:
    path = context.directory / "Cargo.lock"
    with lent_lockfile(context) as slots:
        assert slots == {}
        assert is_lent(path.read_bytes())
        path.write_bytes(MARK + b"\nversion = 4\n")
    assert not path.exists()
    with lent_lockfile(context):
        assert path.read_bytes() == MARK + b"\nversion = 4\n"
    assert not path.exists()


def test_a_failed_run_leaves_none_either(context: Context) -> None:
    with pytest.raises(RuntimeError), lent_lockfile(context):
        raise RuntimeError
    assert not (context.directory / "Cargo.lock").exists()


def test_the_users_own_lock_stays_as_it_is(context: Context) -> None:
    path = context.directory / "Cargo.lock"
    path.write_bytes(b"version = 3\n")
    with lent_lockfile(context):
        assert path.read_bytes() == b"version = 3\n"
    assert path.read_bytes() == b"version = 3\n"
    assert not (context.cache / "Cargo.lock").exists()


def test_a_lock_that_the_user_makes_meanwhile_stays(context: Context) -> None:
    path = context.directory / "Cargo.lock"
    with lent_lockfile(context):
        path.write_bytes(b"version = 4\n")
    assert path.read_bytes() == b"version = 4\n"


def test_the_last_of_overlapping_runs_takes_it_back(context: Context) -> None:
    path = context.directory / "Cargo.lock"
    with lent_lockfile(context):
        with lent_lockfile(context):
            pass
        assert path.exists()
    assert not path.exists()


def _hold(context: Context, entered: "Queue[str]", leave: Path) -> None:
    with lent_lockfile(context):
        entered.put("entered")
        while not leave.exists():
            time.sleep(0.01)


def test_another_process_keeps_it_there(context: Context, tmp_path: Path) -> None:
    path, leave = context.directory / "Cargo.lock", tmp_path / "leave"
    entered: Queue[str] = FORK.Queue()
    other = FORK.Process(target=_hold, args=(context, entered, leave))
    other.start()
    try:
        assert entered.get(timeout=60) == "entered"
        with lent_lockfile(context):
            pass
        assert path.exists()
    finally:
        leave.touch()
        other.join(60)
    assert other.exitcode == 0
    assert not path.exists()


def test_what_a_killed_run_has_left_is_taken_back_by_the_next(
    context: Context, tmp_path: Path
) -> None:
    path = context.directory / "Cargo.lock"
    entered: Queue[str] = FORK.Queue()
    never = tmp_path / "never"
    other = FORK.Process(target=_hold, args=(context, entered, never))
    other.start()
    assert entered.get(timeout=60) == "entered"
    other.kill()
    other.join(60)
    assert path.exists()
    with lent_lockfile(context):
        assert is_lent(path.read_bytes())
    assert not path.exists()
