"""Which manifests declare a C# project, and the facts of one."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Project, Tree
from pytest_forge.repository import find_projects
from pytest_forge.settings import Settings
from pytest_forge.toolchains.csharp import TOOLCHAIN
from pytest_forge.toolchains.csharp.project import declared_package, inspect

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

SPECIMEN = Path(__file__).parents[2] / "specimens" / "csharp" / "clean"
SDK = '<Project Sdk="Microsoft.NET.Sdk">'
PLAIN = f"{SDK}</Project>"


def with_properties(**properties: str) -> str:
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in properties.items())
    return f"{SDK}<PropertyGroup>{inner}</PropertyGroup></Project>"


def with_packages(*names: str, more: str = "") -> str:
    inner = "".join(f'<PackageReference Include="{name}" Version="1" />' for name in names)
    return f"{SDK}<ItemGroup>{inner}{more}</ItemGroup></Project>"


def solution(*paths: str) -> str:
    inner = "".join(f'<Project Path="{path}" />' for path in paths)
    return f"<Solution>{inner}</Solution>"


def project(tree: Tree, manifest: str) -> Project:
    found = inspect(tree, manifest)
    assert isinstance(found, Project), found
    return found


def found_in(tree: Tree) -> tuple[list[str], dict[str, str]]:
    found = find_projects(tree, Settings(), (TOOLCHAIN,))
    return (
        [one.manifest for one in found.projects],
        {one.manifest: one.why for one in found.passed_over},
    )


def test_the_specimen() -> None:
    files = sorted(
        path.relative_to(SPECIMEN).as_posix() for path in SPECIMEN.rglob("*") if path.is_file()
    )
    found = project(Tree(SPECIMEN, tuple(files)), "Pager.slnx")

    assert (found.name, found.text("version"), found.exempt) == ("Pager", "1.1.0", {})
    assert found.words("names") == ("Pager", "Pager.UnitTests", "Pager.IntegrationTests")
    assert found.words("plain_projects") == ("tests/Pager.UnitTests/Pager.UnitTests.csproj",)
    assert found.words("integration_projects") == (
        "tests/Pager.IntegrationTests/Pager.IntegrationTests.csproj",
    )
    assert found.words("sources") == ("src/Pager/Page.cs", "src/Pager/PageReader.cs")
    assert [one.name for one in found.published] == ["Pager.Sdk"]
    assert found.published[0].text("package_project") == "src/Pager/Pager.csproj"


def test_a_solution_owns_its_projects(tree_of: TreeOf) -> None:
    manifests, reasons = found_in(
        tree_of({"Kit.slnx": solution("src/Kit/Kit.csproj"), "src/Kit/Kit.csproj": PLAIN})
    )
    assert manifests == ["Kit.slnx"]
    assert "Kit.slnx, which owns it" in reasons["src/Kit/Kit.csproj"]


def test_a_solution_further_down_owns_them_too(tree_of: TreeOf) -> None:
    manifests, reasons = found_in(
        tree_of({"build/deep/All.slnx": solution("../../Kit/Kit.csproj"), "Kit/Kit.csproj": PLAIN})
    )
    assert manifests == ["build/deep/All.slnx"]
    assert reasons["Kit/Kit.csproj"] == (
        "a member of the solution build/deep/All.slnx, which owns it"
    )


def test_a_project_that_no_solution_owns_is_one(tree_of: TreeOf) -> None:
    found = project(tree_of({"src/Kit.csproj": PLAIN, "src/Kit.cs": ""}), "src/Kit.csproj")

    assert (found.name, found.members) == ("Kit", ())
    assert found.words("projects") == ("Kit.csproj",)
    assert found.words("sources") == ("Kit.cs",)


def test_a_solution_inside_another_is_none(tree_of: TreeOf) -> None:
    files = {
        "All.slnx": solution("a/A.csproj", "b/B.csproj"),
        "a/A.slnx": solution("A.csproj"),
        "a/A.csproj": PLAIN,
        "b/B.csproj": PLAIN,
    }
    manifests, reasons = found_in(tree_of(files))

    assert manifests == ["All.slnx"]
    assert reasons["a/A.slnx"] == "All.slnx holds all of its projects"


def test_samples_own_nothing(tree_of: TreeOf) -> None:
    files = {"samples/S.slnx": solution("../src/Kit.csproj"), "src/Kit.csproj": PLAIN}

    assert found_in(tree_of(files))[0] == ["src/Kit.csproj"]


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"Kit.slnx": "<Solution />"}, "it owns no C# project"),
        ({"Kit.slnx": solution("Kit.vcxproj", "Gone.csproj")}, "it owns no C# project"),
        (
            {"Kit.csproj": '<Project ToolsVersion="15.0"></Project>'},
            "it names no SDK: a project of the old form, which `dotnet` can't build",
        ),
    ],
)
def test_what_is_none_says_why(tree_of: TreeOf, files: dict[str, str], why: str) -> None:
    assert inspect(tree_of(files), next(iter(files))) == why


@pytest.mark.parametrize("name", ["Kit.slnx", "Kit.csproj", "global.json"])
def test_what_cannot_be_read_is_named(tree_of: TreeOf, name: str) -> None:
    tree = tree_of({"Kit.slnx": solution("Kit.csproj"), "Kit.csproj": PLAIN, name: "<Solu"})

    with pytest.raises(ConfigurationError, match=name):
        inspect(tree, "Kit.slnx")


@pytest.mark.parametrize(
    ("stated", "version"),
    [
        ({"Version": "1.2.3"}, "1.2.3"),
        ({"VersionPrefix": "1.2.3"}, "1.2.3"),
        ({"VersionPrefix": "1.2.3", "VersionSuffix": "rc.1"}, "1.2.3-rc.1"),
        ({"Version": "1.0.0", "PackageVersion": "2.0.0"}, "2.0.0"),
        ({}, ""),
    ],
)
def test_versions(tree_of: TreeOf, stated: dict[str, str], version: str) -> None:
    found = project(tree_of({"Kit.csproj": with_properties(**stated)}), "Kit.csproj")

    assert found.text("version") == version


def test_versions_that_differ_are_each_packages_own(tree_of: TreeOf) -> None:
    files = {
        "Kit.slnx": solution("a/A.csproj", "b/B.csproj"),
        "a/A.csproj": with_properties(Version="1.0.0"),
        "b/B.csproj": with_properties(Version="2.0.0", PackageId="Kit.B"),
    }
    found = project(tree_of(files), "Kit.slnx")

    assert (found.text("version"), found.words("version_files")) == ("", ())
    assert [(one.name, one.text("version")) for one in found.published] == [
        ("A", "1.0.0"),
        ("Kit.B", "2.0.0"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        with_packages("Microsoft.NET.Test.Sdk"),
        with_packages("MSTest"),
        with_packages("xunit.v3"),
        with_properties(IsTestProject="true"),
        '<Project Sdk="MSTest.Sdk/3.6.0"></Project>',
    ],
)
def test_what_holds_tests(tree_of: TreeOf, content: str) -> None:
    found = project(tree_of({"Kit.csproj": content}), "Kit.csproj")

    assert found.words("unit_projects") == ("Kit.csproj",)
    assert found.words("packages") == ()


@pytest.mark.parametrize(
    "name", ["Kit.IntegrationTests", "Kit.Integration.Tests", "Kit.integrationTest"]
)
def test_integration_tests_by_name(tree_of: TreeOf, name: str) -> None:
    manifest = f"{name}.csproj"
    tests = with_packages("Microsoft.NET.Test.Sdk")
    found = project(tree_of({manifest: tests}), manifest)

    assert found.words("integration_projects") == (manifest,)
    assert found.words("unit_projects") == ()


@pytest.mark.parametrize(
    "mark",
    [
        '[Trait("Category", "Integration")]',
        '[Category("Integration")]',
        '[TestCategory("Integration")]',
    ],
)
def test_integration_tests_by_their_category(tree_of: TreeOf, mark: str) -> None:
    files = {"T.csproj": with_packages("Microsoft.NET.Test.Sdk"), "T.cs": f"{mark} void X();"}
    found = project(tree_of(files), "T.csproj")

    assert found.words("filtered_projects") == ("T.csproj",)
    assert found.words("plain_projects") == ()


def test_what_is_generated_and_what_was_built_is_not_written(tree_of: TreeOf) -> None:
    files = {
        "Kit.csproj": PLAIN,
        "Kit.cs": "class Kit;",
        "Data.Designer.cs": "class Data;",
        "Model.cs": "// <auto-generated/>\nclass Model;",
        "obj/Debug/Kit.AssemblyInfo.cs": "",
    }
    found = project(tree_of(files), "Kit.csproj")

    assert found.words("sources") == ("Kit.cs",)
    assert set(found.words("generated")) == {"Data.Designer.cs", "Model.cs"}
    assert "obj/Debug/Kit.AssemblyInfo.cs" not in found.words("cs_files")


@pytest.mark.parametrize(
    ("content", "hides"),
    [
        ("CA1502: 25\n", True),
        ("# CA1502: 0\nCA1505: 10\n", True),
        ("CA1502: 0\n", False),
        ("CA1506: 50\nCA1502(Method) : 0\n", False),
    ],
)
def test_thresholds_of_its_own_hide_functions(tree_of: TreeOf, content: str, hides: bool) -> None:
    """The compiler takes the first CodeMetricsConfig.txt, which is the project's."""
    files = {"Kit.csproj": PLAIN, "build/CodeMetricsConfig.txt": content}
    found = project(tree_of(files), "Kit.csproj")

    assert found.words("metrics_files") == (("build/CodeMetricsConfig.txt",) if hides else ())


