"""What kind of project each one is, as its files state it: before MSBuild can be asked.

MSBuild tells it after a restore only (before, Serilog.Tests is no test project to it), so the runs
ask it once more, and `evaluated` holds its answer against what was read here.
"""

import posixpath
import re

from pytest_forge.conventions import unproductive_part
from pytest_forge.projects import Tree
from pytest_forge.toolchains.csharp.msbuild import Stated
from pytest_forge.toolchains.reading import decoded

TEST_SDK = "Microsoft.NET.Test.Sdk"
_TEST_PACKAGES = frozenset({TEST_SDK.lower(), "mstest", "tunit", "xunit.v3"})
_TEST_SDKS = ("MSTest.Sdk",)
_WEB_SDK = "Microsoft.NET.Sdk.Web"
_BUILDERS = ("Microsoft.Build.Traversal", "Microsoft.Build.NoTargets")
_VERSIONERS = frozenset({"nerdbank.gitversioning", "minver", "gitversion.msbuild"})
_BENCHMARK_NAME = re.compile(r"bench|perf", re.IGNORECASE)
_INTEGRATION_NAME = re.compile(r"integration\.?tests?$", re.IGNORECASE)
# xUnit: [Trait("Category", "Integration")]; NUnit: [Category("Integration")]; MSTest:
# [TestCategory("Integration")].
_INTEGRATION_TRAIT = re.compile(
    r'Trait\s*\(\s*"Category"\s*,\s*"Integration"|(?:Test)?Category\s*\(\s*"Integration"'
)


def refusal(stated: Stated) -> str:
    """Return why `dotnet build` has nothing to build in a project, "" where it has."""
    if stated.sdk.startswith(_BUILDERS):
        return f"it builds other projects and nothing of its own ({stated.sdk})"
    if not stated.sdk:
        return "it names no SDK: a project of the old form, which `dotnet` can't build"
    return ""


def is_test(stated: Stated) -> bool:
    """Tell whether a project holds tests: by what it says, else by the packages it refers to."""
    said = stated.flag("IsTestProject")
    if said is not None:
        return said
    packages = {name.lower() for name in stated.packages}
    return bool(packages & _TEST_PACKAGES) or stated.sdk.startswith(_TEST_SDKS)


def is_benchmark(stated: Stated) -> bool:
    """Tell whether a project measures speed, which its tests (serilog has such) do as well."""
    measures = any(name.lower() == "benchmarkdotnet" for name in stated.packages)
    return measures and _BENCHMARK_NAME.search(stated.name) is not None


def is_integration(stated: Stated) -> bool:
    """Tell whether a test project holds integration tests alone, by its name."""
    return _INTEGRATION_NAME.search(stated.name) is not None


def has_integration_traits(tree: Tree, stated: Stated) -> bool:
    """Tell whether some test of a project is marked as an integration test."""
    sources = (path for path in tree.below(stated.directory) if path.endswith(".cs"))
    return any(_INTEGRATION_TRAIT.search(decoded(tree.read(path))) for path in sources)


def is_product(stated: Stated, directory: str) -> bool:
    """Tell whether a project ships: it is no test or benchmark, and stands where products do.

    Where the solution itself stands, in `directory`, says nothing of its projects.
    """
    inside = posixpath.relpath(stated.path, directory or ".").replace("../", "")
    aside = is_test(stated) or is_benchmark(stated)
    return not aside and unproductive_part(inside) is None


def is_packed(stated: Stated, directory: str) -> bool:
    """Tell whether a project is released as a package of its own.

    `IsPackable` is true where nothing is said, but for web applications: their SDK says false.
    """
    said = stated.flag("IsPackable")
    packed = not stated.sdk.startswith(_WEB_SDK) if said is None else said
    return packed and is_product(stated, directory)


def has_api(stated: Stated) -> bool:
    """Tell whether others can use what a project builds: it is no program."""
    return stated.text("OutputType").lower() not in ("exe", "winexe")


def takes_version_from_git(stated: Stated) -> bool:
    """Tell whether a package is there that makes the version of git's tags or commits."""
    return any(name.lower() in _VERSIONERS for name in stated.packages)


def version(stated: Stated) -> tuple[str, str]:
    """Return the stated version and the file that holds it; "" for both where there is none.

    `PackageVersion` stands above `Version`, and this above `VersionPrefix` with `VersionSuffix`,
    as in the SDK's own targets.
    """
    if takes_version_from_git(stated):
        return "", ""
    for name in ("PackageVersion", "Version"):
        if stated.text(name):
            return stated.text(name), stated.origins[name]
    prefix, suffix = stated.text("VersionPrefix"), stated.text("VersionSuffix")
    if not prefix:
        return "", ""
    return f"{prefix}-{suffix}" if suffix else prefix, stated.origins["VersionPrefix"]


def package_id(stated: Stated) -> str:
    """Return the name of the package that a project is released as."""
    return stated.text("PackageId") or stated.text("AssemblyName") or stated.name
