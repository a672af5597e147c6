"""forge inside pytest: the project's own settings neither break nor steer it.

A test for each line of the prototype's experience: what once broke an outer run.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from toy_repository import Ran, Repository

ALL_GATES = [
    "compilation::toy-build",
    "types::toy-build",
    "unit-tests::toy-test",
    "integration-tests::toy-test",
    "quality::toy-lint",
    "security::toy-lint",
    "licenses::toy-lint",
    "breaking-changes::toy-lint",
]


def assert_measured(ran: Ran, manifest: str = "toy.json") -> None:
    """Assert that all eight gates of a toy project were measured and passed."""
    assert ran.status == 0, ran.stdout + ran.stderr
    outcomes = ran.outcomes()
    for name in ALL_GATES:
        assert outcomes[f"{manifest}::{name}"] == "passed"


def test_every_check_is_an_item_and_every_shared_run_is_executed_once(
    repository: Repository,
) -> None:
    ran = repository.toy().forge("-v")
    assert_measured(ran)
    assert "toy.json::compilation::toy-build PASSED" in ran.stdout
    assert sorted(repository.executions()) == [
        "repository build",
        "repository lint",
        "repository prepare",
        "repository test",
    ]


def test_one_process_at_a_time_is_enough(repository: Repository) -> None:
    assert_measured(repository.toy().toy("other").forge("--forge-jobs", "1"))


def test_a_broken_conftest_of_the_project_is_not_loaded(repository: Repository) -> None:
    repository.toy().write({"conftest.py": "raise RuntimeError('broken')\n"})
    repository.write({"tests/conftest.py": "raise RuntimeError('broken')\n"})
    assert_measured(repository.forge())


def test_the_projects_addopts_do_not_steer_the_outer_run(repository: Repository) -> None:
    addopts = "-m unit --cov=nothing --cov-fail-under=100 --maxfail=1 -n auto -k nothing"
    repository.toy().write({"pytest.ini": f"[pytest]\naddopts = {addopts}\n"})
    assert_measured(repository.forge())


def test_the_tree_holds_nothing_new_but_what_git_ignores(repository: Repository) -> None:
    before = {path.name for path in repository.toy().root.iterdir()}
    assert repository.forge().report is not None
    added = {path.name for path in repository.root.iterdir()} - before
    # executions.log is the toy's own. pytest-benchmark, where installed, once left .benchmarks.
    assert added <= {".forge", ".pytest_cache", "executions.log"}


def test_options_that_the_user_typed_are_kept(repository: Repository) -> None:
    repository.toy().write({"pytest.ini": "[pytest]\naddopts = -k nothing\n"})
    ran = repository.forge("-k", "types")
    assert [name for name in ran.outcomes() if "toy" in name] == ["toy.json::types::toy-build"]


def test_forge_in_the_projects_addopts_still_starts_it(repository: Repository) -> None:
    repository.toy().write({"pytest.ini": "[pytest]\naddopts = --forge -q\n"})
    assert_measured(repository.forge(flag=False))


def test_testpaths_do_not_hide_the_projects(repository: Repository) -> None:
    repository.toy().write(
        {"pytest.ini": "[pytest]\ntestpaths = tests\n", "tests/test_a.py": "def test_a(): pass\n"}
    )
    assert_measured(repository.forge())


def test_a_manifest_beside_an_init_file_imports_nothing(repository: Repository) -> None:
    repository.toy("package").write({"package/__init__.py": "raise RuntimeError('imported')\n"})
    assert_measured(repository.forge(), "package/toy.json")


def test_warnings_that_the_project_makes_errors_stay_its_own(repository: Repository) -> None:
    settings = "[pytest]\nfilterwarnings = error\nasyncio_mode = auto\ntimeout = 1\n"
    repository.toy().write({"pytest.ini": settings})
    assert_measured(repository.forge())


def test_reports_use_forges_root_where_pytest_has_another_rootdir(repository: Repository) -> None:
    repository.toy("sdks/one").write({"sdks/one/pytest.ini": "[pytest]\n"})
    ran = repository.forge("sdks/one/toy.json::types", flag=False)
    assert ran.outcomes() == {"sdks/one/toy.json::types::toy-build": "passed"}
    assert f"--rootdir={repository.root}" in ran.stdout


def test_a_gate_is_named_without_the_flag(repository: Repository) -> None:
    ran = repository.toy().forge("toy.json::security", flag=False)
    assert "toy.json::security::toy-lint" in ran.outcomes()
    assert "toy.json::types::toy-build" not in ran.outcomes()
    assert ran.report is not None
    assert ran.report["complete"] is False
    assert {row["why"] for row in ran.report["not_run"]} == {"not selected"}


def test_a_shell_glob_that_names_a_manifest_does_not_start_forge(repository: Repository) -> None:
    repository.write({"tests/package.json": "{}", "tests/test_a.py": "def test_a(): pass\n"})
    ran = repository.forge("tests/test_a.py", "tests/package.json", flag=False)
    assert "forge:" not in ran.stdout
    assert ran.report is None


def test_pytest_addopts_of_the_environment_starts_forge_once(repository: Repository) -> None:
    environment = {"PYTEST_ADDOPTS": "--forge"}
    ran = repository.toy().forge(environment=environment, flag=False)
    assert_measured(ran)
    assert len(repository.executions()) == 4


def test_a_forge_inside_a_forge_on_the_same_root_is_refused(repository: Repository) -> None:
    inner = (
        "import subprocess, sys\n"
        "sys.exit(subprocess.run([sys.executable, '-m', 'pytest', '-p', 'forge_toy', '--forge'])"
        ".returncode)\n"
    )
    repository.toy().write({"tool.py": inner})
    ran = repository.forge()
    assert ran.status == 1
    assert "exited with status 4" in ran.check("compilation::toy-build")["reason"]
    errors = Path(repository.root, ".forge/runs/toy-json/toy-build/stderr").read_text()
    assert "started by a forge run on the same root" in errors


def test_the_order_of_items_is_only_display(repository: Repository) -> None:
    repository.toy().toy("other")
    for seed in ("1", "2", "3"):
        ran = repository.forge(f"--randomly-seed={seed}")
        assert_measured(ran)
        assert_measured(ran, "other/toy.json")
    assert repository.executions().count("other build") == 3


def test_switching_forge_off_leaves_a_plain_pytest(repository: Repository) -> None:
    repository.toy().write({"test_a.py": "def test_a(): pass\n"})
    ran = repository.forge("-p", "no:forge", flag=False)
    assert ran.status == 0, ran.stdout
    assert "1 passed" in ran.stdout


def test_a_switched_off_gate_has_no_row_and_blocks_nothing(repository: Repository) -> None:
    repository.toy().steer(build={"status": 1, "report": {"findings": [ERROR]}})
    ran = repository.forge("-p", "no:forge-gate-compilation")
    assert ran.report is not None
    assert "compilation" not in {row["gate"] for row in ran.report["gates"]}
    assert "switched off" in next(
        row["why"] for row in ran.report["not_run"] if row["gate"] == "compilation"
    )
    assert ran.outcomes()["toy.json::unit-tests::toy-test"] == "passed"


ERROR = {"measure": "errors", "rule": "E1"}


def test_a_failed_compilation_blocks_the_later_gates_of_its_project_only(
    repository: Repository,
) -> None:
    repository.toy().toy("other").steer(build={"status": 1, "report": {"findings": [ERROR]}})
    ran = repository.forge()
    outcomes = ran.outcomes()
    assert ran.status == 1
    assert outcomes["toy.json::compilation::toy-build"] == "failed"
    assert outcomes["toy.json::types::toy-build"] == "blocked"
    assert outcomes["toy.json::unit-tests::toy-test"] == "blocked"
    assert outcomes["other/toy.json::unit-tests::toy-test"] == "passed"
    assert "repository test" not in repository.executions()


def test_keep_going_runs_the_later_gates_of_a_project_that_does_not_compile(
    repository: Repository,
) -> None:
    repository.toy().steer(build={"status": 1, "report": {"findings": [ERROR]}})
    outcomes = repository.forge("--forge-keep-going").outcomes()
    assert outcomes["toy.json::compilation::toy-build"] == "failed"
    assert outcomes["toy.json::unit-tests::toy-test"] == "passed"


def test_last_failed_brings_back_what_a_mended_compilation_had_blocked(
    repository: Repository,
) -> None:
    repository.toy().steer(build={"status": 1, "report": {"findings": [ERROR]}})
    repository.forge()
    repository.steer()
    before = len(repository.executions())
    ran = repository.forge("--lf")
    assert_measured(ran)
    assert sorted(repository.executions()[before:]) == [
        "repository build",
        "repository lint",
        "repository test",
    ]


def test_xdist_executes_every_shared_run_exactly_once(repository: Repository) -> None:
    for name in ("one", "two", "three", "four"):
        repository.toy(name)
    ran = repository.forge("-n", "2")
    for name in ("one", "two", "three", "four"):
        assert_measured(ran, f"{name}/toy.json")
    executed = repository.executions()
    assert len(executed) == len(set(executed)) == 16


def test_xdist_gives_the_same_report_times_aside(repository: Repository) -> None:
    repository.toy("one").toy("two").toy("tests/left").commit()
    repository.steer("two", lint={"status": 1, "report": {"findings": [LINT]}})
    alone = repository.forge("--deselect", "one/toy.json::licenses").report
    spread = repository.forge("-n", "2", "--deselect", "one/toy.json::licenses").report
    assert alone is not None
    assert spread is not None
    for report in (alone, spread):
        for check in report["checks"]:
            check["seconds"] = 0
    assert spread == alone


LINT = {"measure": "lint.findings", "rule": "L1"}


def test_xdist_each_is_refused(repository: Repository) -> None:
    ran = repository.toy().forge("-n", "2", "--dist", "each")
    assert ran.status == 4
    assert "--dist each" in ran.stderr
    assert ran.report is None


def test_stopping_at_the_first_failure_leaves_no_process(repository: Repository) -> None:
    repository.toy("one").toy("two")
    repository.steer("one", build={"status": 3})
    repository.steer("two", build={"wait_for": "never"}, lint={"wait_for": "never"})
    ran = repository.forge("-x")
    assert ran.status == 1
    assert repository.tool_processes() == []
    assert ran.report is not None
    assert ran.report["complete"] is False
    assert {row["manifest"] for row in ran.report["not_run"]} >= {"two/toy.json"}


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_an_interrupt_leaves_no_process_and_writes_the_partial_report(
    repository: Repository,
    workers: tuple[str, ...],
    eventually: Callable[[Callable[[], bool]], None],
) -> None:
    repository.toy("one").toy("two").steer("two", build={"wait_for": "never"})
    process = repository.start("--forge", *workers)
    eventually(lambda: {"one lint", "two build"} <= set(repository.executions()))
    process.send_signal(signal.SIGINT)
    ran = repository.finish(process)
    assert ran.status == 2, ran.stdout + ran.stderr
    assert repository.tool_processes() == []
    if not workers:
        assert ran.report is not None
        assert ran.report["complete"] is False


def test_a_termination_ends_all_and_writes_the_partial_report(
    repository: Repository, eventually: Callable[[Callable[[], bool]], None]
) -> None:
    repository.toy("one").toy("two").steer("two", build={"wait_for": "never"})
    process = repository.start("--forge")
    eventually(lambda: {"one lint", "two build"} <= set(repository.executions()))
    process.send_signal(signal.SIGTERM)
    ran = repository.finish(process)
    assert ran.status == 2
    assert repository.tool_processes() == []
    assert ran.report is not None


def test_nothing_selected_is_pytests_own_exit_status(repository: Repository) -> None:
    assert repository.toy().forge("-k", "no_such_check").status == 5


def test_collecting_only_runs_nothing_and_writes_nothing(repository: Repository) -> None:
    ran = repository.toy().forge("--collect-only", "-q")
    assert ran.status == 0
    assert "toy.json::types::toy-build" in ran.stdout
    assert repository.executions() == []
    assert ran.report is None


def test_junit_holds_named_errors_as_errors_and_limits_as_failures(
    repository: Repository,
) -> None:
    repository.toy().steer(lint={"status": 1, "report": {"findings": [LINT]}}, test={"status": 7})
    repository.forge("--junitxml=out.xml")
    text = (repository.root / "out.xml").read_text(encoding="utf-8")
    assert "tool-crashed: test exited with status 7" in text.split("<error", 1)[1]
    assert "<failure" in text


def test_no_project_is_a_usage_error_and_writes_nothing(repository: Repository) -> None:
    ran = repository.write({"a.txt": ""}).forge()
    assert ran.status == 4
    assert "no project found" in ran.stderr
    assert not (repository.root / ".forge").exists()


def test_a_path_inside_a_project_means_the_project(repository: Repository) -> None:
    ran = repository.toy("one").toy("two").write({"one/src/a.txt": ""}).forge("one/src")
    assert {name.split("::")[0] for name in ran.outcomes()} == {"one/toy.json"}


def test_the_work_tree_is_as_clean_as_before(repository: Repository) -> None:
    repository.toy().commit()
    repository.forge()
    assert repository.git("status", "--porcelain") == ""


def test_the_commit_and_a_dirty_tree_are_reported(repository: Repository) -> None:
    repository.toy().commit().write({"new.txt": ""})
    ran = repository.forge()
    assert ran.report is not None
    assert ran.report["commit"] == repository.git("rev-parse", "HEAD").strip()
    assert ran.report["dirty"] is True


def test_an_exemption_is_a_skip_that_shows_its_reason(repository: Repository) -> None:
    repository.toy().write({"forge.toml": 'exempt = { integration-tests = "a pure parser" }\n'})
    ran = repository.forge("-rs")
    assert ran.status == 0
    assert "exempt: a pure parser" in ran.stdout
    assert ran.check("integration-tests::toy-test")["outcome"] == "exempt"


def test_a_project_that_may_not_be_prepared_is_named_so(repository: Repository) -> None:
    ran = repository.toy().forge("--forge-no-prepare")
    assert ran.status == 1
    check = ran.check("unit-tests::toy-test")
    assert (check["outcome"], check["error"]) == ("error", "not-prepared")


def test_a_second_forge_on_the_same_root_is_refused(
    repository: Repository, eventually: Callable[[Callable[[], bool]], None]
) -> None:
    repository.toy().steer(build={"wait_for": "go"})
    first = repository.start("--forge")
    eventually(lambda: "repository build" in repository.executions())
    second = repository.forge()
    repository.write({"go": ""})
    assert second.status == 4
    assert "another forge is running" in second.stderr
    assert repository.finish(first).status == 0


def test_plain_pytest_is_not_touched(repository: Repository) -> None:
    repository.toy().write({"test_a.py": "def test_a(): pass\n"})
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q"],
        cwd=repository.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 passed" in done.stdout
    assert not (repository.root / ".forge").exists()


def test_the_manifest_of_an_unnamed_project_is_passed_over_with_its_reason(
    repository: Repository,
) -> None:
    repository.toy().write({"lone/toy.json": json.dumps({})})
    ran = repository.forge()
    assert ran.report is not None
    assert ran.report["passed_over"] == [
        {"manifest": "lone/toy.json", "why": "it names no project"}
    ]
