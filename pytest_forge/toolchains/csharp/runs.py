"""C#'s runs: each command of the .NET SDK, its exit statuses by class, and what is read.

The exit statuses are those in `tests/recordings/csharp`: 155 wherever no SDK fits global.json; 0 of
`dotnet list` and of package validation whatever they find.
"""

from pytest_forge import advisories, headers
from pytest_forge.formats import (
    cobertura,
    dotnet_format,
    dotnet_format_log,
    dotnet_log,
    dotnet_packages,
    msbuild_project,
    nuget_audit,
    package_validation,
    roslyn,
    trx,
)
from pytest_forge.releases import deprecations
from pytest_forge.releases.comparing import last_release_worktree
from pytest_forge.releases.counterparts import same_project
from pytest_forge.toolchains.csharp import around, commands, compiled, examining, packages, testing
from pytest_forge.toolchains.csharp.deprecations import marks
from pytest_forge.toolchains.csharp.preparation import NO_SDK
from pytest_forge.toolchains.csharp.project import declared_package
from pytest_forge.toolchains.csharp.tools import DOTNET
from pytest_forge.toolchains.declarations import Argv, Computation, Hold, Output, Run, Step
from pytest_forge.toolchains.places import shipped_places

_FAILED = frozenset({1})
_SECONDS = 1800.0
# Building and testing write to the same bin/ and obj/, into which loading a project for formatting
# and listing packages (which restores anew, since .NET 10) may write as well.
_TREE = (Hold("build"),)


def _step(
    argv: Argv,
    stdout: str = "stdout",
    findings: frozenset[int] = frozenset(),
    each: str = "",
    stderr: str = "stderr",
) -> Step:
    return Step(
        argv,
        findings=findings,
        gap=NO_SDK,
        environment=commands.ENVIRONMENT,
        stdout=stdout,
        stderr=stderr,
        each=each,
    )


