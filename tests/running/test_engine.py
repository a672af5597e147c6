"""The engine over the toy's projects: what runs, what is blocked, and what an error becomes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from toy import forge_toy
from toy_repository import Repository
from toy_runs import session_of

from pytest_forge.errors import ErrorName, NothingMeasured
from pytest_forge.execution.prepare import surroundings
from pytest_forge.execution.process import Processes, Stopped
from pytest_forge.model import Finding, Outcome, Report
from pytest_forge.results import CheckResult
from pytest_forge.running.engine import Engine
from pytest_forge.running.options import Options
from pytest_forge.running.recording import Recorder
from pytest_forge.session import Session
from pytest_forge.toolchains.declarations import Check, Computation, Context, Hold, Run, Toolchain


def executed(
    session: Session, *gates: str, manifest: str = "toy.json", **options: Any
) -> dict[str, CheckResult]:
    """Run the checks of the named gates (all of a toy where none is named); the first of each."""
    engine = Engine(session, Options(2, **options), surroundings({}), Processes())
    checks = [
        check
        for check in session.checks
        if check.project.language == "toy"
        and check.project.manifest == manifest
        and (not gates or check.gate.id in gates)
    ]
    engine.select(checks)
    engine.require(checks)
    try:
        results: dict[str, CheckResult] = {}
        for check in checks:
            results.setdefault(check.gate.id, engine.result(check, 60))
        return results
    finally:
        engine.stop()


def runs(repository: Repository) -> list[str]:
    return sorted(line.split()[1] for line in repository.executions())


def outcomes(results: Mapping[str, CheckResult]) -> dict[str, Outcome]:
    return {gate: result.outcome for gate, result in results.items()}


def with_check(check: Check, *computations: Computation) -> Toolchain:
    """Return the toy's toolchain with another check in place of all of its gate's."""
    toy = forge_toy.TOOLCHAIN
    others = tuple(one for one in toy.checks if one.gate != check.gate)
    return replace(toy, runs=(*toy.runs, *computations), checks=(*others, check))


def test_two_gates_read_one_execution(repository: Repository) -> None:
    results = executed(session_of(repository.toy()), "quality", "security", "licenses")
    assert set(outcomes(results).values()) == {Outcome.PASSED}
    assert runs(repository) == ["lint"]
    result = results["quality"]
    assert result.measures["complexity.max"] == 3
    assert result.command[1:3] == ("tool.py", "lint")
    assert result.seconds > 0
    assert [one.name for one in result.components] == ["dependency"]


@pytest.mark.parametrize(
    ("keep_going", "outcome", "ran"),
    [(False, Outcome.BLOCKED, ["build"]), (True, Outcome.PASSED, ["build", "lint"])],
)
def test_a_failed_compilation_blocks_unless_it_is_told_to_go_on(
    repository: Repository, keep_going: bool, outcome: Outcome, ran: list[str]
) -> None:
    finding = [{"measure": "errors", "rule": "E1"}]
    repository.toy().steer(build={"status": 1, "report": {"findings": finding}})
    results = executed(session_of(repository), "compilation", "quality", keep_going=keep_going)
    assert outcomes(results) == {"compilation": Outcome.FAILED, "quality": outcome}
    assert runs(repository) == ran


def test_a_blocked_check_says_by_what(repository: Repository) -> None:
    repository.toy().steer(build={"status": 77})
    results = executed(session_of(repository), "compilation", "types", "quality")
    assert results["quality"].reason == "blocked by compilation"
    assert results["types"].reason == "blocked by compilation"


def test_a_gate_that_is_not_selected_blocks_nothing(repository: Repository) -> None:
    repository.toy().steer(build={"status": 77})
    assert outcomes(executed(session_of(repository), "quality")) == {"quality": Outcome.PASSED}
    assert runs(repository) == ["lint"]


def test_an_exempt_check_runs_nothing_and_blocks_nothing(repository: Repository) -> None:
    repository.toy(exempt={"compilation": "an interpreted toy"})
    results = executed(session_of(repository), "compilation", "quality")
    assert outcomes(results) == {"compilation": Outcome.EXEMPT, "quality": Outcome.PASSED}
    assert results["compilation"].reason == "an interpreted toy"
    assert runs(repository) == ["lint"]


@pytest.mark.parametrize(
    ("steer", "error"),
    [
        ({"status": 77}, ErrorName.TOOL_CRASHED),
        ({"status": 1}, ErrorName.TOOL_CRASHED),
        ({"status": 5}, ErrorName.NOTHING_MEASURED),
        ({"status": 9}, ErrorName.TOOL_MISSING),
        ({"signal": "SIGKILL"}, ErrorName.TOOL_CRASHED),
        ({"prints": "{"}, ErrorName.OUTPUT_UNREADABLE),
        ({"prints": ""}, ErrorName.OUTPUT_UNREADABLE),
        ({"report": {"measures": {"files": 0}}}, ErrorName.NOTHING_MEASURED),
        ({"report": {"measures": {}}}, ErrorName.NOTHING_MEASURED),
    ],
)
def test_whatever_keeps_it_from_measuring_is_never_a_pass(
    repository: Repository, steer: dict[str, object], error: ErrorName
) -> None:
    repository.toy().steer(lint=steer)
    result = executed(session_of(repository), "quality")["quality"]
    assert (result.outcome, result.error) == (Outcome.ERROR, error)
    assert result.reason
    assert "\n" not in result.reason


def test_a_timeout_of_the_users_own_ends_the_run(repository: Repository) -> None:
    repository.toy().steer(lint={"wait_for": "never"})
    repository.write({"forge.toml": 'timeouts = { lint = "1s" }\n'})
    session = session_of(repository)
    assert session.settings.defaults.timeouts["lint"] == timedelta(seconds=1)
    result = executed(session, "quality")["quality"]
    assert result.error is ErrorName.TIMED_OUT
    assert 'set timeouts."lint"' in result.reason


def test_a_bug_of_forges_own_is_an_error_that_says_so(repository: Repository) -> None:
    def broken(report: Report) -> Report:
        raise KeyError("first line\nsecond line")

    toy = forge_toy.TOOLCHAIN
    checks = tuple(
        replace(one, select=broken) if one.gate == "quality" else one for one in toy.checks
    )
    session = session_of(repository.toy(), replace(toy, checks=checks))
    result = executed(session, "quality")["quality"]
    assert (result.outcome, result.error) == (Outcome.ERROR, ErrorName.OUTPUT_UNREADABLE)
    assert result.reason.startswith("forge itself failed: KeyError: ")
    assert "(test_engine.py:" in result.reason
    assert result.reason.endswith("; please report it")
    assert "\n" not in result.reason


def test_a_selection_keeps_what_is_the_checks(repository: Repository) -> None:
    def renamed(report: Report) -> Report:
        return Report(measures={"files": report.measures["files"] + 1})

    check = Check("own", "quality", "lint", "files", "nothing", select=renamed)
    result = executed(session_of(repository.toy(), with_check(check)), "quality")["quality"]
    assert result.measures["files"] == 4


@pytest.mark.parametrize("found", [(), ({"measure": "lint.findings", "rule": "T1"},)])
def test_what_a_check_does_not_look_at_stands_beside_every_verdict(
    repository: Repository, found: tuple[Mapping[str, str], ...]
) -> None:
    repository.toy().steer(lint={"status": len(found), "report": {"findings": found}})
    toy = forge_toy.TOOLCHAIN
    remarking = [
        replace(check, remarks=lambda project: (f"{project.manifest} only",))
        for check in toy.checks
    ]
    session = session_of(repository, replace(toy, checks=tuple(remarking)))
    result = executed(session, "quality")["quality"]
    assert result.outcome is (Outcome.FAILED if found else Outcome.PASSED)
    assert "toy.json only" in result.notes


def test_a_computation_reads_the_reports_of_its_inputs(repository: Repository) -> None:
    def compute(context: Context, inputs: Mapping[str, Report]) -> Report:
        assert context.directory == repository.root
        files = inputs["lint"].measures["files"] + inputs["build"].measures["files"]
        return Report(
            (Finding("lint.findings", "R", "m", path="tool.py", line=999),), {"sum": files}
        )

    check = Check("sum", "quality", "sum", "sum", "nothing was summed", counts=("lint.findings",))
    toolchain = with_check(check, Computation("sum", compute, ("lint", "build")))
    result = executed(session_of(repository.toy(), toolchain), "quality", "compilation")["quality"]
    assert result.measures["sum"] == 6
    assert result.outcome is Outcome.FAILED
    assert [one.fingerprint != "" for one in result.findings] == [True]
    assert runs(repository) == ["build", "lint"]


def test_a_computation_shows_the_command_that_fed_it_also_where_it_fails(
    repository: Repository,
) -> None:
    def refuse(context: Context, inputs: Mapping[str, Report]) -> Report:
        raise NothingMeasured("nothing was summed")

    lint = executed(session_of(repository.toy()), "quality")["quality"]
    for compute, error in (
        (lambda context, inputs: Report(measures={"sum": 1}), None),
        (refuse, ErrorName.NOTHING_MEASURED),
    ):
        check = Check("sum", "quality", "sum", "sum", "nothing was summed")
        toolchain = with_check(check, Computation("sum", compute, ("lint",)))
        result = executed(session_of(repository, toolchain), "quality")["quality"]
        assert result.error is error
        assert (result.command, result.tool_version) == (lint.command, lint.tool_version)
        assert result.seconds > 0


def test_a_computation_fails_where_an_input_has_failed(repository: Repository) -> None:
    repository.toy().steer(lint={"status": 77})
    check = Check("sum", "quality", "sum", "sum", "nothing was summed")
    computation = Computation("sum", lambda context, inputs: inputs["lint"], ("lint",))
    result = executed(session_of(repository, with_check(check, computation)), "quality")["quality"]
    assert result.error is ErrorName.TOOL_CRASHED


def test_a_project_is_prepared_once_and_only_where_a_run_needs_it(repository: Repository) -> None:
    executed(session_of(repository.toy()), "quality")
    assert runs(repository) == ["lint"]
    executed(session_of(repository), "unit-tests", "integration-tests")
    assert runs(repository) == ["lint", "prepare", "test"]
    executed(session_of(repository), "unit-tests")
    assert runs(repository).count("prepare") == 1


def test_without_preparation_only_runs_that_need_none_can_measure(repository: Repository) -> None:
    repository.toy().steer(prepare={"status": 1})
    toy = forge_toy.TOOLCHAIN
    toolchain = replace(
        toy,
        runs=tuple(
            replace(one, needs=(replace(forge_toy.PYTHON, scope="any"),))
            if isinstance(one, Run) and one.name == "lint"
            else one
            for one in toy.runs
        ),
    )
    session = session_of(repository, toolchain)
    results = executed(session, "unit-tests", "quality")
    assert results["unit-tests"].error is ErrorName.NOT_PREPARED
    assert results["quality"].outcome is Outcome.PASSED


@pytest.mark.parametrize("scope", ["project", "machine"])
def test_what_holds_the_same_resource_never_runs_at_once(
    repository: Repository, scope: str
) -> None:
    hold = Hold("machine" if scope == "machine" else "tests", scope)  # type: ignore[arg-type]
    toy = forge_toy.TOOLCHAIN
    held = tuple(replace(one, holds=(hold,)) for one in toy.runs if isinstance(one, Run))
    repository.toy()
    tool = (repository.root / "tool.py").read_text()
    alone = (
        "import os, time\nos.mkdir('inside')\ntime.sleep(0.2)\nos.rmdir('inside')\nimport atexit\n"
    )
    repository.write({"tool.py": alone + tool})
    results = executed(session_of(repository, replace(toy, runs=held)), "types", "quality")
    assert set(outcomes(results).values()) == {Outcome.PASSED}, results


def test_after_a_stop_nothing_more_is_started(repository: Repository) -> None:
    session = session_of(repository.toy())
    engine = Engine(session, Options(1), surroundings({}), Processes())
    checks = [check for check in session.checks if check.gate.id == "quality"]
    engine.stop()
    engine.select(checks)
    engine.require(checks)
    with pytest.raises(Stopped):
        engine.result(checks[0], 60)
    assert runs(repository) == []


def test_the_machine_is_entered_around_each_task(repository: Repository) -> None:
    entered: list[bool] = []

    class Machine:
        def __enter__(self) -> None:
            return None

        def __exit__(self, *error: object) -> None:
            return None

    def machine(alone: bool) -> Machine:
        entered.append(alone)
        return Machine()

    session = session_of(repository.toy())
    engine = Engine(session, Options(1), surroundings({}), Processes(), machine)
    checks = [check for check in session.checks if check.gate.id == "quality"]
    engine.select(checks)
    engine.require(checks)
    engine.result(checks[0], 60)
    engine.stop()
    assert entered == [False, False]


class TestRecorder:
    """What the run's report says of what ran and what did not."""

    def test_what_did_not_run_is_listed_with_its_reason(self, repository: Repository) -> None:
        session = session_of(repository.toy().commit())
        recorder = Recorder(session)
        for gate, result in executed(session, "quality", "licenses").items():
            assert gate == result.gate
            recorder.results[result.id] = result
        recorder.left_out["toy.json::types::toy-build"] = "deselected"
        report = recorder.report(["a note"])
        assert [one.id for one in report.checks] == [
            "toy.json::quality::toy-lint",
            "toy.json::licenses::toy-lint",
        ]
        why = {one.gate: one.why for one in report.not_run}
        assert why["types"] == "deselected"
        assert why["security"] == "not reached"
        assert not report.complete
        assert report.notes == ("a note",)
        assert report.commit == repository.git("rev-parse", "HEAD").strip()

    def test_a_gate_that_ran_in_part_names_the_checks_that_did_not(
        self, repository: Repository
    ) -> None:
        toy = forge_toy.TOOLCHAIN
        second = replace(next(one for one in toy.checks if one.gate == "quality"), name="second")
        session = session_of(repository.toy(), replace(toy, checks=(*toy.checks, second)))
        recorder = Recorder(session)
        (result,) = [
            CheckResult(check.id, "toy.json", "toy", "quality", "toy-lint", Outcome.PASSED)
            for check in session.checks
            if check.check.name == "toy-lint" and check.gate.id == "quality"
        ]
        recorder.results[result.id] = result
        (missing,) = [one for one in recorder.report().not_run if one.gate == "quality"]
        assert missing.why == "not reached: second"

    def test_a_gate_that_is_switched_off_is_listed(self, repository: Repository) -> None:
        session = replace(session_of(repository.toy()), blocked_gates=("own",))
        (row,) = [one for one in Recorder(session).report().not_run if one.gate == "own"]
        assert row.why == "switched off by -p no:forge-gate-own"

    def test_a_waiver_without_a_finding_is_named_in_a_complete_run_only(
        self, repository: Repository
    ) -> None:
        finding = [{"measure": "lint.findings", "rule": "T1"}]
        repository.toy().steer(lint={"status": 1, "report": {"findings": finding}})
        rows = "".join(
            f'[[waiver]]\ngate = "quality"\nrule = "{rule}"\nreason = "r"\n'
            f'approver = "a"\nexpires = 2999-01-01\n'
            for rule in ("T1", "T2", "lint.findings")
        )
        repository.write({"forge.toml": rows})
        session = session_of(repository)
        assert [one.rule for one in session.settings.waivers] == ["T1", "T2", "lint.findings"]
        recorder = Recorder(session)
        assert recorder.report().notes == ()
        toys = {result.id: result for result in executed(session).values()}
        recorder.results.update(toys)
        for check in session.checks:
            one = CheckResult(check.id, "toy.json", "r", check.gate.id, "x", Outcome.PASSED)
            recorder.results.setdefault(check.id, one)
        notes = recorder.report().notes
        assert "waiver of T2 (quality) fits no finding; take it out" in notes
        assert not any("T1" in note for note in notes)

    def test_without_a_commit_the_state_is_unknown(self, repository: Repository) -> None:
        report = Recorder(session_of(repository.toy())).report()
        assert (report.commit, report.dirty) == ("", False)

    def test_uncommitted_changes_are_told(self, repository: Repository) -> None:
        repository.toy().commit()
        assert Recorder(session_of(repository)).report().dirty is False
        repository.write({"new.txt": ""})
        assert Recorder(session_of(repository)).report().dirty is True


