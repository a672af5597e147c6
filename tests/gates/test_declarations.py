"""What holds for every gate, and the limits that the documentation promises."""

from importlib import import_module
from importlib.metadata import entry_points

import pytest

from pytest_forge import hooks
from pytest_forge.judging import Gate

ORDER = (
    "compilation",
    "types",
    "unit-tests",
    "integration-tests",
    "quality",
    "security",
    "licenses",
    "breaking-changes",
)


def load(gate_id: str) -> Gate:
    gate = import_module(f"forge_gate_{gate_id.replace('-', '_')}").GATE
    assert isinstance(gate, Gate)
    return gate


def defaults(gate_id: str) -> dict[str, tuple[str, float | None]]:
    return {one.measure: (one.sense, one.value) for one in load(gate_id).limits}


@pytest.mark.parametrize("gate_id", ORDER)
def test_the_entry_point_loads_a_plugin_that_gives_its_gate_through_the_hook(gate_id: str) -> None:
    (entry,) = entry_points(group="pytest_forge.gates", name=gate_id)
    manager = pytest.PytestPluginManager()
    manager.add_hookspecs(hooks)
    manager.register(entry.load(), f"forge-gate-{gate_id}")
    assert manager.hook.pytest_forge_gates() == [load(gate_id)]


@pytest.mark.parametrize("gate_id", ORDER)
def test_a_gate_loads_where_the_hook_does_not_exist(gate_id: str) -> None:
    manager = pytest.PytestPluginManager()
    manager.register(import_module(f"forge_gate_{gate_id.replace('-', '_')}"))
    manager.check_pending()
    assert not hasattr(manager.hook, "pytest_forge_toolchains")


@pytest.mark.parametrize("gate_id", ORDER)
def test_a_gate_package_keeps_pytest_from_rewriting_it(gate_id: str) -> None:
    module = import_module(f"forge_gate_{gate_id.replace('-', '_')}")
    assert "PYTEST_DONT_REWRITE" in (module.__doc__ or "")


def test_there_are_eight_gates_in_their_order() -> None:
    assert [load(gate_id).id for gate_id in ORDER] == list(ORDER)
    assert [load(gate_id).order for gate_id in ORDER] == list(range(1, 9))
    assert {entry.name for entry in entry_points(group="pytest_forge.gates")} == set(ORDER)


def test_only_a_failed_compilation_blocks() -> None:
    assert [gate_id for gate_id in ORDER if load(gate_id).blocks] == ["compilation"]


@pytest.mark.parametrize("gate_id", ORDER)
def test_each_measure_has_one_limit_and_each_count_a_noun(gate_id: str) -> None:
    limits = load(gate_id).limits
    assert len({one.measure for one in limits}) == len(limits)
    assert [one.measure for one in limits if one.value == 0 and not one.noun] == []


def test_compilation_allows_no_error_and_no_warning() -> None:
    assert defaults("compilation") == {
        "errors": ("at most", 0),
        "warnings": ("at most", 0),
        "artifact.size": ("at most", None),
        "artifacts.oversized": ("at most", 0),
        "artifacts.grown": ("at most", 0),
    }


def test_types_demand_whole_coverage_of_typed_projects_alone() -> None:
    assert defaults("types") == {
        "type.errors": ("at most", 0),
        "type.coverage": ("at least", 100),
    }
    coverage = load("types").limits[1]
    assert coverage.only_if == "typed"


def test_unit_tests_have_the_three_coverage_limits() -> None:
    assert defaults("unit-tests") == {
        "tests.failed": ("at most", 0),
        "tests.executed": ("at least", 1),
        "coverage.line": ("at least", 80),
        "coverage.branch": ("at least", 75),
        "coverage.function": ("at least", 85),
        "coverage.total": ("at least", None),
        "coverage.patch": ("at least", 80),
        "coverage.patch.uncovered": ("at most", None),
        "coverage.patch.unmeasured": ("at most", None),
    }
    gives_way = {one.measure for one in load("unit-tests").limits if one.gives_way_to}
    assert gives_way == {"coverage.line", "coverage.branch"}


def test_integration_tests_need_one_test_and_no_failure() -> None:
    assert defaults("integration-tests") == {
        "tests.failed": ("at most", 0),
        "tests.executed": ("at least", 1),
    }


def test_quality_keeps_every_function_below_a_complexity_of_ten() -> None:
    assert defaults("quality") == {
        "files.unformatted": ("at most", 0),
        "lint.findings": ("at most", 0),
        "complexity.max": ("at most", 9),
    }


def test_security_refuses_what_is_critical_high_or_unknown_and_reports_the_rest() -> None:
    assert defaults("security") == {
        "findings.critical": ("at most", 0),
        "findings.high": ("at most", 0),
        "findings.unknown": ("at most", 0),
        "findings.medium": ("at most", None),
        "findings.low": ("at most", None),
        "secrets": ("at most", 0),
        "secrets.committed": ("at most", 0),
        "policy.weakened": ("at most", 0),
    }


def test_secrets_are_no_requirement_of_each_project() -> None:
    assert "secrets" not in load("security").requires


@pytest.mark.parametrize(
    ("gate_id", "requires"),
    [
        ("compilation", {"errors", "warnings"}),
        ("types", {"type.errors", "type.coverage"}),
        (
            "unit-tests",
            {"tests.executed", "coverage.line", "coverage.branch", "coverage.function"},
        ),
        ("integration-tests", {"tests.executed"}),
        ("quality", {"files.unformatted", "lint.findings", "complexity.max"}),
        ("security", {"findings.critical", "findings.high", "findings.unknown"}),
        ("licenses", {"components", "licenses.refused"}),
        ("breaking-changes", {"api.breaking"}),
    ],
)
def test_what_each_gate_requires(gate_id: str, requires: set[str]) -> None:
    assert set(load(gate_id).requires) == requires
