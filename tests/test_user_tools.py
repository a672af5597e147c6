"""A user's own tool on forge's own classes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pytest_forge.formats import FORMATS
from pytest_forge.model import Finding, Report, Severity
from pytest_forge.settings import UserTool
from pytest_forge.toolchains.declarations import Tool
from pytest_forge.user_tools import NEUTRAL_FORMATS, attach

TOOL = UserTool(
    name="mine",
    gate="quality",
    manifest="pyproject.toml",
    command=("yamllint", "{scratch}/out"),
    format="sarif",
    output="out/*.sarif",
    clean=(0, 2),
    findings=(1,),
    nothing=(5,),
    gap=(127,),
    version=("-V",),
    install="pip install yamllint",
    timeout=timedelta(minutes=2),
    prepared=True,
    supplies=("complexity.max",),
)


def test_the_run_is_what_the_table_says() -> None:
    run, _ = attach(TOOL)
    step, output = run.steps[0], run.outputs[0]
    assert run.name == "mine"
    assert run.needs == (
        Tool("yamllint", "pip install yamllint", executable="yamllint", version=("-V",)),
    )
    assert step.argv == ("{tool}", "{scratch}/out")
    assert (set(step.clean), set(step.findings)) == ({0, 2}, {1})
    assert (set(step.nothing), set(step.gap)) == ({5}, {127})
    assert output.source == "out/*.sarif"
    assert output.format is FORMATS["sarif"]
    assert output.required
    assert run.prepared
    assert run.timeout == 120.0


def test_the_check_feeds_the_gate_and_reads_the_run() -> None:
    run, check = attach(TOOL)
    assert (check.name, check.gate, check.run) == ("mine", "quality", run.name)
    assert check.supplies == ("complexity.max",)
    assert check.counts == ("lint.findings",)


@pytest.mark.parametrize("program", ["scripts/check", "./check", "{python}", "{root}/bin/check"])
def test_a_path_or_a_slot_is_the_program_itself(program: str) -> None:
    run, _ = attach(replace(TOOL, command=(program, "x")))
    assert run.needs == ()
    assert run.steps[0].argv == (program, "x")


def test_without_an_install_command_the_user_learns_where_to_state_one() -> None:
    run, _ = attach(replace(TOOL, install=""))
    assert "tools.mine.install" in run.needs[0].install


@pytest.mark.parametrize(
    ("gate", "proof"),
    [
        ("quality", "files.checked"),
        ("unit-tests", "tests.executed"),
        ("licenses", "components"),
        ("a-plugins-gate", "files.checked"),
    ],
)
def test_the_proof_follows_from_the_gate(gate: str, proof: str) -> None:
    _, check = attach(replace(TOOL, gate=gate))
    assert check.proof == proof
    assert proof in check.nothing
    assert "[tools.mine]" in check.nothing


def test_a_proof_that_is_set_stands() -> None:
    _, check = attach(replace(TOOL, proof="rules"))
    assert check.proof == "rules"


def measures(gate: str, *severities: Severity) -> list[str]:
    _, check = attach(replace(TOOL, gate=gate))
    findings = tuple(Finding("findings", "R", "m", one) for one in severities)
    report = Report(findings=findings)
    read = report if check.select is None else check.select(report)
    assert len(read.findings) == len(findings)
    return [one.measure for one in read.findings]


def test_neutral_findings_count_as_what_the_gate_limits() -> None:
    assert measures("quality", Severity.HIGH, Severity.LOW) == ["lint.findings"] * 2
    assert measures("types", Severity.LOW) == ["type.errors"]
    assert measures("compilation", Severity.HIGH, Severity.UNKNOWN, Severity.MEDIUM) == [
        "errors",
        "errors",
        "warnings",
    ]


@pytest.mark.parametrize("gate", ["security", "unit-tests", "a-plugins-gate"])
def test_elsewhere_they_stay_what_they_are(gate: str) -> None:
    assert measures(gate, Severity.HIGH) == ["findings"]


def test_findings_of_another_measure_are_left_alone() -> None:
    _, check = attach(TOOL)
    report = Report(findings=(Finding("secrets", "R", "m"),))
    assert check.select is not None
    assert check.select(report) == report


@pytest.mark.parametrize("format_name", sorted(FORMATS.keys() - NEUTRAL_FORMATS))
def test_a_format_that_names_its_measures_promises_no_other(format_name: str) -> None:
    _, check = attach(replace(TOOL, format=format_name))
    assert (check.counts, check.select) == ((), None)
