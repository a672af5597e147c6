"""The commands of C#'s column, and the files that stand beside them.

Servers that outlive a command (MSBuild's nodes, the compiler's) would hold its output open, so none
is started. A project that the run belongs to is `{each}` or the solution.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pytest_forge.errors import NothingMeasured, ToolCrashed
from pytest_forge.execution.snapshot import snapshot
from pytest_forge.toolchains.declarations import Context

ENVIRONMENT: Mapping[str, str] = {
    "DOTNET_CLI_TELEMETRY_OPTOUT": "1",
    "DOTNET_CLI_UI_LANGUAGE": "en",
    "DOTNET_NOLOGO": "1",
    "MSBUILDDISABLENODEREUSE": "1",
    "MSBUILDTERMINALLOGGER": "off",
    "UseSharedCompilation": "false",
}

_PROPERTIES = (
    "Version,TargetFramework,TargetFrameworks,IsTestProject,IsPackable,Nullable,AssemblyName,"
    "PackageId"
)
EVALUATE = (
    "{tool}",
    "msbuild",
    "{each}",
    f"-getProperty:{_PROPERTIES}",
    "-getItem:Compile,PackageReference,ProjectReference",
)
"""What MSBuild says of a project, once a restore has brought the files that decide it."""

BUILD = (
    "{tool}",
    "build",
    "{solution}",
    "--no-restore",
    # A build that compiles nothing says nothing, with exit status 0.
    "--no-incremental",
    "-nodeReuse:false",
    "-p:CustomAfterMicrosoftCommonTargets={scratch}/forge.targets",
    "-p:SarifDir={scratch}/sarif",
    "-p:AnalysisModeSecurity=All",
    # What only forge switches on must not end the build of those whose warnings are errors.
    "-p:CodeAnalysisTreatWarningsAsErrors=false",
)
_REPORTED = ("--no-restore", "--logger", "trx;LogFilePrefix=results", "--results-directory")
TEST = ("{tool}", "test", "{each}", *_REPORTED, "{scratch}/tests/{number}")
MARKED_TEST = ("{tool}", "test", "{each}", *_REPORTED, "{scratch}/tests/marked-{number}")
COVER = ("--collect", "XPlat Code Coverage")
UNIT = ("--filter", "Category!=Integration")
INTEGRATION = ("--filter", "Category=Integration")
FORMAT = (
    "{tool}",
    "format",
    "{solution}",
    "--verify-no-changes",
    "--no-restore",
    "--report",
    "{scratch}/format",
    # The only level at which it says what it has looked at.
    "-v",
    "diag",
)
LIST = ("{tool}", "list", "{solution}", "package", "--include-transitive", "--format", "json")
AUDITED = ("{tool}", "restore", "{scratch}/audited/Audited.csproj")

_TARGETS = """\
<Project>
  <!-- One SARIF log for each project and target framework, and CA1502 of every function. -->
  <PropertyGroup Condition="'$(SarifDir)' != ''">
    <ErrorLog>$(SarifDir)/$(MSBuildProjectName).$(TargetFramework).sarif,version=2.1</ErrorLog>
  </PropertyGroup>
  <ItemGroup>
    <EditorConfigFiles Include="$(MSBuildThisFileDirectory)forge.globalconfig" />
    <AdditionalFiles Include="$(MSBuildThisFileDirectory)CodeMetricsConfig.txt" />
  </ItemGroup>
</Project>
"""
# As suggestions they are in the log, and nowhere else: no warning, so none that is an error.
_RULES = """\
is_global = true
dotnet_diagnostic.CA1502.severity = suggestion
dotnet_diagnostic.CA1509.severity = suggestion
"""
# Every function: the limit is the gate's.
_METRICS = "CA1502(Method): 0\n"

# A package with an advisory of severity high, GHSA-5crp-9r3c-p9vr, that is not going away.
_AUDITED = """\
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>netstandard2.0</TargetFramework>
    <NuGetAudit>true</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Newtonsoft.Json" Version="12.0.3" />
  </ItemGroup>
