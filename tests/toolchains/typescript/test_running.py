"""What the test runners are asked to do."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pytest_forge.errors import NothingMeasured, ToolMissing
from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Argv, Context
from pytest_forge.toolchains.typescript import running

UNIT = {
    "vitest": running.vitest,
    "jest": running.jest,
    "mocha": running.mocha,
    "ava": running.ava,
    "node": running.node_test,
}
INTEGRATION = {
    "vitest": running.vitest_integration,
    "jest": running.jest_integration,
    "mocha": running.mocha_integration,
    "ava": running.ava_integration,
    "node": running.node_integration,
}


def context(root: Path = Path("/kit"), **facts: FactValue) -> Context:
    stated: dict[str, FactValue] = {
        "coverage_patterns": ("src/**",),
        "unit_tests": ("test/a.test.ts",),
        "integration_tests": ("test/e2e/s.test.ts",),
        "test_arguments": ("test/**/*.ts", "--timeout", "30000", "--exit"),
        **facts,
    }
    project = Project("package.json", "typescript", "kit", stated)
    return Context(project, ProjectSettings(), Tree(root, ()), root, root, root, {})


def words(argv: Argv, **facts: FactValue) -> str:
    command = argv(context(Path("/kit"), **facts)) if callable(argv) else argv
    return " ".join(command)


@pytest.mark.parametrize("runner", UNIT)
def test_units_are_covered_by_what_ships(runner: str) -> None:
    asked = words(UNIT[runner])
    assert "{scratch}/coverage" in asked
    assert "src/**" in asked


@pytest.mark.parametrize(
    ("runner", "left_out"),
    [
        ("vitest", "--exclude=test/e2e/s.test.ts"),
        ("mocha", "--ignore=test/e2e/s.test.ts"),
    ],
)
def test_units_are_without_the_tests_of_integration(runner: str, left_out: str) -> None:
    assert left_out in words(UNIT[runner])


def test_nodes_own_runner_is_given_the_units() -> None:
    asked = words(running.node_test)
    assert asked.endswith("--timeout 30000 --exit test/a.test.ts")
    assert "e2e" not in asked
    # What the script names as files would come on top of these.
    assert "test/**" not in asked


def test_nodes_own_runner_is_given_what_the_script_names_where_nothing_else_is_known() -> None:
    stated = ("--import", "tsx", "spec/")
    asked = words(running.node_test, unit_tests=(), integration_tests=(), test_arguments=stated)
    assert asked.endswith("--import tsx spec/")


def test_nodes_own_search_would_take_tests_of_integration_for_units() -> None:
    with pytest.raises(NothingMeasured, match="every test file is one of integration"):
        words(running.node_test, unit_tests=())


def test_a_forgotten_only_is_no_pass() -> None:
    assert "--forbid-only" in words(running.mocha)


@pytest.mark.parametrize("runner", ["vitest", "jest"])
def test_the_projects_thresholds_are_judged_by_forge(runner: str) -> None:
    wanted = {"vitest": "--coverage.thresholds.lines=0", "jest": "--coverageThreshold={}"}
    assert wanted[runner] in words(UNIT[runner])


@pytest.mark.parametrize("commands", [UNIT, INTEGRATION], ids=["units", "integration"])
@pytest.mark.parametrize("runner", ["vitest", "jest", "mocha"])
def test_copies_of_the_project_are_not_run(
    runner: str, commands: Mapping[str, Callable[[Context], tuple[str, ...]]]
) -> None:
    """Of these, which look for tests themselves, ava alone passes over such directories."""
    assert ".forge/" in words(commands[runner]) or "/jest_filter.cjs" in words(commands[runner])


def test_jest_is_told_of_the_tests_of_integration_in_a_file(tmp_path: Path) -> None:
    """Patterns on the command line would stand in the place of the project's own."""
    with running.integration_left_out(context(tmp_path)) as slots:
        assert Path(slots["left_out"]).read_text() == "test/e2e/s.test.ts\n"
    assert "--testPathIgnorePatterns" not in words(running.jest)


@pytest.mark.parametrize("runner", INTEGRATION)
def test_integration_runs_its_own_files_and_no_coverage(runner: str) -> None:
    asked = words(INTEGRATION[runner])
    assert asked.endswith("test/e2e/s.test.ts")
    assert "a.test.ts" not in asked
    assert "{tool:c8}" not in asked


@pytest.mark.parametrize("runner", ["vitest", "jest", "mocha", "ava"])
def test_integration_may_have_a_configuration_of_its_own(runner: str) -> None:
    asked = words(INTEGRATION[runner], integration_config="e2e.config.ts")
    assert asked.endswith("--config e2e.config.ts")


@pytest.mark.parametrize("runner", INTEGRATION)
def test_without_integration_tests_nothing_is_measured(runner: str) -> None:
    with pytest.raises(NothingMeasured, match="no integration test") as caught:
        words(INTEGRATION[runner], integration_tests=())
    assert "exempt.integration-tests" in caught.value.mend


@pytest.mark.parametrize("place", [".", "packages/a"])
def test_vitest_must_have_what_it_covers_with(place: str, tmp_path: Path) -> None:
    directory = tmp_path / place
    directory.mkdir(parents=True, exist_ok=True)
    asked = context(directory)
    with (
        pytest.raises(ToolMissing, match="a package of its own version"),
        running.coverage_provider(asked),
    ):
        pass
    provider = tmp_path / "node_modules/@vitest/coverage-istanbul"
    provider.mkdir(parents=True)
    (provider / "package.json").write_text("{}")
    with running.coverage_provider(asked) as slots:
        assert slots == {}
