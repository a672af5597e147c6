"""Timed commands and suites, from the configuration to the verdict, in repositories of git."""

import json
import os
import sys

import pytest
from toy_repository import Repository
from toy_runs import session_of

from pytest_forge.errors import ConfigurationError, ErrorName
from pytest_forge.execution.prepare import surroundings
from pytest_forge.execution.process import Processes
from pytest_forge.model import Outcome, TimingState
from pytest_forge.releases.worktrees import remove_worktrees
from pytest_forge.results import CheckResult
from pytest_forge.running.engine import Engine
from pytest_forge.running.options import Options

PYTHON = (sys.executable, "-I", "-S")
START = "[performance.commands.start]"


def declared(command: tuple[str, ...], *rest: str) -> dict[str, str]:
    lines = (START, 'manifest = "toy.json"', f"command = {json.dumps(command)}", *rest)
    return {"forge.toml": "\n".join(lines) + "\n"}


def judged(repository: Repository, name: str = "commands") -> CheckResult:
    """Run the one check of this name."""
    session = session_of(repository)
    (check,) = [one for one in session.checks if one.check.name == name]
    engine = Engine(session, Options(1, keep_going=True), surroundings({}), Processes())
    try:
        engine.select([check])
        engine.require([check])
        return engine.result(check, 300)
    finally:
        engine.stop()
        remove_worktrees(repository.root)


def changed(repository: Repository, before: dict[str, str], after: dict[str, str]) -> Repository:
    """Commit files on main, and others over them on a branch."""
    ignored = ".forge/\nexecutions.log\n"
    repository.toy().write({".gitignore": ignored, **before}).commit()
    repository.git("branch", "-M", "main")
    repository.git("checkout", "-q", "-b", "change")
    return repository.write(after).commit()


def test_a_command_within_its_budget_passes(repository: Repository) -> None:
    budgets = ("wall = 60", "cpu = 60", 'memory = "4 GiB"', "runs = 3")
    repository.toy().write(declared((*PYTHON, "-c", "pass"), *budgets))
    result = judged(repository)
    assert result.outcome is Outcome.PASSED, result.reason
    assert result.id == "toy.json::breaking-changes::commands[start]"
    assert [one.name for one in result.timings] == ["start wall", "start cpu", "start memory"]
    assert {one.runs for one in result.timings} == {3}
    assert result.notes == ("first measurement of 3: `--forge-update-baseline` stores it",)
    assert result.measures == {
        "benchmarks": 3,
        "performance.regressions": 0,
        "budgets.exceeded": 0,
    }


def test_a_command_of_a_project_without_an_api_is_measured(repository: Repository) -> None:
    by_nature = {"breaking-changes": "it publishes no library"}
    settings = declared((*PYTHON, "-c", "pass"), "runs = 3")
    repository.toy(exempt=by_nature).write(settings)
    assert judged(repository).outcome is Outcome.PASSED
    exempted = '[exempt]\n"breaking-changes::commands" = "too noisy"\n' + settings["forge.toml"]
    repository.write({"forge.toml": exempted})
    result = judged(repository)
    assert (result.outcome, result.reason) == (Outcome.EXEMPT, "too noisy")


def test_a_command_beyond_its_budget_fails(repository: Repository) -> None:
    hungry = (*PYTHON, "-c", "x = bytearray(64 << 20); x[:] = b'1' * len(x)")
    repository.toy().write(declared(hungry, 'memory = "32 MiB"', "runs = 3"))
    result = judged(repository)
    assert result.outcome is Outcome.FAILED
    assert result.reason.startswith("budgets.exceeded start memory is ")
    assert result.reason.endswith("bytes, its budget is 3.355e+07 bytes")


def test_a_small_program_is_not_charged_for_what_started_it(repository: Repository) -> None:
    repository.toy().write(declared(("true",), "runs = 3"))
    memory = judged(repository).timings[2].value
    # The driver itself has more than 30 MiB; a bare interpreter, which starts it, has about 9.
    assert memory is not None
    assert memory < 20 << 20


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ((*PYTHON, "-c", "raise SystemExit(3)"), "ended with status 3"),
        ((*PYTHON, "-c", "import os; os.kill(os.getpid(), 9)"), "ended with status -9"),
        (("no-such-program",), "no-such-program can't be started"),
    ],
    ids=["a status", "a signal", "no program"],
)
def test_a_command_that_fails_is_an_error(
    repository: Repository, command: tuple[str, ...], said: str
) -> None:
    repository.toy().write(declared(command))
    result = judged(repository)
    assert (result.outcome, result.error) == (Outcome.ERROR, ErrorName.TOOL_CRASHED)
    assert said in result.reason


def test_a_cold_start_is_measured_where_the_system_can_drop_files(repository: Repository) -> None:
    repository.toy().write(declared((*PYTHON, "-c", "pass"), "runs = 3", "cold = true"))
    result = judged(repository)
    if hasattr(os, "posix_fadvise"):
        assert result.outcome is Outcome.PASSED, result.reason
    else:
        assert "nothing is cold here" in result.reason


SLEEP = "import time; time.sleep({})"
APP = declared((*PYTHON, "app.py"))


