"""`pytest-forge explain`."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest
from toy_repository import Repository

from pytest_forge.commands import last_report, rules
from pytest_forge.commands.errors_explained import EXPLANATIONS
from pytest_forge.errors import ErrorName
from pytest_forge.installed import Installed, installed
from pytest_forge.judging import Gate
from pytest_forge.model import Finding, Outcome, Severity
from pytest_forge.reports.serialization import check_to_dict
from pytest_forge.results import CheckResult
from pytest_forge.toolchains.declarations import Run, Tool


class Said(Protocol):
    status: int
    out: str
    err: str


Cli = Callable[..., Said]

CHECK = CheckResult(
    id="toy.json::quality::toy-lint",
    manifest="toy.json",
    language="toy",
    gate="quality",
    tool="toy-lint",
    outcome=Outcome.FAILED,
    findings=(
        Finding("lint.findings", "TOY1", "a bad habit", Severity.LOW, "src/a.py", 3),
        Finding("lint.findings", "TOY1", "a bad habit", Severity.LOW, "b.py", held_by="waiver"),
        Finding("lint.findings", "TOY2", "another", Severity.HIGH, help_url="https://x.example"),
    ),
)


def report(repository: Repository, *checks: CheckResult) -> None:
    data = {"checks": [check_to_dict(one) for one in checks]}
    repository.write({last_report.REPORT: json.dumps(data)})


@pytest.mark.parametrize("gate", installed().gates, ids=lambda gate: gate.id)
def test_every_gate_is_explained_with_its_limits(cli: Cli, gate: Gate) -> None:
    said = cli("explain", gate.id)
    assert said.status == 0
    assert said.out.startswith(f"{gate.id}: {gate.title}\n")
    assert " ".join(gate.about.split()) in " ".join(said.out.split())
    for limit in gate.limits:
        assert f"\n{limit.measure} " in said.out
    assert "\ntoy  " in said.out
    assert f'exempt = {{ {gate.id} = "' in said.out


def test_limits_are_shown_with_their_conditions(cli: Cli) -> None:
    out = cli("explain", "unit-tests").out
    assert "at least 80 %, unless the project limits coverage.total" in out
    assert "coverage.total reported only" in " ".join(out.split())
    assert "at most 9, each" in cli("explain", "complexity.max").out
    assert "at least 100 %, where the project is typed" in cli("explain", "type.coverage").out


def test_a_gate_that_blocks_says_so(cli: Cli) -> None:
    assert "later gates are blocked" in cli("explain", "compilation").out
    assert "later gates are blocked" not in cli("explain", "types").out


def test_a_measure_of_several_gates_names_them_all(cli: Cli) -> None:
    out = cli("explain", "tests.executed").out
    assert "\nunit-tests         at least 1\n" in out
    assert "\nintegration-tests  at least 1\n" in out
    assert 'limits = { "tests.executed" = NUMBER }' in out


@pytest.mark.parametrize("name", list(ErrorName))
def test_every_error_is_explained_with_what_mends_it(cli: Cli, name: ErrorName) -> None:
    said = cli("explain", str(name))
    assert said.status == 0
    assert said.out.startswith(f"{name}: an error")
    text = " ".join(said.out.split())
    assert EXPLANATIONS[name].meaning in text
    assert all(f"- {mend}" in text for mend in EXPLANATIONS[name].mends)


def test_a_rule_of_the_last_report_is_shown_with_its_findings(
    repository: Repository, cli: Cli
) -> None:
    report(repository, CHECK)
    said = cli("explain", "TOY1")
    assert said.status == 0
    assert said.out.startswith("TOY1: a rule of quality::toy-lint\n\na bad habit\n")
    assert "src/a.py:3  low       open\n" in said.out
    assert "b.py        low       held by a waiver\n" in said.out
    assert 'waiver = [{ gate = "quality", rule = "TOY1", reason = ' in said.out
    assert "https://x.example" in cli("explain", "TOY2").out
    assert "\n-         high      open\n" in cli("explain", "TOY2").out


def test_many_findings_are_counted(repository: Repository, cli: Cli) -> None:
    many = tuple(Finding("lint.findings", "TOY1", "m", path="a", line=line) for line in range(13))
    report(repository, replace(CHECK, findings=many))
    out = cli("explain", "TOY1").out
    assert "and 3 more" in out
    assert out.count("  open") == 10


def test_text_of_a_report_is_made_harmless(repository: Repository, cli: Cli) -> None:
    hostile = Finding("lint.findings", "TOY1", "\x1b[31m::error::red\n", path="a\x1b]0;t\x07b")
    report(repository, replace(CHECK, findings=(hostile,)))
    out = cli("explain", "TOY1").out
    assert "\x1b" not in out
    assert "\n::error" not in out
    assert "ab  " in out


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("qualty", "quality"),
        ("coverage.lin", "coverage.line"),
        ("tool-misssing", "tool-missing"),
        ("XTOY1", "TOY1"),
    ],
)
def test_an_unknown_name_is_status_4_with_the_nearest_name(
    repository: Repository, cli: Cli, name: str, near: str
) -> None:
    report(repository, CHECK)
    said = cli("explain", name)
    assert (said.status, said.out) == (4, "")
    assert said.err == (
        f'pytest-forge: "{name}" is no gate, measure or error, and no rule of the last report; '
        f'did you mean "{near}"?\n'
    )


def test_where_no_name_is_near_the_way_to_rules_is_said(cli: Cli) -> None:
    said = cli("explain", "XYZZY")
    assert said.status == 4
    assert "run `pytest --forge` to have its rules" in said.err


@pytest.mark.parametrize("content", ["", "[]", '{"checks": [{}]}', '{"checks": [{"id": 1}]}'])
def test_a_report_that_cannot_be_read_is_one_line(
    repository: Repository, cli: Cli, content: str
) -> None:
    repository.write({last_report.REPORT: content})
    said = cli("explain", "TOY1")
    assert said.status == 4
    assert "report.json can't be read" in said.err
    assert said.err.count("\n") == 1


def with_tool(explain: tuple[str, ...]) -> Installed:
    """Return what is installed if there were a tool that explains rules in this way."""
    here = installed()
    tool = Tool("toy-lint", "", module="json.tool", scope="forge", version=("-h",), explain=explain)
    toy = next(one for one in here.toolchains if one.language == "toy")
    run = next(one for one in toy.runs if isinstance(one, Run))
    return Installed(here.gates, (replace(toy, runs=(replace(run, needs=(tool,)),)),))


@pytest.fixture
def rule_file(tmp_path: Path) -> str:
    """Return a "rule" that the "tool", Python's json.tool, knows: a file with JSON."""
    file = tmp_path / "rule.json"
    file.write_text('"what \\u001b[31mthe rule is about"')
    return str(file)


