"""C#'s checks: which gate each feeds, what it answers for, and its proof of work.

The measures are judged by the gates; no limit stands here.
"""

from collections.abc import Mapping
from types import MappingProxyType

from pytest_forge import advisories, headers
from pytest_forge.projects import Project
from pytest_forge.releases import deprecations
from pytest_forge.releases.comparing import COMPARED, each_released
from pytest_forge.toolchains.csharp.compiled import complexity, findings_of, guarded
from pytest_forge.toolchains.csharp.examining import audited, validated
from pytest_forge.toolchains.csharp.testing import COVERAGE
from pytest_forge.toolchains.declarations import Check

UNAVAILABLE: Mapping[str, str] = MappingProxyType(
    {"type.coverage": "the C# compiler demands a type of everything"}
)
"""What C#'s tools cannot tell."""

_NO_TEST = (
    "there is none, all were skipped, or no adapter finds them (dotnet add <test project> package"
    " xunit.runner.visualstudio, NUnit3TestAdapter or MSTest.TestAdapter)"
)
_NOTHING_COMPILED = "nothing was compiled: see which projects the solution builds"


def _benchmarks(project: Project) -> tuple[str, ...]:
    """Say which test projects don't run, since what they measure is speed."""
    left_out = project.words("benchmark_projects")
    return (f"not run, since they are benchmarks: {', '.join(left_out)}",) if left_out else ()


CHECKS = (
    Check(
        name="dotnet-build",
        gate="compilation",
        run="compiled",
        proof="build.results",
        nothing=_NOTHING_COMPILED,
        counts=("errors", "warnings"),
        select=findings_of("errors", "warnings"),
    ),
    Check(
        name="nullable",
        gate="types",
        run="compiled",
        proof="projects.nullable",
        nothing="no project has its nullable context on; set <Nullable>enable</Nullable>, or exempt"
        " the gate",
        counts=("type.errors",),
        select=findings_of("type.errors"),
    ),
    Check(
        name="dotnet-test",
        gate="unit-tests",
        run="unit-tests",
        proof="tests.executed",
        nothing=f"no unit test ran: 0 tests were executed, {_NO_TEST}",
        supplies=("tests.executed", *COVERAGE),
        remarks=_benchmarks,
    ),
    Check(
        name="dotnet-test",
        gate="integration-tests",
        run="integration-tests",
        proof="tests.executed",
        nothing=f"no integration test ran: {_NO_TEST}",
        supplies=("tests.executed",),
    ),
    Check(
        name="dotnet-format",
        gate="quality",
        run="formatted",
        proof="files.checked",
        nothing="dotnet format looked at no file",
        counts=("files.unformatted", "lint.findings"),
    ),
    Check(
        name="analyzers",
        gate="quality",
        run="compiled",
        proof="compilations",
        nothing=_NOTHING_COMPILED,
        counts=("lint.findings",),
        select=findings_of("lint.findings"),
    ),
    Check(
        name="code-metrics",
        gate="quality",
        run="compiled",
        proof="compilations.measured",
        nothing=_NOTHING_COMPILED,
        supplies=("complexity.max",),
        select=complexity,
    ),
    Check(
        name="security-analyzers",
        gate="security",
        run="compiled",
        proof="compilations.guarded",
        nothing="the .NET analyzers' security rules were on in no compilation; set"
        " EnableNETAnalyzers to true, or exempt the check",
        counts=advisories.SEVERITIES,
        select=guarded,
    ),
    Check(
        name="dotnet-audit",
        gate="security",
        run="dotnet-audit",
        proof="projects.audited",
        nothing="dotnet list names no project",
        counts=advisories.SEVERITIES,
        select=audited,
        applies=lambda project, settings: not advisories.configured(settings),
    ),
    advisories.check("NuGet"),
    Check(
        name="licenses",
        gate="licenses",
        run="licenses",
        proof="projects.listed",
        nothing="dotnet list names no project",
        counts=("licenses.refused",),
        supplies=("components",),
    ),
    headers.check("C#"),
    Check(
        name="package-validation",
        gate="breaking-changes",
        run="package-validation",
        proof=COMPARED,
        nothing="dotnet pack made no package that could be compared; see IsPackable",
        counts=("api.breaking",),
        supplies=("api.additions",),
        select=validated,
        variants=each_released,
    ),
    deprecations.CHECK,
)
"""All checks, in the order of the gates."""
