import pytest

from pytest_forge.errors import NothingMeasured, OutputUnreadable
from pytest_forge.model import Finding, Report, TestCase, TestOutcome
from pytest_forge.projects import FactValue, Project
from pytest_forge.settings import AdvisorySource, ProjectSettings
from pytest_forge.toolchains.declarations import Check
from pytest_forge.toolchains.rust.checks import CHECKS
from pytest_forge.toolchains.rust.runs import RUNS

SETTINGS = ProjectSettings()


def project(*members: str, **facts: FactValue) -> Project:
    published = tuple(Project(f"{name}/Cargo.toml", "rust", name) for name in members)
    return Project("Cargo.toml", "rust", "shop", facts=facts, published=published)


def check(gate: str, name: str) -> Check:
    (found,) = (one for one in CHECKS if (one.gate, one.name) == (gate, name))
    return found


def select(report: Report, gate: str, name: str) -> Report:
    chosen = check(gate, name).select
    assert chosen is not None
    return chosen(report)


def applying(gate: str, **facts: FactValue) -> list[str]:
    return [
        one.name for one in CHECKS if one.gate == gate and one.applies(project(**facts), SETTINGS)
    ]


def test_every_check_reads_a_run_that_is_declared() -> None:
    assert {one.run for one in CHECKS} <= {run.name for run in RUNS}


def test_no_gate_has_two_checks_of_one_name() -> None:
    assert len({(one.gate, one.name) for one in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize(
    ("runner", "tool", "expected"),
    [
        ("cargo", "llvm-cov", "cargo-test"),
        ("nextest", "llvm-cov", "cargo-nextest"),
        ("cargo", "tarpaulin", "cargo-tarpaulin"),
        ("nextest", "tarpaulin", "cargo-tarpaulin"),
    ],
)
def test_one_runner_of_unit_tests(runner: str, tool: str, expected: str) -> None:
    assert applying("unit-tests", test_runner=runner, coverage_tool=tool) == [expected]


def test_documentation_is_tested_where_it_holds_tests() -> None:
    facts: dict[str, FactValue] = {
        "test_runner": "cargo",
        "coverage_tool": "llvm-cov",
        "doc_tests": True,
    }

    assert applying("unit-tests", **facts) == ["cargo-test", "doctest"]


def test_advisories_of_our_own_replace_the_feed() -> None:
    given = ProjectSettings(advisories=AdvisorySource(url="https://osv.example.org"))
    for settings, expected in ((SETTINGS, "cargo-audit"), (given, "advisories")):
        names = [
            one.name
            for one in CHECKS
            if one.gate == "security" and one.applies(project(), settings)
        ]
        assert names == [expected]


def test_targets_of_the_settings_and_the_project_are_built_once_each() -> None:
    variants = check("compilation", "target").variants
    assert variants is not None
    settings = ProjectSettings(targets=("wasm32-unknown-unknown", "a"))

    assert variants(project(targets=("a", "b")), settings) == ("wasm32-unknown-unknown", "a", "b")
    assert variants(project(), SETTINGS) == ()


def test_members_are_compared_one_by_one() -> None:
    variants = check("breaking-changes", "cargo-semver-checks").variants
    assert variants is not None

    assert variants(project("core", "cli"), SETTINGS) == ("core", "cli")
    assert variants(project(), SETTINGS) == ("",)


def test_types_are_what_the_compiler_refuses() -> None:
    found = Report(
        findings=(Finding("errors", "E0308", "x"), Finding("warnings", "dead_code", "y"))
    )

    assert [one.measure for one in select(found, "types", "cargo-check").findings] == [
        "type.errors"
    ]


def test_lints_are_told_from_what_else_the_compiler_says() -> None:
    found = Report(
        findings=(
            Finding("warnings", "clippy::identity_op", "a"),
            Finding("errors", "clippy::never_loop", "b"),
            Finding("warnings", "dead_code", "c"),
            Finding("errors", "E0308", "d"),
            Finding("warnings", "warning", "e"),
            Finding("errors", "error", "f"),
        )
    )

    assert [(one.measure, one.message) for one in select(found, "quality", "clippy").findings] == [
        ("lint.findings", "a"),
        ("lint.findings", "b"),
        ("lint.findings", "c"),
        ("errors", "d"),
        ("errors", "f"),
    ]


def test_coverage_that_is_there() -> None:
    report = Report(measures={"coverage.statements": 3, "coverage.line": 100})

    assert select(report, "unit-tests", "cargo-test") is report


def test_failed_tests_are_the_reason_for_no_coverage() -> None:
    failed = Report(tests=(TestCase("a", TestOutcome.FAILED),))

    assert "coverage.line" in select(failed, "unit-tests", "cargo-test").unavailable


def test_tests_that_cover_no_line_are_no_measurement() -> None:
    passed = Report(tests=(TestCase("a", TestOutcome.PASSED),))

    with pytest.raises(NothingMeasured, match="no line"):
        select(passed, "unit-tests", "cargo-test")


def test_no_test_is_for_the_proof_to_tell() -> None:
    assert select(Report(), "unit-tests", "cargo-test") == Report()


def test_lints_that_are_counted_but_not_told() -> None:
    report = Report(measures={"lints.failed": 2, "lints.told": 1})

    with pytest.raises(OutputUnreadable, match="counts 2 failed lints, but tells 1"):
        select(report, "breaking-changes", "cargo-semver-checks")


def test_lints_that_are_all_told() -> None:
    report = Report(measures={"lints.failed": 2, "lints.told": 2})

    assert select(report, "breaking-changes", "cargo-semver-checks") is report


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ((), ()),
        (("api",), ("coverage counts unit tests alone, not the 1 target of integration tests",)),
        (("a", "b"), ("coverage counts unit tests alone, not the 2 targets of integration tests",)),
    ],
)
def test_whose_coverage_it_is(targets: tuple[str, ...], expected: tuple[str, ...]) -> None:
    project = Project("Cargo.toml", "rust", "demo", facts={"integration_tests": targets})
    covering = [one for one in CHECKS if "coverage.line" in one.supplies]
    assert len(covering) == 3
    assert {one.remarks(project) for one in covering} == {expected}
