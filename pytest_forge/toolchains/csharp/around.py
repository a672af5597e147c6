"""What stands around C#'s commands: files that they take, and what they need to find.

Each is a context manager, as a run's `around` wants them.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from pytest_forge.errors import NothingMeasured
from pytest_forge.execution.snapshot import snapshot
from pytest_forge.toolchains.declarations import Context

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
            "dotnet add <test project> package Microsoft.NET.Test.Sdk, or say why there is none:"
            ' exempt.unit-tests = "..."',
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