def test_a_file_belongs_to_the_innermost_project(tree_of: TreeOf) -> None:
    files = {
        "Kit.csproj": PLAIN,
        "Kit.cs": "",
        "inner/Inner.csproj": PLAIN,
        "inner/Inner.cs": "",
    }
    assert project(tree_of(files), "Kit.csproj").words("sources") == ("Kit.cs",)


def test_a_program_has_no_api(tree_of: TreeOf) -> None:
    found = project(tree_of({"Kit.csproj": with_properties(OutputType="Exe")}), "Kit.csproj")

    assert "programs alone" in found.exempt["breaking-changes"]


def test_a_program_beside_a_library_is_exempt_alone(tree_of: TreeOf) -> None:
    files = {
        "Kit.slnx": solution("a/A.csproj", "b/B.csproj"),
        "a/A.csproj": PLAIN,
        "b/B.csproj": with_properties(OutputType="Exe"),
    }
    assert project(tree_of(files), "Kit.slnx").exempt == {
        "breaking-changes::package-validation[B]": "it is a program, no library"
    }


@pytest.mark.parametrize(
    ("said", "packages"),
    [("", ()), ("<PropertyGroup><IsPackable>true</IsPackable></PropertyGroup>", ("Site",))],
)
def test_a_web_application_is_a_package_only_where_it_says_so(
    tree_of: TreeOf, said: str, packages: tuple[str, ...]
) -> None:
    site = f'<Project Sdk="Microsoft.NET.Sdk.Web">{said}</Project>'

    assert project(tree_of({"Site.csproj": site}), "Site.csproj").words("packages") == packages


def test_central_packages_and_locks(tree_of: TreeOf) -> None:
    files = {
        "Directory.Packages.props": "<Project />",
        "NuGet.Config": "<configuration />",
        "Kit.csproj": PLAIN,
        "packages.lock.json": "{}",
    }
    found = project(tree_of(files), "Kit.csproj")

    assert (found.flag("central"), found.flag("locked")) == (True, True)
    assert set(found.words("settings_files")) == {*files}


def test_dependencies_and_projects_outside(tree_of: TreeOf) -> None:
    more = '<ProjectReference Include="..\\other\\Other.csproj" />'
    files = {
        "kit/Kit.csproj": with_packages("Newtonsoft.Json", more=more),
        "other/Other.csproj": PLAIN,
    }
    found = project(tree_of(files), "kit/Kit.csproj")

    assert found.words("dependencies") == ("Newtonsoft.Json",)
    assert found.words("path_dependencies") == ("../other",)


def test_the_declared_package(tree_of: TreeOf) -> None:
    tree = tree_of({"Kit.csproj": with_properties(PackageId="Kit.Sdk"), "Kit.slnx": solution()})

    assert declared_package(tree, "Kit.csproj") == "Kit.Sdk"
    assert declared_package(tree, "Kit.slnx") == ""
