"""`pytest-forge init`."""

import io
import tomllib
from collections.abc import Callable
from typing import Any, Protocol

import pytest
from toy_repository import Repository


class Said(Protocol):
    status: int
    out: str
    err: str


Cli = Callable[..., Said]


class Terminal(io.StringIO):
    """Standard input at which somebody sits."""

    def isatty(self) -> bool:
        return True


def configuration(repository: Repository, name: str = "forge.toml") -> dict[str, Any]:
    return tomllib.loads((repository.root / name).read_text(encoding="utf-8"))


def lines(repository: Repository) -> list[str]:
    return (repository.root / "forge.toml").read_text(encoding="utf-8").splitlines()


@pytest.fixture(autouse=True)
def _nobody_at_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())


def test_where_all_can_be_measured_nothing_is_set(repository: Repository, cli: Cli) -> None:
    repository.toy("a").toy("b")
    said = cli("init")
    assert (said.status, said.err) == (0, "")
    assert configuration(repository) == {}
    assert "found a/toy.json: toy, a\nfound b/toy.json: toy, b\n" in said.out
    assert f"written: {repository.root}/forge.toml\nnext: pytest --forge\n" in said.out
    assert said.out.endswith('pytest-forge baseline update --accept "REASON"\n')


def test_a_reason_is_asked_for_every_exemption(
    repository: Repository, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.toy(without=["integration-tests", "licenses"])
    monkeypatch.setattr("sys.stdin", Terminal('a "pure" parser\n\n'))
    said = cli("init")
    assert said.status == 0
    assert "integration-tests can't be measured in toy.json:\n  no check of toy.json" in said.out
    assert "licenses can't be measured in toy.json" in said.out
    assert configuration(repository) == {"exempt": {"integration-tests": 'a "pure" parser'}}


def test_what_is_found_can_be_adopted_at_once(repository: Repository, inside: Cli) -> None:
    finding = {"measure": "lint.findings", "rule": "R"}
    measures = {"files": 1, "complexity.max": 3}
    repository.toy().write({"prepared": ""})
    without = [*("security", "licenses", "breaking-changes")]
    repository.toy(without=without).steer(
        lint={"report": {"measures": measures, "findings": [finding]}}
    )
    given = [f"--exempt={gate}=none" for gate in without]
    said = inside("init", "--baseline", "adopting forge", *given)
    assert said.status == 0, said.out
    assert "baseline of toy.json: 1 added; now 1 finding" in said.out
    assert said.out.endswith("`pytest-forge baseline show` lists it\n")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--baseline", "x", "--measure"), "choose one"),
        (("--baseline", " "), "the reason is empty"),
    ],
)
def test_a_baseline_needs_a_reason_and_no_laxer_limits(
    repository: Repository, cli: Cli, options: tuple[str, ...], why: str
) -> None:
    repository.toy()
    said = cli("init", *options)
    assert said.status == 4
    assert why in said.err
    assert not (repository.root / "forge.toml").exists()


def test_the_end_of_input_writes_no_exemption(
    repository: Repository, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.toy(without=["licenses"])
    monkeypatch.setattr("sys.stdin", Terminal(""))
    assert cli("init").status == 0
    assert configuration(repository) == {}


def test_without_a_terminal_a_reason_must_be_given(repository: Repository, cli: Cli) -> None:
    repository.toy(without=["integration-tests", "licenses"])
    said = cli("init", "--exempt", "licenses=no dependencies")
    assert said.status == 4
    assert said.err == (
        "pytest-forge: integration-tests: nothing to measure; give the reason "
        '(--exempt "integration-tests=REASON"), or write no exemption (--no-exemptions)\n'
    )
    assert not (repository.root / "forge.toml").exists()


def test_reasons_can_be_given(repository: Repository, cli: Cli) -> None:
    repository.toy(without=["integration-tests"])
    said = cli("init", "--exempt", "integration-tests=x = y", "--exempt", "types::toy-build=later")
    assert said.status == 0
    assert configuration(repository) == {
        "exempt": {"integration-tests": "x = y", "types::toy-build": "later"}
    }


def test_proposals_can_be_declined(repository: Repository, cli: Cli) -> None:
    repository.toy(without=["integration-tests", "licenses"])
    assert cli("init", "--no-exemptions", "--exempt", "licenses=none").status == 0
    assert configuration(repository) == {"exempt": {"licenses": "none"}}


def test_what_concerns_one_project_is_written_for_it(repository: Repository, cli: Cli) -> None:
    repository.toy("a", without=["licenses", "quality"]).toy("b", without=["licenses"])
    assert cli("init", "--exempt", "licenses=none", "--exempt", "quality=later").status == 0
    assert configuration(repository) == {
        "exempt": {"licenses": "none"},
        "override": [{"path": "a", "exempt": {"quality": "later"}}],
    }


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("typs=x", '--exempt: typs: unknown gate; did you mean "types"?'),
        ("types::toy=x", '--exempt: "types::toy": unknown check; known: toy-build'),
        ("types=", "--exempt: types: must not be empty"),
        ("types", "--exempt types: write it as GATE=REASON"),
    ],
)
def test_a_bad_exemption_is_one_line(
    repository: Repository, cli: Cli, option: str, message: str
) -> None:
    repository.toy()
    said = cli("init", "--exempt", option)
    assert (said.status, said.err) == (4, f"pytest-forge: {message}\n")
    assert not (repository.root / "forge.toml").exists()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_table_is_appended_to_pyproject(repository: Repository, cli: Cli, newline: str) -> None:
    before = newline.join(("[tool.other]", "x = 1  # kept"))
    pyproject = repository.toy(without=["licenses"]).root / "pyproject.toml"
    pyproject.write_bytes(before.encode())
    assert cli("init", "--exempt", "licenses=none").status == 0
    data = pyproject.read_bytes()
    assert data.startswith(before.encode() + newline.encode() * 2 + b"[tool.pytest-forge]")
    assert data.count(b"\r\n") == (data.count(b"\n") if newline == "\r\n" else 0)
    assert configuration(repository, "pyproject.toml")["tool"] == {
        "other": {"x": 1},
        "pytest-forge": {"exempt": {"licenses": "none"}},
    }
    assert not (repository.root / "forge.toml").exists()