</Project>
"""
# They keep the repository's own files of these names away.
_OWN_FILES = ("Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props")


@contextmanager
def build_files(context: Context) -> Iterator[Mapping[str, str]]:
    """Write what the build imports; the compiler does not make the directory of its log itself."""
    (context.scratch / "sarif").mkdir()
    for name, text in (
        ("forge.targets", _TARGETS),
        ("forge.globalconfig", _RULES),
        ("CodeMetricsConfig.txt", _METRICS),
    ):
        (context.scratch / name).write_text(text, encoding="utf-8")
    yield {}


@contextmanager
def audited_project(context: Context) -> Iterator[Mapping[str, str]]:
    """Write a project that a package source with data on vulnerabilities warns of."""
    place = context.scratch / "audited"
    place.mkdir()
    (place / "Audited.csproj").write_text(_AUDITED, encoding="utf-8")
    for name in _OWN_FILES:
        (place / name).write_text("<Project />\n", encoding="utf-8")
    yield {}


@contextmanager
def some_integration_test(context: Context) -> Iterator[Mapping[str, str]]:
    """Raise `NothingMeasured` where no project holds integration tests."""
    project = context.project
    if not project.words("integration_projects") and not project.words("filtered_projects"):
        raise NothingMeasured(
            "there is no integration test: no project is named *.IntegrationTests, and no test has "
            'the trait Category "Integration"',
            'add one, or say why there is none: exempt.integration-tests = "..."',
        )
    yield {}


@contextmanager
def some_unit_test(context: Context) -> Iterator[Mapping[str, str]]:
    """Raise `NothingMeasured` where no project holds unit tests."""
    if not context.project.words("unit_projects"):
        raise NothingMeasured(
            "there is no unit test: no project refers to Microsoft.NET.Test.Sdk",
            'add one, or say why there is none: exempt.unit-tests = "..."',
        )
    yield {}


@contextmanager
def copied_twice(context: Context) -> Iterator[Mapping[str, str]]:
    """Copy the tree's files twice; yields `normal` and `strict`, the package's project in each.

    Package validation remembers in obj/ that it has succeeded, and checks nothing the next time,
    whatever it would compare with: each comparison gets an obj/ of its own.
    """
    slots = {"release_project": str(Path(context.slots["release"]) / context.released.manifest)}
    with ExitStack() as stack:
        for name in ("normal", "strict"):
            inside = replace(context, scratch=context.scratch / name)
            copy = stack.enter_context(snapshot(inside))["snapshot"]
            slots[name] = str(Path(copy) / context.released.text("package_project"))
        yield slots


PACK_RELEASE = ("{tool}", "pack", "{release_project}", "-o", "{scratch}/base")


def validate(context: Context) -> tuple[str, ...]:
    """Compare with the last release: a file names what breaks, none where nothing does."""
    return ("{tool}", "pack", "{normal}", "-o", "{scratch}/head", *_validation(context, "breaking"))


def validate_strictly(context: Context) -> tuple[str, ...]:
    """Compare once more, so that additions are named as well."""
    strict = "-p:EnableStrictModeForBaselineValidation=true"
    options = _validation(context, "strict")
    return ("{tool}", "pack", "{strict}", "-o", "{scratch}/again", *options, strict)


def _validation(context: Context, name: str) -> tuple[str, ...]:
    return (
        "-p:EnablePackageValidation=true",
        f"-p:PackageValidationBaselinePath={_released_package(context)}",
        "-p:ApiCompatGenerateSuppressionFile=true",
        f"-p:ApiCompatSuppressionOutputFile={{scratch}}/{name}.xml",
    )


def _released_package(context: Context) -> Path:
    """Return the package that the step before has made of the last release."""
    made = sorted((context.scratch / "base").glob("*.nupkg"))
    packages = [path for path in made if not path.name.endswith(".symbols.nupkg")]
    if len(packages) != 1:
        raise ToolCrashed(
            f"packing the last release made {len(packages)} packages, not 1",
            "run `dotnet pack` at its tag by hand",
        )
    return packages[0]


def restore(context: Context) -> tuple[str, ...]:
    """Restore by the lock where there is one; where there is none, none is written."""
    if context.project.flag("locked"):
        return ("{tool}", "restore", "{solution}", "--locked-mode")
    return ("{tool}", "restore", "{solution}", "-p:RestorePackagesWithLockFile=false")


def shipped_places(context: Context) -> tuple[str, ...]:
    """Return the shipped files as paths below forge's root."""
    directory = PurePosixPath(context.project.directory)
    return tuple(str(directory / path) for path in context.project.words("sources"))