@pytest.mark.real
def test_a_slower_start_is_seen_against_the_base_commit(repository: Repository) -> None:
    before = {**APP, "app.py": SLEEP.format(0.02)}
    result = judged(changed(repository, before, {"app.py": SLEEP.format(0.4)}))
    assert result.outcome is Outcome.FAILED, result.notes
    wall = result.timings[0]
    assert wall.state is TimingState.REGRESSION
    assert wall.base == f"commit {repository.git('rev-parse', 'main')[:12]}"
    assert wall.low is not None
    assert wall.low > 1.5
    assert "performance.regressions start wall is " in result.reason
    assert repository.git("status", "--porcelain") == ""
    assert repository.git("worktree", "list").count("\n") == 1


@pytest.mark.real
def test_the_base_is_built_before_it_is_measured(repository: Repository) -> None:
    build = (*PYTHON, "-c", "import shutil, sys; shutil.copy('app.py', sys.argv[1])", "{build}")
    rest = (f"build = {json.dumps(build)}", "strict = true")
    settings = declared((*PYTHON, "{build}/app.py"), rest[0])
    result = judged(changed(repository, {**settings, "app.py": "1"}, {"app.py": "2"}))
    assert [one.base_runs >= 3 for one in result.timings] == [True] * 3, result.reason


def test_a_change_of_prose_alone_never_fails(repository: Repository) -> None:
    before = {**APP, "app.py": "pass", "README.md": "A shop."}
    result = judged(changed(repository, before, {"README.md": "Another shop."}))
    assert result.outcome is Outcome.PASSED
    base = repository.git("rev-parse", "main")[:12]
    assert result.notes == (f"unchanged since commit {base}",)
    assert {(one.state, one.rule, one.runs) for one in result.timings} == {
        (TimingState.OK, "unchanged", 1)
    }


def test_what_the_change_brings_along_is_not_comparable(repository: Repository) -> None:
    result = judged(changed(repository, {"other.py": ""}, {**APP, "app.py": "pass"}))
    assert result.outcome is Outcome.PASSED
    assert {one.state for one in result.timings} == {TimingState.NOT_COMPARABLE}
    assert "can't be measured" in result.notes[0]


def test_a_revision_that_is_not_there_is_no_reference(repository: Repository) -> None:
    files = {**APP, "app.py": "pass"}
    files["forge.toml"] = '[performance]\nbase = "nowhere"\n' + files["forge.toml"]
    result = judged(changed(repository, {"a": ""}, files))
    assert (result.outcome, result.error) == (Outcome.ERROR, ErrorName.NO_REFERENCE)
    assert 'performance.base = "nowhere"' in result.reason


def test_a_suite_is_read_by_its_format(repository: Repository) -> None:
    text = "BenchmarkTotal-2 100 20.0 ns/op\nPASS\n"
    command = json.dumps([*PYTHON, "-c", f"print({text!r})"])
    lines = ("[performance.benchmarks.all]", 'manifest = "toy.json"', f"command = {command}")
    repository.toy().write({"forge.toml": "\n".join((*lines, 'format = "go-bench"'))})
    result = judged(repository, "benchmarks")
    assert result.outcome is Outcome.PASSED, result.reason
    (timing,) = result.timings
    assert timing.name == "BenchmarkTotal-2"
    assert timing.value == pytest.approx(2e-8)


@pytest.mark.parametrize(
    ("source", "said"),
    [("stdout", "does not end with PASS"), ("*.json", "has written no *.json")],
)
def test_a_suite_without_its_output_is_an_error(
    repository: Repository, source: str, said: str
) -> None:
    command = json.dumps([*PYTHON, "-c", "print('hello')"])
    lines = ("[performance.benchmarks.all]", 'manifest = "toy.json"', f"command = {command}")
    rest = ('format = "go-bench"', f'output = "{source}"')
    repository.toy().write({"forge.toml": "\n".join((*lines, *rest))})
    result = judged(repository, "benchmarks")
    assert (result.outcome, result.error) == (Outcome.ERROR, ErrorName.TOOL_CRASHED)
    assert said in result.reason


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[performance]\nwarn = 60", "performance: warn (60) must not be above fail (50)"),
        ("[performance]\nfail = 0", "performance.fail: must be above 0; strict = true refuses"),
        ('[performance]\ncompare = "main"', 'compare: "main": unknown value; known: base, stored'),
        (f'{START}\nmanifest = "a"\ncommand = ["a"]\nruns = 2', "runs: 2 processes are too few"),
        (f'{START}\nmanifest = "a"\ncommand = ["a"]\nwal = 2', 'unknown key; did you mean "wall"?'),
        (f'{START}\nmanifest = "a"\ncommand = ["{{out}}"]', "command[0]: {out}: unknown slot"),
        (
            '[performance.benchmarks.x]\nmanifest = "a"\ncommand = ["a"]\nformat = "jhm"',
            'format: "jhm": unknown format; did you mean "jmh"?',
        ),
        ("[[performance.threshold]]\nfail = 5", "the key benchmark is missing (string)"),
    ],
)
def test_a_wrong_key_is_one_line(repository: Repository, text: str, said: str) -> None:
    repository.toy().write({"forge.toml": text + "\n"})
    with pytest.raises(ConfigurationError) as raised:
        session_of(repository)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)
