"""Python's checks: what they make of their outputs before a gate judges them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pytest_forge.errors import NothingMeasured
from pytest_forge.formats import FORMATS
from pytest_forge.model import Component, Finding, Report, TestCase, TestOutcome
from pytest_forge.projects import FactValue, Project
from pytest_forge.settings import AdvisorySource, ProjectSettings
from pytest_forge.toolchains.declarations import Run
from pytest_forge.toolchains.python.checks import CHECKS
from pytest_forge.toolchains.python.runs import RUNS

PASSED = TestCase("a", TestOutcome.PASSED)
FAILED = TestCase("b", TestOutcome.FAILED)
SKIPPED = TestCase("c", TestOutcome.SKIPPED)


def _select(gate: str, name: str) -> Callable[[Report], Report]:
    (check,) = (one for one in CHECKS if (one.gate, one.name) == (gate, name))
    assert check.select is not None
    return check.select


def test_every_check_reads_a_declared_run_and_its_names_are_unique() -> None:
    runs = {run.name for run in RUNS}

    assert {check.run for check in CHECKS} <= runs
    assert len({(check.gate, check.name) for check in CHECKS}) == len(CHECKS)


def test_every_output_has_a_public_format() -> None:
    outputs = [output for run in RUNS if isinstance(run, Run) for output in run.outputs]

    assert outputs
    assert {output.format for output in outputs} <= set(FORMATS.values())


def test_a_wheel_with_files_is_built() -> None:
    report = Report(measures={"builds": 1, "artifact.files": 2, "artifact.size": 9})

    assert _select("compilation", "build")(report) == report


@pytest.mark.parametrize(
    ("measures", "sentence"),
    [({"builds": 1}, "the wheel is missing"), ({"artifact.files": 0}, "the wheel holds no file")],
)
def test_a_build_without_a_wheel_is_nothing(measures: dict[str, float], sentence: str) -> None:
    with pytest.raises(NothingMeasured, match=sentence):
        _select("compilation", "build")(Report(measures=measures))


def test_a_failed_build_has_no_wheel() -> None:
    report = Report((Finding("errors", "build-failed", "no"),), {"builds": 1})

    assert "artifact.size" in _select("compilation", "build")(report).unavailable


def test_tests_without_coverage_measure_nothing() -> None:
    with pytest.raises(NothingMeasured, match="no statement"):
        _select("unit-tests", "pytest")(Report(tests=(PASSED,)))


def test_tests_that_covered_no_statement_measure_nothing() -> None:
    with pytest.raises(NothingMeasured, match="no statement"):
        _select("unit-tests", "pytest")(
            Report(measures={"coverage.statements": 0}, tests=(PASSED,))
        )


def test_failed_tests_may_have_no_coverage() -> None:
    selected = _select("unit-tests", "pytest")(Report(tests=(PASSED, FAILED)))

    assert set(selected.unavailable) == {
        "coverage.line",
        "coverage.branch",
        "coverage.function",
        "coverage.total",
    }


def test_skipped_tests_are_left_to_the_proof_of_work() -> None:
    report = Report(tests=(SKIPPED,))

    assert _select("unit-tests", "pytest")(report) == report


def test_isorts_two_streams_make_one_number() -> None:
    findings = tuple(Finding("files.unformatted", "r", "m", path=path) for path in ("a", "b", "b"))
    selected = _select("quality", "isort")(Report(findings, {"files.sorted": 3}))

    assert selected.measures["files.checked"] == 5


def test_licensecheck_must_see_every_dependency_that_ships() -> None:
    components = (
        Component("a", "1", "PyPI", direct=True),
        Component("b", "1", "PyPI", direct=True),
        Component("deep", "1", "PyPI"),
        Component("pytest", "1", "PyPI", direct=True, ships=False),
    )
    select = _select("licenses", "licensecheck")

    assert select(Report(components=components, measures={"packages.examined": 2})).components == ()
    with pytest.raises(NothingMeasured, match=r"declares 2 \(a, b\)"):
        select(Report(components=components, measures={"packages.examined": 1}))


def test_no_dependency_at_all_is_a_measurement() -> None:
    report = Report(measures={"packages.examined": 0, "distributions": 1})

    assert _select("licenses", "licensecheck")(report) == report


def test_pip_audit_must_audit_what_is_installed() -> None:
    select = _select("security", "pip-audit")

    with pytest.raises(NothingMeasured, match="none of 3"):
        select(Report(measures={"components.audited": 0, "distributions": 3}))
    assert select(Report(measures={"components.audited": 2, "distributions": 3})).components == ()
    assert select(Report(measures={"components.audited": 0, "distributions": 1})).findings == ()


def _applies(name: str, facts: Mapping[str, FactValue], **settings: Any) -> bool:
    (check,) = (one for one in CHECKS if one.name == name)
    return check.applies(
        Project("pyproject.toml", "python", "demo", facts), ProjectSettings(**settings)
    )


@pytest.mark.parametrize("name", ["compileall", "radon", "bandit"])
def test_code_is_checked_where_there_is_some(name: str) -> None:
    assert _applies(name, {"sources": ("demo",)})
    assert _applies(name, {"py_files": ("a.py",)})
    assert not _applies(name, {"sources": (), "py_files": ()})


@pytest.mark.parametrize(
    ("name", "fact", "tool", "other"),
    [
        ("mypy", "type_checker", "mypy", "pyright"),
        ("pyright", "type_checker", "pyright", "mypy"),
        ("ruff", "linter", "ruff", "flake8"),
        ("flake8", "linter", "flake8", "ruff"),
        ("ruff-format", "formatter", "ruff", "black"),
        ("black", "formatter", "black", "ruff"),
    ],
)
def test_the_projects_configuration_chooses_the_tool(
    name: str, fact: str, tool: str, other: str
) -> None:
    assert _applies(name, {fact: tool})
    assert not _applies(name, {fact: other})


@pytest.mark.parametrize(("name", "fact"), [("build", "has_backend"), ("isort", "isort")])
def test_what_the_project_does_not_use_is_not_checked(name: str, fact: str) -> None:
    assert _applies(name, {fact: True})
    assert not _applies(name, {fact: False})


def test_the_api_is_compared_where_packages_ship() -> None:
    assert _applies("griffe", {"packages": ("demo",)})
    assert not _applies("griffe", {"packages": ()})


def test_given_advisories_stand_in_place_of_the_tools_own_feed(tmp_path: Path) -> None:
    given = AdvisorySource(database=tmp_path)
    assert _applies("advisories", {}, advisories=given)
    assert not _applies("pip-audit", {}, advisories=given)
    assert _applies("pip-audit", {})
    assert not _applies("advisories", {})
