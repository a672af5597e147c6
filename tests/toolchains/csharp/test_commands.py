"""What the commands ask for, and what they leave alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_forge.errors import ToolCrashed
from pytest_forge.toolchains.csharp import commands
from pytest_forge.toolchains.csharp.commands import restore, validate, validate_strictly
from pytest_forge.toolchains.csharp.preparation import PREPARATION
from pytest_forge.toolchains.csharp.runs import (
    DOTNET_BUILD,
    DOTNET_FORMAT,
    DOTNET_TEST,
    PACKAGE_VALIDATION,
)
from pytest_forge.toolchains.declarations import Context, Output, Run

ContextOf = Callable[..., Context]


def output(run: Run, name: str) -> Output:
    return next(one for one in run.outputs if one.name == name)


def released(context: Context, *names: str) -> Context:
    place = context.scratch / "base"
    place.mkdir()
    for name in names:
        (place / name).touch()
    return context


def test_a_build_compiles_everything_anew() -> None:
    """One that has nothing to do says nothing, with exit status 0."""
    assert "--no-incremental" in commands.BUILD


def test_no_style_is_forced_on_a_build() -> None:
    """With IDE0005 switched on, projects without documentation files would warn of that."""
    forced = [word for word in commands.BUILD if "EnforceCodeStyleInBuild" in word]

    assert (forced, "-warnaserror" in commands.BUILD) == ([], False)


def test_what_only_forge_switches_on_ends_no_build() -> None:
    assert "-p:AnalysisModeSecurity=All" in commands.BUILD
    assert "-p:CodeAnalysisTreatWarningsAsErrors=false" in commands.BUILD


def test_no_server_outlives_a_command() -> None:
    steps = [*DOTNET_BUILD.steps, *DOTNET_TEST.steps, *DOTNET_FORMAT.steps]

    assert {one.environment["MSBUILDDISABLENODEREUSE"] for one in steps} == {"1"}
    assert {one.environment["UseSharedCompilation"] for one in steps} == {"false"}


def test_formatting_looks_at_all_files_and_says_so() -> None:
    """An `--include` that matches nothing exits with 0, as does a tree that was not restored."""
    assert "--include" not in commands.FORMAT
    assert commands.FORMAT[-2:] == ("-v", "diag")
    assert DOTNET_FORMAT.prepared


def test_statuses_are_those_that_were_recorded(context_of: ContextOf) -> None:
    (build,), (format_,) = DOTNET_BUILD.steps, DOTNET_FORMAT.steps
    (prepared,) = PREPARATION.steps(context_of())

    assert (set(build.findings), set(format_.findings)) == ({1}, {2})
    assert [set(one.gap) for one in (build, format_, prepared)] == [{155}] * 3


def test_coverage_is_read_one_level_deep(tmp_path: Path) -> None:
    """coverlet's file stands once more below In/, for each test project."""
    for place in ("1/a1b2", "1/a1b2/In/host", "2/c3d4", "marked-1/e5f6"):
        path = tmp_path / "tests" / place / "coverage.cobertura.xml"
        path.parent.mkdir(parents=True)
        path.touch()
    found = tmp_path.glob(output(DOTNET_TEST, "coverage").source)

    assert sorted(path.parent.name for path in found) == ["a1b2", "c3d4", "e5f6"]


def test_what_is_locked_is_restored_by_its_lock(context_of: ContextOf) -> None:
    assert "--locked-mode" in restore(context_of(locked=True))


def test_no_lock_is_written_where_there_is_none(context_of: ContextOf) -> None:
    assert "-p:RestorePackagesWithLockFile=false" in restore(context_of())


@pytest.mark.parametrize("ask", [validate, validate_strictly])
def test_a_package_is_compared_with_the_last_one(
    context_of: ContextOf, ask: Callable[[Context], tuple[str, ...]]
) -> None:
    """Either option without the other checks nothing, with exit status 0."""
    context = released(context_of(), "Kit.1.0.0.nupkg", "Kit.1.0.0.symbols.nupkg")
    argv = ask(context)

    assert "-p:EnablePackageValidation=true" in argv
    assert f"-p:PackageValidationBaselinePath={context.scratch}/base/Kit.1.0.0.nupkg" in argv
    assert "-p:ApiCompatGenerateSuppressionFile=true" in argv


def test_additions_are_asked_for_apart(context_of: ContextOf) -> None:
    context = released(context_of(), "Kit.1.0.0.nupkg")
    strict = "-p:EnableStrictModeForBaselineValidation=true"

    assert strict in validate_strictly(context)
    assert strict not in validate(context)
    files = {
        word
        for ask in (validate, validate_strictly)
        for word in ask(context)
        if word.startswith("-p:ApiCompatSuppressionOutputFile=")
    }
    assert {word.rpartition("/")[2] for word in files} == {
        output(PACKAGE_VALIDATION, name).source for name in ("breaking", "changes")
    }


@pytest.mark.parametrize("made", [(), ("A.1.0.0.nupkg", "B.1.0.0.nupkg")])
def test_a_release_that_makes_no_one_package_is_an_error(
    context_of: ContextOf, made: tuple[str, ...]
) -> None:
    with pytest.raises(ToolCrashed, match=f"made {len(made)} packages, not 1"):
        validate(released(context_of(), *made))
