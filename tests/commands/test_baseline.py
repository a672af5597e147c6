"""`pytest-forge baseline`."""

from collections.abc import Callable
from typing import Any, Protocol

import pytest
from toy_repository import Repository

from pytest_forge.locks import try_lock

FILE = ".forge/baseline/toy.json.json"


class Said(Protocol):
    status: int
    out: str
    err: str


Cli = Callable[..., Said]


def lint(*rules: str) -> Any:
    """Return the steering of the lint run."""
    found = [{"measure": "lint.findings", "rule": rule} for rule in rules]
    return {"report": {"measures": {"files": 1, "complexity.max": 3}, "findings": found}}


@pytest.fixture
def adopted(repository: Repository, inside: Cli) -> Repository:
    """Return a repository with two known findings."""
    repository.toy().steer(lint=lint("R", "S"))
    ran = inside("baseline", "update", "-q", "--accept", "adopting forge", "toy.json::quality")
    assert ran.status == 0, ran.out
    return repository


def test_nothing_known_says_how_to_adopt(repository: Repository, cli: Cli) -> None:
    repository.toy()
    said = cli("baseline", "show")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("Nothing is known.")
    assert 'pytest-forge baseline update --accept "REASON"' in said.out


def test_what_is_known_is_shown_with_its_reason(adopted: Repository, cli: Cli) -> None:
    said = cli("baseline", "show")
    assert "toy.json: 2 findings\n" in said.out
    rows = [line.split() for line in said.out.splitlines()]
    assert ["quality::toy-lint", "R", "1"] in rows
    (reason,) = [line for line in said.out.splitlines() if line.endswith("adopting forge")]
    assert reason.split()[-3] == "2"
    assert "STALE" not in said.out


def test_what_the_last_run_did_not_find_is_stale(
    adopted: Repository, inside: Cli, cli: Cli
) -> None:
    adopted.steer(lint=lint("S"))
    assert inside("run", "toy.json::quality").status == 0
    said = cli("baseline", "show")
    assert "STALE: 1, not found any more by the last run\n" in said.out
    assert "  toy.json::quality::toy-lint  R tool.py found\n" in said.out
    assert inside("baseline", "update", "toy.json::quality").status == 0
    assert "STALE" not in cli("baseline", "show").out


def test_what_belongs_to_nothing_is_pruned(adopted: Repository, cli: Cli) -> None:
    text = (adopted.root / FILE).read_text(encoding="utf-8")
    adopted.write(
        {
            FILE: text.replace("quality::toy-lint", "quality::gone"),
            ".forge/baseline/old.json": "{}",
        }
    )
    assert "note: .forge/baseline/old.json is of no project here" in cli("baseline", "show").out
    said = cli("baseline", "prune")
    assert said.out == (
        "removed .forge/baseline/old.json\nbaseline of toy.json: 2 removed; now nothing\n"
    )
    assert list((adopted.root / ".forge/baseline").iterdir()) == []
    assert cli("baseline", "prune").out == "nothing to prune\n"


def test_a_gate_that_is_there_keeps_its_entries(adopted: Repository, cli: Cli) -> None:
    before = (adopted.root / FILE).read_bytes()
    assert cli("baseline", "prune").out == "nothing to prune\n"
    assert (adopted.root / FILE).read_bytes() == before


def test_pruning_waits_for_no_run(adopted: Repository, cli: Cli) -> None:
    taken = try_lock(adopted.root / ".forge/lock")
    assert taken is not None
    said = cli("baseline", "prune")
    taken.release()
    assert (said.status, said.err) == (
        4,
        "pytest-forge: a forge is running here; wait for it, or end it\n",
    )


@pytest.mark.parametrize("more", [("toy.json",), ("--accept", "x"), ("--unknown",)])
def test_only_an_update_takes_more(repository: Repository, cli: Cli, more: tuple[str, ...]) -> None:
    repository.toy()
    said = cli("baseline", "show", *more)
    assert (said.status, said.err) == (
        4,
        "pytest-forge: baseline show takes no further arguments\n",
    )


def test_a_broken_one_is_one_line(adopted: Repository, cli: Cli) -> None:
    adopted.write({FILE: "{"})
    said = cli("baseline", "show")
    assert said.status == 4
    assert said.err.startswith(f"pytest-forge: {FILE}: line 1: not JSON")
    assert said.err.count("\n") == 1


def test_doctor_shows_it(adopted: Repository, cli: Cli) -> None:
    assert "baseline:     toy.json: 2 findings\n" in cli("doctor").out
    (adopted.root / FILE).unlink()
    assert "baseline:     none: every finding counts\n" in cli("doctor").out
