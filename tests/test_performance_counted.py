"""Counted commands, from the configuration to the verdict."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from test_performance_timed import changed, judged
from toy_repository import Repository

from pytest_forge.errors import ErrorName
from pytest_forge.measuring import counting
from pytest_forge.measuring.copies import working_copy
from pytest_forge.model import Outcome, TimingState
from pytest_forge.releases.worktrees import commit_worktree, remove_worktrees

CHECK = "instructions"
# Not with -I, by which CPython passes over the hash seed that is set.
PYTHON = (sys.executable, "-S")


def declared(command: tuple[str, ...], *rest: str) -> dict[str, str]:
    table = "[performance.instructions.start]"
    lines = (table, 'manifest = "toy.json"', f"command = {json.dumps(command)}", *rest)
    return {"forge.toml": "\n".join(lines) + "\n"}


LOOP = "for number in range({}): hash(str(number))\n"
APP = declared((*PYTHON, "app.py"))

counts = pytest.mark.skipif(
    not all(map(shutil.which, ("valgrind", "setarch"))), reason="valgrind is not there"
)


@counts
@pytest.mark.real
def test_a_few_per_cent_more_instructions_are_a_regression(repository: Repository) -> None:
    strict = {"forge.toml": "[performance]\nstrict = true\n" + APP["forge.toml"]}
    before = {**strict, "app.py": LOOP.format(10_000)}
    made = changed(repository, before, {"app.py": LOOP.format(12_000)})
    result = judged(made, CHECK)
    assert result.outcome is Outcome.FAILED, result.reason
    (timing,) = result.timings
    assert (timing.name, timing.rule) == ("start instructions", "instructions")
    assert timing.state is TimingState.REGRESSION
    assert timing.ratio is not None
    assert 1.01 < timing.ratio < 1.3
    assert "performance.regressions start instructions is " in result.reason
    assert repository.git("status", "--porcelain") == ""


@counts
@pytest.mark.real
def test_the_same_code_takes_the_same_instructions(repository: Repository) -> None:
    before = {**APP, "app.py": LOOP.format(10_000)}
    made = changed(repository, before, {"other.py": "1"})
    result = judged(made, CHECK)
    assert result.outcome is Outcome.PASSED, result.reason
    (timing,) = result.timings
    assert timing.ratio == pytest.approx(1, abs=0.001)


STARTING = {
    "exec": "import os, sys; os.execv(sys.executable, [sys.executable, '-S', 'app.py'])",
    "child": "import subprocess, sys; subprocess.run([sys.executable, '-S', 'app.py'], check=True)",
}


@counts
@pytest.mark.real
@pytest.mark.parametrize("how", STARTING)
def test_what_a_command_starts_is_counted_too(repository: Repository, how: str) -> None:
    settings = declared((*PYTHON, "start.py"))
    before = {**settings, "start.py": STARTING[how], "app.py": LOOP.format(1)}
    result = judged(changed(repository, before, {"app.py": LOOP.format(50_000)}), CHECK)
    (timing,) = result.timings
    assert timing.state is TimingState.REGRESSION, result.reason


@counts
@pytest.mark.real
def test_what_would_vary_is_set_for_every_counted_command(repository: Repository) -> None:
    names = ("PYTHONHASHSEED", "GODEBUG", "GOMAXPROCS")
    text = f"import os; raise SystemExit(' '.join(os.environ[one] for one in {names}))"
    repository.toy().write(declared((*PYTHON, "-c", text)))
    assert "0 asyncpreemptoff=1 1" in judged(repository, CHECK).reason


@counts
@pytest.mark.real
def test_a_counted_command_that_fails_is_an_error(repository: Repository) -> None:
    repository.toy().write(declared((*PYTHON, "-c", "raise SystemExit(3)")))
    result = judged(repository, CHECK)
    assert (result.outcome, result.error) == (Outcome.ERROR, ErrorName.TOOL_CRASHED)
    assert "ended with status 3" in result.reason


def test_without_valgrind_the_tool_is_missing(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("git", "setarch"):
        found = shutil.which(name)
        if found:
            (tmp_path / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(tmp_path))
    repository.toy().write(declared((*PYTHON, "-c", "pass")))
    result = judged(repository, CHECK)
    assert (result.outcome, result.error) == (Outcome.ERROR, ErrorName.TOOL_MISSING)
    assert "valgrind" in result.reason


def test_both_trees_lie_in_paths_of_one_length(repository: Repository) -> None:
    files = {"app.py": "1", "bin/run": "2", ".gitignore": ".forge/\nbuilt\n"}
    repository.toy().write(files).commit().write({"app.py": "3", "new.py": "4", "built": "5"})
    (repository.root / "bin/run").unlink()
    (repository.root / "link").symlink_to("app.py")
    commit = repository.git("rev-parse", "HEAD").strip()
    with working_copy(repository.root) as head, commit_worktree(repository.root, commit) as base:
        assert len(str(head)) == len(str(base))
        assert (head / "app.py").read_text() == "3"
        assert (base / "app.py").read_text() == "1"
        assert (head / "link").is_symlink()
        names = {path.relative_to(head).as_posix() for path in head.rglob("*") if path.is_file()}
    assert {"app.py", "new.py", "link", "toy.json"} <= names
    assert not {"bin/run", "built"} & names
    remove_worktrees(repository.root)
    assert not head.exists()


def test_outside_of_git_the_tree_is_its_own_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with working_copy(tmp_path) as head:
        assert head == tmp_path


@pytest.mark.parametrize(
    ("texts", "total"),
    [
        (("events: Ir\ntotals: 40\n",), 40),
        (("totals: 40\n", "totals: 2\n"), 42),
        (("totals: 40\n", "events: Ir\n0 4"), None),
        (("totals: 0\n",), None),
        ((), None),
    ],
    ids=["one", "two", "cut off", "nothing", "no file"],
)
def test_the_totals_of_all_processes_are_added(
    tmp_path: Path, texts: tuple[str, ...], total: int | None
) -> None:
    for number, text in enumerate(texts):
        (tmp_path / f"counted.{number}").write_text(text)
    (tmp_path / "stdout").write_text("totals: 7\n")
    assert [one.values for one in counting.counted(tmp_path)] == (
        [] if total is None else [(total,)]
    )


def test_a_percent_sign_in_a_path_is_none_of_valgrinds() -> None:
    assert counting.options("/a%p/b")[-1] == "--callgrind-out-file=/a%%p/b/counted.%p"
