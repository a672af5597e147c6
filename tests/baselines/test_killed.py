"""An update that is killed: the baseline is the old one or the new one, never less."""

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

from pytest_forge.baselines import store
from pytest_forge.baselines.entries import Acceptance, Baseline, KnownFinding

KILLED = 200


def baseline(size: int) -> Baseline:
    one = KnownFinding("R", "a.py", "", "c", "lint.findings", "k", "a message")
    found = tuple(replace(one, fingerprint=f"{place:064x}") for place in range(size))
    return Baseline("m", {"quality::x": found}, acceptances={"k": Acceptance("why")})


def killed(update: Callable[[int], None], done: int, seconds: float) -> int:
    """Update again and again in a process of its own, and kill it; return its signal.

    It is killed so many seconds after `done` updates, so that it is in the middle of a further one
    however busy the machine is.
    """
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            for number in count():
                update(number)
                os.write(tell, b".")
        os._exit(1)
    for _ in range(done):
        os.read(told, 1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.close(told)
    os.close(tell)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def test_killed_at_any_moment_it_leaves_a_whole_baseline(tmp_path: Path) -> None:
    small, large = baseline(3), baseline(400)
    begun = time.monotonic()
    store.write(tmp_path, large)
    store.write(tmp_path, small)
    longest = time.monotonic() - begun
    chance = random.Random(5)
    left = []
    for _ in range(KILLED):
        done, seconds = chance.randrange(3), chance.uniform(0, longest)
        ending = killed(lambda n: store.write(tmp_path, (large, small)[n % 2]), done, seconds)
        assert ending == signal.SIGKILL
        left.append(store.read(tmp_path, "m"))
    assert all(one in (small, large) for one in left)
    assert {len(one.findings["quality::x"]) for one in left} == {3, 400}
    assert store.stored(tmp_path) == ("m.json",)
    names = [path.name for path in (tmp_path / store.DIRECTORY).iterdir()]
    assert names == ["m.json"], "what a killed process leaves must not be committed"


def test_what_a_killed_update_left_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / ".forge").mkdir()
    (tmp_path / ".forge/m.json.tmp").write_text("half a ba", encoding="utf-8")
    store.write(tmp_path, baseline(3))
    assert store.read(tmp_path, "m") == baseline(3)