def test_a_pyproject_to_which_no_table_can_be_appended_is_left_alone(
    repository: Repository, cli: Cli
) -> None:
    text = "tool = { other = { x = 1 } }\n"
    repository.toy().write({"pyproject.toml": text})
    said = cli("init")
    assert said.status == 4
    assert said.err.startswith("pytest-forge: pyproject.toml: no table can be appended: ")
    assert (repository.root / "pyproject.toml").read_text() == text


@pytest.mark.parametrize(
    ("name", "text"), [("forge.toml", ""), ("pyproject.toml", "[tool.pytest-forge]\n")]
)
def test_a_configuration_is_never_overwritten(
    repository: Repository, cli: Cli, name: str, text: str
) -> None:
    repository.toy().write({name: text})
    said = cli("init")
    assert said.status == 4
    assert said.err == (
        f"pytest-forge: {repository.root / name} configures forge already; "
        "change it there, or remove it\n"
    )
    assert (repository.root / name).read_text() == text


def test_without_a_project_nothing_is_written(repository: Repository, cli: Cli) -> None:
    said = cli("init")
    assert said.status == 4
    assert "no project found" in said.err
    assert not (repository.root / "forge.toml").exists()


LOW_COVERAGE = {
    "measures": {"coverage.line": 70.129, "coverage.branch": 90, "coverage.function": 50},
}
FINDINGS = {
    "measures": {"files": 3, "complexity.max": 12},
    "findings": [{"measure": "lint.findings", "rule": "TOY1"}],
}
VERSIONS = "breaking-changes::versions=the toys have none"


def test_todays_numbers_become_limits_that_are_met(repository: Repository, inside: Cli) -> None:
    repository.toy().steer(test={"report": LOW_COVERAGE}, lint={"report": FINDINGS, "status": 1})
    said = inside("init", "--measure", "--exempt", VERSIONS)
    assert said.status == 0, said.out + said.err
    limits = configuration(repository)["limits"]
    assert limits["coverage.line"] == 70.12
    assert limits["coverage.function"] == 50
    assert (limits["complexity.max"], limits["lint.findings"]) == (12, 1)
    assert "coverage.branch" not in limits
    place = lines(repository).index('"coverage.line" = 70.12')
    assert lines(repository)[place - 1].startswith("# 70.129 % on 2")
    assert lines(repository)[place - 1].endswith("; without this line the limit is 80 %")
    assert inside("run", "-k", "unit-tests").status == 0


def test_what_had_nothing_to_measure_is_proposed_after_the_run(
    repository: Repository, inside: Cli
) -> None:
    repository.toy("a").toy("b").steer("a", build={"status": 5})
    refused = inside("init", "--measure", "--exempt", VERSIONS)
    assert refused.status == 4
    assert '--exempt "compilation=REASON" --exempt "types=REASON"' in refused.err
    assert not (repository.root / "forge.toml").exists()
    given = ("--exempt", "compilation=none", "--exempt", "types=none")
    assert inside("init", "--measure", "--exempt", VERSIONS, *given).status == 0
    assert configuration(repository) == {
        "exempt": {"breaking-changes::versions": "the toys have none"},
        "override": [{"path": "a", "exempt": {"compilation": "none", "types": "none"}}],
    }


def test_what_no_limit_can_mend_is_said(repository: Repository, inside: Cli) -> None:
    repository.toy().steer(build={"status": 77})
    said = inside("init", "--measure", "--exempt", VERSIONS)
    assert said.status == 0
    assert "still error: toy.json::compilation::toy-build: " in said.out
    assert "limits" not in configuration(repository)


def test_a_run_that_does_not_start_writes_nothing(repository: Repository, inside: Cli) -> None:
    repository.toy()
    (repository.root / ".forge").write_text("in the way of the directory")
    said = inside("init", "--measure", "--exempt", VERSIONS)
    assert said.status != 0
    assert not (repository.root / "forge.toml").exists()
