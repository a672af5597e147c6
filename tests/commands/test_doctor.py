"""`pytest-forge doctor`."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from toy_repository import Repository


class Said(Protocol):
    status: int
    out: str
    err: str


Cli = Callable[..., Said]


def row(said: Said, start: str) -> str:
    (found,) = [line for line in said.out.splitlines() if line.startswith(start)]
    return found


def test_projects_and_tools_are_listed(repository: Repository, cli: Cli) -> None:
    repository.toy("a").toy("b")
    said = cli("doctor")
    assert said.status == 0
    assert row(said, "forge's root:").endswith(
        f"{repository.root} (no configuration file: the defaults hold)"
    )
    assert row(said, "a/toy.json").split() == ["a/toy.json", "toy", "a"]
    assert row(said, "b/toy.json").split() == ["b/toy.json", "toy", "b"]
    assert f" {sys.executable} -m platform  " in row(said, "toy  ")
    assert "  forge's environment has it  " in row(said, "toy  ")
    assert row(said, "toy  ").endswith("licenses, breaking-changes")


def test_nothing_is_written(repository: Repository, cli: Cli) -> None:
    repository.toy()
    before = sorted(repository.root.rglob("*"))
    cli("doctor")
    assert sorted(repository.root.rglob("*")) == before


def test_what_was_passed_over_and_excluded_is_listed_with_the_reason(
    repository: Repository, cli: Cli
) -> None:
    repository.toy().toy("tests/data").toy("third_party").write(
        {"empty/toy.json": "{}", "forge.toml": 'exclude = ["third_party/**"]'}
    )
    said = cli("doctor")
    assert 'below "tests"' in row(said, "tests/data/toy.json")
    assert row(said, "empty/toy.json").endswith("it names no project")
    assert "EXCLUDED\nthird_party/" in said.out
    assert "(forge.toml)" in row(said, "forge's root:")


def test_configurations_that_do_not_count_are_named(repository: Repository, cli: Cli) -> None:
    repository.toy().write({"forge.toml": "", "sub/forge.toml": ""})
    assert "sub/forge.toml: not used" in cli("doctor").out


def test_without_a_project_the_status_is_4(repository: Repository, cli: Cli) -> None:
    repository.write({"empty/toy.json": "{}"})
    said = cli("doctor")
    assert said.status == 4
    assert "No project found" in said.out
    assert row(said, "empty/toy.json").endswith("it names no project")


def test_a_missing_tool_has_its_command_and_the_status_is_1(
    repository: Repository, cli: Cli
) -> None:
    repository.toy().write(
        {
            "forge.toml": '[tools.own]\ngate = "quality"\nmanifest = "toy.json"\n'
            'command = ["no-such-program"]\nformat = "sarif"\ninstall = "apt install it"\n'
        }
    )
    said = cli("doctor")
    assert said.status == 1
    words = row(said, "no-such-program").split()
    assert words == ["no-such-program", "missing", "apt", "install", "it", "quality"]
    assert said.out.endswith("\nmissing: no-such-program\n")


def test_a_tool_of_one_project_names_it(repository: Repository, cli: Cli) -> None:
    repository.toy("a").toy("b").write(
        {
            "forge.toml": '[tools.own]\ngate = "quality"\nmanifest = "a/*"\n'
            'command = ["no-such-program"]\nformat = "sarif"\n'
        }
    )
    assert row(cli("doctor"), "no-such-program").endswith("quality of a/toy.json")


def test_tools_of_exempt_checks_are_not_needed(repository: Repository, cli: Cli) -> None:
    repository.toy().write(
        {
            "forge.toml": 'exempt = { "quality::own" = "later" }\n[tools.own]\ngate = "quality"\n'
            'manifest = "toy.json"\ncommand = ["no-such-program"]\nformat = "sarif"\n'
        }
    )
    said = cli("doctor")
    assert said.status == 0
    assert "no-such-program" not in said.out


def test_what_no_check_supplies_is_named(repository: Repository, cli: Cli) -> None:
    repository.toy(without=["integration-tests"])
    line = row(cli("doctor"), "toy.json::integration-tests")
    assert "no check of toy.json supplies tests.executed" in line


def test_the_source_of_advisories_is_named(
    repository: Repository, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    repository.toy()
    assert row(cli("doctor"), "advisories:").endswith("each ecosystem's own feed")
    repository.write({"forge.toml": 'advisories = { url = "https://osv.example.org" }'})
    assert row(cli("doctor"), "advisories:").endswith("https://osv.example.org")
    repository.write({"forge.toml": 'advisories = { database = "osv" }'})
    assert row(cli("doctor"), "advisories:").endswith("osv, which is no directory")
    monkeypatch.setenv("FORGE_ADVISORIES", str(tmp_path))
    assert row(cli("doctor"), "advisories:").endswith(f"{tmp_path}, by FORGE_ADVISORIES")


def test_it_says_when_pytests_own_settings_stand_in_the_way(
    repository: Repository, cli: Cli
) -> None:
    repository.toy()
    assert "pytest-forge run" not in cli("doctor").out
    repository.write({"pytest.ini": "[pytest]\nrequired_plugins = pytest-nothing\n"})
    said = cli("doctor")
    assert "use `pytest-forge run`" in said.out
    assert "  pytest.ini: required_plugins names pytest-nothing" in said.out
    assert said.status == 0


def test_what_makes_an_environment_is_needed_only_where_there_is_none(
    repository: Repository, cli: Cli
) -> None:
    repository.toy()
    assert "preparing" in row(cli("doctor"), "toy  ")
    repository.write({"prepared": ""})
    assert "preparing" not in row(cli("doctor"), "toy  ")


def test_an_environment_that_does_not_fit_is_missing(repository: Repository, cli: Cli) -> None:
    repository.toy(unfit=True)
    said = cli("doctor")
    assert said.status == 1
    assert " ".join(row(said, "toys").split()) == "toys unfit too old; renew it preparing"
