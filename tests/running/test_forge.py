"""forge in a pytest session of this process; `integration/test_outer_run.py` runs it outside."""

import signal
import threading
from pathlib import Path
from typing import Any

import pytest
from toy_repository import Repository
from toy_runs import forge, toys

from pytest_forge.locks import try_lock
from pytest_forge.running.forge import Forge
from pytest_forge.running.waiting import Waiting

LAST_GATES = "quality or licenses"


def test_every_check_is_an_item_and_every_shared_run_is_executed_once(
    repository: Repository,
) -> None:
    ran = forge(repository.toy(), "-v")
    assert ran.status == 0, ran.stdout + ran.stderr
    assert list(toys(ran)) == [
        "compilation::toy-build",
        "types::toy-build",
        "unit-tests::toy-test",
        "integration-tests::toy-test",
        "quality::toy-lint",
        "security::toy-lint",
        "licenses::toy-lint",
        "breaking-changes::toy-lint",
    ]
    assert set(toys(ran).values()) == {"passed"}
    runs = [line.split()[1] for line in repository.executions()]
    assert sorted(runs) == ["build", "lint", "prepare", "test"]
    assert "toy.json::compilation::toy-build PASSED" in ran.stdout
    assert "forge: root " in ran.stdout
    assert ".forge/reports" in ran.stdout


def test_findings_an_exemption_and_an_error_are_shown_with_their_reasons(
    repository: Repository,
) -> None:
    many = [{"measure": "lint.findings", "rule": f"T{number}"} for number in range(22)]
    repository.toy(exempt={"licenses": "nothing ships"})
    gap = {"status": 9, "prints": "toy 3 is needed"}
    repository.steer(lint={"status": 1, "report": {"findings": many}}, test=gap)
    ran = forge(repository, "-rs", "-k", "quality or licenses or unit-tests")
    assert ran.status == 1
    assert toys(ran) == {
        "unit-tests::toy-test": "error",
        "quality::toy-lint": "failed",
        "licenses::toy-lint": "exempt",
    }
    assert "  tool.py:1  T19  found" in ran.stdout
    assert "  and 2 more in the report" in ran.stdout
    assert "  command: python" in ran.stdout
    assert "tool-missing: test exited with status 9: toy 3 is needed" in ran.stdout
    assert "Traceback" not in ran.stdout
    not_run = {one["gate"]: one["why"] for one in ran.report["not_run"]} if ran.report else {}
    assert not_run["compilation"] == "deselected"


def test_a_failed_compilation_blocks_what_comes_after_it(repository: Repository) -> None:
    repository.toy().steer(build={"status": 77})
    ran = forge(repository)
    assert ran.status == 1
    outcomes = toys(ran)
    assert outcomes.pop("compilation::toy-build") == "error"
    assert set(outcomes.values()) == {"blocked"} | {outcomes["types::toy-build"]}
    assert ran.check("quality::toy-lint")["reason"] == "blocked by compilation"
    assert {line.split()[1] for line in repository.executions()} <= {"build", "prepare"}
    kept_going = forge(repository, "--forge-keep-going", "-k", LAST_GATES)
    assert toys(kept_going)["quality::toy-lint"] == "passed"


def test_only_what_the_arguments_name_is_collected(repository: Repository) -> None:
    repository.toy("a").toy("b/inner").write({"b/__init__.py": "raise RuntimeError\n"})
    ran = forge(repository, "b/inner/toy.json::quality", "--collect-only", "-q")
    assert ran.status == 0
    assert "b/inner/toy.json::quality::toy-lint" in ran.stdout
    assert "compilation" not in ran.stdout
    assert "a/toy.json" not in ran.stdout
    assert ran.report is None
    ran = forge(repository, "quality.d", cwd="b")
    assert ran.status == 4
    assert "quality.d: no such file or directory" in ran.stderr
    ran = forge(repository, "-k", "quality", cwd="b")
    assert list(ran.outcomes()) == ["b/inner/toy.json::quality::toy-lint"]
    assert ran.report is not None
    left_out = {one["manifest"]: one["why"] for one in ran.report["not_run"]}
    assert left_out["a/toy.json"] == "not under the given paths"
    assert f"forge: pytest's rootdir is {repository.root / 'b'}" in ran.stdout


def test_what_pytest_is_told_to_ignore_is_not_collected(repository: Repository) -> None:
    repository.toy("a").toy("b")
    ran = forge(repository, "--ignore=a", "-k", "quality")
    assert list(ran.outcomes()) == ["b/toy.json::quality::toy-lint"]
    assert forge(repository, "--ignore=a", "--ignore=b").status == 5


