"""`pytest-forge run`."""

import json
from collections.abc import Callable
from typing import Protocol

import pytest
from toy_repository import Repository


class Said(Protocol):
    status: int
    out: str
    err: str


Child = Callable[..., Said]

HINDERING = (
    "[pytest]\nrequired_plugins = pytest-nothing\nminversion = 99\naddopts = -p nothing.there\n"
)


def outcomes(repository: Repository) -> dict[str, str]:
    report = repository.root / ".forge/reports/report.json"
    data = json.loads(report.read_text(encoding="utf-8"))
    return {one["id"]: one["outcome"] for one in data["checks"] if one["language"] == "toy"}


@pytest.mark.real
def test_settings_that_keep_pytest_from_starting_do_not_hinder(
    repository: Repository, child: Child
) -> None:
    repository.toy().write({"pytest.ini": HINDERING})
    refused = repository.forge()
    assert refused.report is None
    child("run")
    assert set(outcomes(repository).values()) == {"passed"}
    assert len(outcomes(repository)) == 8


def test_arguments_are_pytests_own(repository: Repository, inside: Child) -> None:
    repository.toy("a").toy("b").write({"pytest.ini": HINDERING})
    said = inside("run", "a", "-k", "quality", "-v", "--forge-report=out")
    assert said.status == 0, said.out + said.err
    assert "a/toy.json::quality::toy-lint PASSED" in said.out
    assert "b/toy.json" not in said.out.split("gates of")[0]
    assert "warning" not in said.out
    assert (repository.root / "out/report.json").exists()


def test_the_status_is_pytests(repository: Repository, inside: Child) -> None:
    repository.toy().steer(build={"status": 9})
    assert inside("run").status == 1
    assert inside("run", "-k", "nothing_fits").status == 5
    assert inside("run", "--no-such-option").status == 4


def test_without_a_project_the_status_is_4(repository: Repository, inside: Child) -> None:
    said = inside("run")
    assert said.status == 4
    assert not (repository.root / ".forge").exists()
