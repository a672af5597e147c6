"""Which checks a project has, and what they say of themselves."""

from pytest_forge.projects import Project
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.csharp.checks import CHECKS
from pytest_forge.toolchains.csharp.tools import DOTNET
from pytest_forge.toolchains.declarations import Check

ONE = Project("Kit.csproj", "csharp", "Kit")


def named(gate: str, name: str) -> Check:
    (found,) = (one for one in CHECKS if (one.gate, one.name) == (gate, name))
    return found


def test_each_released_package_is_compared_by_itself() -> None:
    both = Project("All.slnx", "csharp", "All", published=(ONE, Project("B.csproj", "csharp", "B")))
    variants = named("breaking-changes", "package-validation").variants

    assert variants is not None
    assert variants(both, ProjectSettings()) == ("Kit", "B")
    assert variants(ONE, ProjectSettings()) == ("",)


def test_benchmarks_that_do_not_run_are_remarked() -> None:
    project = Project("All.slnx", "csharp", "All", facts={"benchmark_projects": ("b/B.csproj",)})
    remarks = named("unit-tests", "dotnet-test").remarks

    assert remarks(project) == ("not run, since they are benchmarks: b/B.csproj",)
    assert remarks(ONE) == ()


def test_without_tests_the_reason_names_the_adapters() -> None:
    """Without one the tests are compiled, none is found, and the exit status is 0."""
    for gate in ("unit-tests", "integration-tests"):
        assert "dotnet add" in named(gate, "dotnet-test").nothing
        assert "xunit.runner.visualstudio" in named(gate, "dotnet-test").nothing


def test_an_sdk_that_answers_fits() -> None:
    """`dotnet` itself obeys global.json, which may allow newer ones."""
    assert DOTNET.fits("10.0.401", "10.0.300")
    assert DOTNET.pin == "sdk"
    assert "dotnet-install.sh --jsonfile global.json" in DOTNET.install