def varied(*variants: str) -> Toolchain:
    """Return the toys' toolchain with its compilation check made for each variant."""
    checks = tuple(
        replace(check, variants=lambda project, settings: variants)
        if check.gate == "compilation"
        else check
        for check in forge_toy.TOOLCHAIN.checks
    )
    return replace(forge_toy.TOOLCHAIN, checks=checks)


def test_a_check_is_made_and_run_for_each_variant(repository: Repository) -> None:
    repository.toy(".")
    session = session_of(repository, varied("east", "west"))
    ids = [check.id for check in session.checks if check.gate.id == "compilation"]
    assert len(ids) == 2
    assert [one.rpartition("[")[2] for one in ids] == ["east]", "west]"]
    engine = Engine(session, Options(2), surroundings({}), Processes())
    checks = [check for check in session.checks if check.gate.id == "compilation"]
    engine.select(checks)
    engine.require(checks)
    results = [engine.result(check, 60) for check in checks]
    engine.stop()
    assert [one.id for one in results] == ids
    assert {one.outcome for one in results} == {Outcome.PASSED}
    assert len(repository.executions()) == 2


def test_a_check_without_variants_is_none(repository: Repository) -> None:
    repository.toy(".")
    checks = session_of(repository, varied()).checks
    names = [check.name for check in checks if check.gate.id == "compilation"]
    assert names == ["unmeasured"]


def test_one_variant_or_all_can_be_exempt(repository: Repository) -> None:
    repository.toy(".")
    checks = session_of(repository, varied("east", "west")).checks
    one = next(check for check in checks if check.variant == "west")
    settings = replace(one.settings, exempt={f"compilation::{one.name}": "no west"})
    assert replace(one, settings=settings).exemption == "no west"
    other = next(check for check in checks if check.variant == "east")
    assert replace(other, settings=settings).exemption == ""
    every = replace(one.settings, exempt={f"compilation::{one.check.name}": "nowhere"})
    assert replace(other, settings=every).exemption == "nowhere"
