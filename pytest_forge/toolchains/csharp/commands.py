"""The commands of C#'s column, in the environment that all of them have.

Servers that outlive a command (MSBuild's nodes, the compiler's) would hold its output open, so none
is started. A project that the run belongs to is `{each}` or the solution.
"""

from collections.abc import Mapping
from pathlib import Path

from pytest_forge.errors import ToolCrashed
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