@pytest.mark.usefixtures("toy_plugin")
class TestTheToolsOwnWords:
    def test_are_shown_for_a_rule_that_no_report_has(self, rule_file: str) -> None:
        lines = rules.explained(rule_file, (), with_tool(("{rule}",)))
        assert lines == ["toy-lint says:", "", '"what \\u001b[31mthe rule is about"']

    def test_follow_what_the_report_has(self, rule_file: str) -> None:
        found = rules.Found(Finding("lint.findings", rule_file, "message"), CHECK)
        lines = rules.explained(rule_file, (found,), with_tool(("{rule}",)))
        assert lines[2] == "message"
        assert lines[-3] == "toy-lint says:"

    def test_are_not_asked_of_a_tool_that_the_report_does_not_name(self, rule_file: str) -> None:
        check = replace(CHECK, tool="other")
        found = rules.Found(Finding("lint.findings", rule_file, "message"), check)
        lines = rules.explained(rule_file, (found,), with_tool(("{rule}",)))
        assert "toy-lint says:" not in lines

    @pytest.mark.parametrize("rule", ["no-such-file", "--help", "-h"])
    def test_are_nothing_where_the_tool_does_not_know_the_rule(self, rule: str) -> None:
        assert rules.explained(rule, (), with_tool(("{rule}",))) == []

    def test_are_nothing_where_the_tool_is_missing(self, rule_file: str) -> None:
        here = with_tool(("{rule}",))
        (toolchain,) = here.toolchains
        (run,) = (one for one in toolchain.runs if isinstance(one, Run))
        gone = replace(run.needs[0], module="no_such_module")
        broken = replace(toolchain, runs=(replace(run, needs=(gone,)),))
        assert rules.explained(rule_file, (), Installed(here.gates, (broken,))) == []
