"""Locks between processes; two open files of one process exclude each other as well."""

from pathlib import Path

from pytest_forge.locks import lock, try_lock


def test_a_lock_is_held_until_it_is_released(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    taken = try_lock(path)
    assert taken is not None
    assert try_lock(path) is None
    taken.release()
    again = try_lock(path)
    assert again is not None
    again.release()


def test_shared_holders_stand_beside_each_other_and_exclude_a_sole_one(tmp_path: Path) -> None:
    path = tmp_path / "below" / "lock"
    with lock(path, shared=True), lock(path, shared=True):
        assert try_lock(path) is None
    free = try_lock(path)
    assert free is not None
    free.release()
