from pathlib import Path

import pytest

from pytest_forge.errors import NothingMeasured
from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context, Hold, Run
from pytest_forge.toolchains.rust import commands, tools
from pytest_forge.toolchains.rust.lockfile import lent_lockfile
from pytest_forge.toolchains.rust.nextest import nextest_configuration
from pytest_forge.toolchains.rust.runs import RUNS


def context(variant: str = "", **facts: FactValue) -> Context:
    place = Path("/shop")
    found = Project("sdk/Cargo.toml", "rust", "shop", facts=facts)
    settings, tree = ProjectSettings(), Tree(place, ())
    return Context(found, settings, tree, place, place / "sdk", place / "scratch", variant=variant)


def test_all_members_are_built_away_from_the_users_own_builds() -> None:
    argv = commands.build(context(locked=True))

    assert argv[:3] == ("{tool:cargo}", "build", "--workspace")
    assert argv[argv.index("--target-dir") + 1].startswith("{cache}/")
    assert "--locked" in argv


@pytest.mark.parametrize(
    "command",
    [
        *(commands.build, commands.check, commands.clippy, commands.doctest, commands.metadata),
        *(commands.unit_tests, commands.unit_tests_by_nextest, commands.tarpaulin, commands.deny),
    ],
)
def test_no_lock_is_demanded_where_there_is_none(command: object) -> None:
    assert callable(command)

    assert "--locked" not in command(context())
    assert "--locked" in command(context(locked=True))


def test_cargo_is_not_asked_for_a_library_that_is_not_there() -> None:
    for command in (commands.unit_tests, commands.tarpaulin, commands.clippy):
        assert "--lib" in command(context(has_lib=True))
        assert "--lib" not in command(context(has_lib=False))


def test_another_target_needs_no_linker_where_there_is_a_library() -> None:
    assert "--bins" not in commands.build_target(context(has_lib=True))
    assert "--bins" in commands.build_target(context(has_lib=False))
    assert "--target={variant}" in commands.build_target(context())


def test_benchmarks_for_a_nightly_compiler_are_not_asked_for() -> None:
    assert "--all-targets" in commands.check(context(has_lib=True))
    assert "--benches" in commands.clippy(context(has_lib=True))
    left_out = context(has_lib=True, left_out_benches=("benches/one.rs",), benches=("two",))
    for command in (commands.check, commands.clippy):
        argv = command(left_out)
        assert {"--lib", "--bins", "--tests", "--bench=two"} <= {*argv}
        assert not {"--all-targets", "--benches"} & {*argv}
    assert "--examples" in commands.check(left_out)


def test_coverage_begins_without_that_of_an_earlier_run() -> None:
    for command in (commands.unit_tests, commands.unit_tests_by_nextest):
        argv = command(context())
        assert argv.index("clean") < argv.index("--no-report")


def test_there_are_no_integration_tests() -> None:
    for command in (commands.integration_tests, commands.integration_tests_by_nextest):
        with pytest.raises(NothingMeasured, match="no integration test"):
            command(context())
        assert "--test=*" in command(context(integration_tests=("till",)))


def test_only_members_are_formatted() -> None:
    argv = commands.rustfmt(context(packages=("a", "b")))

    assert [one for one in argv if one.startswith("--package")] == ["--package=a", "--package=b"]
    assert "--all" not in argv


def test_the_member_that_is_compared() -> None:
    assert "--package=core" in commands.semver_checks(context(variant="core", libraries=("a",)))
    assert "--package=a" in commands.semver_checks(context(libraries=("a",)))


def test_nextest_writes_its_report_away_from_the_tree(tmp_path: Path) -> None:
    place = tmp_path / 'a "quoted" name'
    place.mkdir()
    inside = Context(
        Project("Cargo.toml", "rust", "shop"),
        ProjectSettings(),
        Tree(place, ()),
        place,
        place,
        place,
    )
    with nextest_configuration(inside) as slots:
        written = Path(slots["nextest-config"]).read_text(encoding="utf-8")

    assert r"\"quoted\" name/nextest" in written


def test_whatever_resolves_dependencies_gets_a_lock() -> None:
    without = {run.name for run in RUNS if isinstance(run, Run) and lent_lockfile not in run.around}

    assert without == {"rustfmt", "lizard"}


def test_whatever_builds_holds_its_directory() -> None:
    held = {run.name: run.holds for run in RUNS if isinstance(run, Run) and run.holds}

    assert held["cargo-build"] == held["clippy"] == held["cargo-test"] == (Hold("target"),)
    # Beside the others.
    assert held["cargo-llvm-cov"] == (Hold("coverage-target"),)


def test_whatever_compiles_asks_for_the_compiler_that_the_project_demands() -> None:
    for run in RUNS:
        if isinstance(run, Run) and run.holds:
            assert tools.RUSTC in run.needs
    assert tools.RUSTC.at_least == "rust_version"