def test_the_projects_addopts_and_conftest_do_not_steer(repository: Repository) -> None:
    repository.toy().write(
        {
            "conftest.py": "raise RuntimeError('broken')\n",
            "pytest.ini": "[pytest]\naddopts = -k nothing --maxfail=1\npythonpath = src\n",
        }
    )
    ran = forge(repository, "-k", "quality")
    assert toys(ran) == {"quality::toy-lint": "passed"}


@pytest.mark.parametrize(
    ("arguments", "files", "words"),
    [
        (["--forge-jobs=0"], {}, "pytest-forge: --forge-jobs: at least 1"),
        ([], {"forge.toml": "typs = 1\n"}, "pytest-forge: forge.toml: "),
        (["--dist=each", "-n1"], {}, "pytest-forge: --dist each would run every check"),
    ],
)
def test_a_usage_error_is_one_line_and_starts_nothing(
    repository: Repository, arguments: list[str], files: dict[str, str], words: str
) -> None:
    ran = forge(repository.toy().write(files), *arguments)
    assert ran.status == 4
    assert words in ran.stderr
    assert "Traceback" not in ran.stderr
    assert repository.executions() == []


def test_a_second_forge_on_the_same_root_is_refused(repository: Repository) -> None:
    repository.toy().write({".forge/lock": ""})
    taken = try_lock(repository.root / ".forge/lock")
    assert taken is not None
    refused = forge(repository)
    taken.release()
    assert refused.status == 4
    assert f"another forge is running on {repository.root}" in refused.stderr


def test_the_reports_go_where_they_are_told_to(repository: Repository) -> None:
    repository.toy()
    assert forge(repository, "--forge-report=out", "-k", "quality").status == 0
    assert (repository.root / "out/report.json").exists()
    repository.write({"taken": "a file"})
    ran = forge(repository, "--forge-report=taken", "-k", "quality")
    assert ran.status == 4
    assert "pytest-forge: " in ran.stdout + ran.stderr


def test_a_gate_that_is_switched_off_has_no_check(repository: Repository) -> None:
    repository.toy()
    ran = forge(repository, "-p", "no:forge-gate-compilation", "-k", "compilation or quality")
    assert toys(ran) == {"quality::toy-lint": "passed"}
    assert ran.report is not None
    why = {one["gate"]: one["why"] for one in ran.report["not_run"]}
    assert why["compilation"] == "switched off by -p no:forge-gate-compilation"


def test_without_permission_to_prepare_the_check_is_an_error(repository: Repository) -> None:
    ran = forge(repository.toy(), "--forge-no-prepare", "-k", "unit-tests")
    assert ran.check("unit-tests::toy-test")["error"] == "not-prepared"
    assert "run once without --forge-no-prepare" in ran.check("toy-test")["reason"]


def test_an_interrupt_writes_what_is_known(repository: Repository) -> None:
    class Interrupting:
        """Interrupts when the first result is there, as a user does."""

        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            if report.when == "call":
                signal.raise_signal(signal.SIGTERM)

    ran = forge(repository.toy(), "-k", "quality or security", plugins=(Interrupting(),))
    assert ran.status == 2
    assert ran.report is not None
    assert ran.report["complete"] is False
    assert set(toys(ran)) == {"quality::toy-lint"}
    assert [one["why"] for one in ran.report["not_run"] if one["gate"] == "security"]


def test_a_waiting_user_sees_what_runs(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The status line; with no terminal it is written only when nothing was for long."""
    monkeypatch.setattr("pytest_forge.running.waiting._QUIET_SECONDS", 0.0)
    monkeypatch.setattr("pytest_forge.running.waiting._WAIT_SECONDS", 0.01)
    repository.toy().steer(lint={"wait_for": "go"})
    seen: list[Any] = []
    real = Waiting._show_running

    def show(self: Waiting, live: bool, reporter: Any, begun: float) -> None:
        real(self, live, reporter, begun)
        seen.append(self._engine.graph.running())
        if any(label.endswith("lint") for label, _ in seen[-1]):
            (repository.root / "go").touch()

    monkeypatch.setattr(Waiting, "_show_running", show)
    plain = forge(repository, "-k", "quality")
    assert plain.status == 0
    assert "toy.json lint" in plain.stdout
    assert "\x1b[2K" not in plain.stdout
    (repository.root / "go").unlink()
    coloured = forge(repository, "-k", "quality", "--color=yes")
    assert "\r\x1b[2K" in coloured.stdout
    assert threading.active_count() < 20


def test_a_timeout_plugin_leaves_checks_alone() -> None:
    forge = Forge.__new__(Forge)
    assert forge.pytest_timeout_set_timer(pytest.Item.__new__(pytest.Function)) is None


def test_the_home_ignores_itself_and_nothing_is_left_behind(repository: Repository) -> None:
    repository.toy().commit()
    assert forge(repository, "-k", "quality").status == 0
    assert repository.git("status", "--porcelain") == ""
    assert list(Path(repository.root, ".forge/processes").iterdir()) == []
