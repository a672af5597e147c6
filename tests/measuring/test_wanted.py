"""What a session's figures depend on beside the machine: the declaration and the lockfile."""

from dataclasses import replace
from pathlib import Path

import pytest

from pytest_forge.measured import CountedCommand, Suite, TimedCommand
from pytest_forge.measuring.wanted import Wanted, locked, of_command, of_counted, of_suite
from pytest_forge.projects import Tree
from pytest_forge.toolchains import builtin_toolchains

COMMAND = TimedCommand("start", "**", ("shop",))
SUITE = Suite("prices", "**", ("bench",), "jmh", "report.json")
COUNTED = CountedCommand("start", "**", ("shop",))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (of_command(COMMAND), of_command(replace(COMMAND, cold=True))),
        (of_command(COMMAND), of_command(replace(COMMAND, build=("make",)))),
        (of_command(COMMAND), of_command(replace(COMMAND, command=("shop", "-q")))),
        (of_suite(SUITE), of_suite(replace(SUITE, output="*.json"))),
        (of_suite(SUITE), of_suite(replace(SUITE, format="vitest-bench"))),
        (of_command(COMMAND), of_counted(COUNTED)),
    ],
)
def test_what_is_declared_otherwise_has_another_hash(one: Wanted, other: Wanted) -> None:
    assert one.configuration(9) == one.configuration(9) != other.configuration(9)
    assert len(one.configuration(9)) == 12


def test_budgets_and_the_number_of_processes_change_nothing_that_is_measured() -> None:
    more = replace(COMMAND, runs=9, wall=1.0)
    assert of_command(more).configuration(9) == of_command(COMMAND).configuration(9)


def test_only_a_count_depends_on_the_length_of_the_path() -> None:
    assert of_command(COMMAND).configuration(8) == of_command(COMMAND).configuration(9)
    assert of_counted(COUNTED).configuration(8) != of_counted(COUNTED).configuration(9)


def test_the_nearest_lockfiles_count(tmp_path: Path) -> None:
    names = ("uv.lock", "poetry.lock")

    def hashed(directory: str, **files: str) -> str:
        for path, text in files.items():
            place = tmp_path / path.replace("__", "/").replace("_", ".")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
        found = (one.relative_to(tmp_path) for one in tmp_path.rglob("*") if one.is_file())
        return locked(Tree(tmp_path, tuple(sorted(map(str, found)))), directory, names)

    assert hashed("kit", other_lock="1") == ""
    outer = hashed("kit", uv_lock="1")
    assert len(outer) == 12
    assert hashed(".") == outer
    assert hashed("kit", uv_lock="2") != outer
    inner = hashed("kit", kit__uv_lock="1")
    assert inner not in (outer, hashed("."))
    assert hashed("kit", uv_lock="3") == inner
    assert hashed("kit", kit__poetry_lock="1") != inner


def test_each_language_names_its_lockfiles() -> None:
    named = {one.language: one.lockfiles for one in builtin_toolchains()}
    assert {name for name, lockfiles in named.items() if lockfiles} == {"python", "rust", "go"}