DOTNET_PROJECTS = Run(
    name="dotnet-projects",
    needs=(DOTNET,),
    steps=(_step(commands.EVALUATE, "project-{number}.json", each="projects"),),
    outputs=(Output("projects", "project-*.json", msbuild_project.parse),),
    prepared=True,
)
DOTNET_BUILD = Run(
    name="dotnet-build",
    needs=(DOTNET,),
    steps=(_step(commands.BUILD, "build.txt", _FAILED),),
    outputs=(
        Output("log", "build.txt", dotnet_log.parse),
        # What was not compiled leaves none: the number of projects tells how many there must be.
        Output("compilations", "sarif/*.sarif", roslyn.parse, required=False),
    ),
    around=(around.build_files,),
    prepared=True,
    holds=_TREE,
    timeout=_SECONDS,
)
COMPILED = Computation("compiled", compiled.measure, inputs=("dotnet-build", "dotnet-projects"))
_LOG, _MARKED_LOG = "test-{number}.txt", "test-marked-{number}.txt"
_TESTS = (
    Output("log", "test-*.txt", dotnet_log.parse_test),
    Output("tests", "tests/*/*.trx", trx.parse),
)
DOTNET_TEST = Run(
    name="dotnet-test",
    needs=(DOTNET,),
    steps=(
        _step((*commands.TEST, *commands.COVER), _LOG, _FAILED, each="plain_projects"),
        _step(
            (*commands.MARKED_TEST, *commands.COVER, *commands.UNIT),
            _MARKED_LOG,
            _FAILED,
            each="filtered_projects",
        ),
    ),
    outputs=(
        *_TESTS,
        # One level only: coverlet's file stands once more below In/.
        Output("coverage", "tests/*/*/coverage.cobertura.xml", cobertura.parse),
    ),
    around=(around.some_unit_test,),
    prepared=True,
    holds=_TREE,
    timeout=_SECONDS,
)
UNIT_TESTS = Computation("unit-tests", testing.measure, inputs=("dotnet-test", "dotnet-projects"))
DOTNET_INTEGRATION_TESTS = Run(
    name="dotnet-integration-tests",
    needs=(DOTNET,),
    steps=(
        _step(commands.TEST, _LOG, _FAILED, each="integration_projects"),
        _step(
            (*commands.MARKED_TEST, *commands.INTEGRATION),
            _MARKED_LOG,
            _FAILED,
            each="filtered_projects",
        ),
    ),
    outputs=_TESTS,
    around=(around.some_integration_test,),
    prepared=True,
    holds=_TREE,
    timeout=_SECONDS,
)
INTEGRATION_TESTS = Computation(
    "integration-tests",
    testing.integration,
    inputs=("dotnet-integration-tests", "dotnet-projects"),
)
DOTNET_FORMAT = Run(
    name="dotnet-format",
    needs=(DOTNET,),
    steps=(_step(commands.FORMAT, "format.txt", frozenset({2}), stderr="format-errors.txt"),),
    outputs=(
        Output("errors", "format-errors.txt", dotnet_format_log.parse_errors, required=False),
        Output("log", "format.txt", dotnet_format_log.parse),
        Output("report", "format/format-report.json", dotnet_format.parse),
    ),
    prepared=True,
    holds=_TREE,
)
FORMATTED = Computation(
    "formatted", examining.formatted, inputs=("dotnet-format", "dotnet-projects")
)
DOTNET_PACKAGES = Run(
    name="dotnet-packages",
    needs=(DOTNET,),
    steps=(_step(commands.LIST),),
    outputs=(Output("packages", "stdout", dotnet_packages.parse),),
    prepared=True,
    holds=_TREE,
)
DOTNET_AUDIT = Run(
    name="dotnet-audit",
    needs=(DOTNET,),
    steps=(
        _step(commands.AUDITED, "audited.txt"),
        # 1: the source does not answer, which is told in the place of the report.
        _step((*commands.LIST, "--vulnerable"), "vulnerable.json", _FAILED),
    ),
    outputs=(
        Output("source", "audited.txt", nuget_audit.parse),
        Output("vulnerable", "vulnerable.json", dotnet_packages.parse_vulnerable),
    ),
    around=(around.audited_project,),
    prepared=True,
    holds=_TREE,
)
ADVISORIES = Computation("advisories", advisories.matcher("NuGet"), inputs=("dotnet-packages",))
LICENSES = Computation("licenses", packages.measure, inputs=("dotnet-packages",))
LICENSE_HEADERS = Computation("license-headers", headers.measure((".cs",), shipped_places))
PACKAGE_VALIDATION = Run(
    name="package-validation",
    needs=(DOTNET,),
    steps=(
        _step(commands.PACK_RELEASE, "base.txt"),
        _step(commands.validate, "head.txt"),
        _step(commands.validate_strictly, "strict.txt"),
    ),
    outputs=(
        Output("log", "head.txt", package_validation.parse_log),
        # Without a change there is neither.
        Output("breaking", "breaking.xml", package_validation.parse, required=False),
        Output("changes", "strict.xml", package_validation.parse_strict, required=False),
    ),
    around=(last_release_worktree, same_project(declared_package), around.copied_twice),
    prepared=True,
    timeout=_SECONDS,
)
DEPRECATIONS = Computation("deprecations", deprecations.measure((".cs",), shipped_places, marks))

RUNS = (
    *(DOTNET_PROJECTS, DOTNET_BUILD, COMPILED, DOTNET_TEST, UNIT_TESTS),
    *(DOTNET_INTEGRATION_TESTS, INTEGRATION_TESTS, DOTNET_FORMAT, FORMATTED),
    *(DOTNET_PACKAGES, DOTNET_AUDIT, ADVISORIES, LICENSES, LICENSE_HEADERS),
    *(PACKAGE_VALIDATION, DEPRECATIONS),
)
"""All runs and computations, in the order of the gates that read them."""
