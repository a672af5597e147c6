"""What MSBuild's files state, in the forms that projects use."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Tree
from pytest_forge.toolchains.csharp.msbuild import nearest, read_json, read_project

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

SDK = '<Project Sdk="Microsoft.NET.Sdk">'


def properties(condition: str = "", **stated: str) -> str:
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in stated.items())
    return f"<PropertyGroup{condition}>{inner}</PropertyGroup>"


def test_props_come_before_and_targets_after_the_project(tree_of: TreeOf) -> None:
    tree = tree_of(
        {
            "Directory.Build.props": f"<Project>{properties(A='props', B='props')}</Project>",
            "src/Kit.csproj": f"{SDK}{properties(B='own', C='own')}</Project>",
            "Directory.Build.targets": f"<Project>{properties(C='targets')}</Project>",
        }
    )
    stated = read_project(tree, "src/Kit.csproj")

    assert [stated.text(name) for name in "ABC"] == ["props", "own", "targets"]
    assert stated.origins["B"] == "src/Kit.csproj"
    assert stated.files == ("Directory.Build.props", "src/Kit.csproj", "Directory.Build.targets")


@pytest.mark.parametrize(
    "import_",
    [
        "../Version.props",
        "$(MSBuildThisFileDirectory)../Version.props",
        r"..\Version.props",
        "$([MSBuild]::GetPathOfFileAbove('Version.props', '$(MSBuildThisFileDirectory)../'))",
        "$([MSBuild]::GetPathOfFileAbove(Version.props))",
    ],
)
def test_imports(tree_of: TreeOf, import_: str) -> None:
    tree = tree_of(
        {
            "Version.props": f"<Project>{properties(Version='2.0.0')}</Project>",
            "src/Kit.csproj": f'{SDK}<Import Project="{import_}" /></Project>',
        }
    )
    assert read_project(tree, "src/Kit.csproj").text("Version") == "2.0.0"


def test_what_is_imported_and_not_there_is_passed_over(tree_of: TreeOf) -> None:
    """Packages bring their files with a restore."""
    tree = tree_of({"Kit.csproj": f'{SDK}<Import Project="obj/Kit.g.props" /></Project>'})

    assert read_project(tree, "Kit.csproj").files == ("Kit.csproj",)


def test_files_that_import_each_other_are_read_once(tree_of: TreeOf) -> None:
    tree = tree_of(
        {
            "a.props": '<Project><Import Project="b.props" /></Project>',
            "b.props": '<Project><Import Project="a.props" /></Project>',
            "Kit.csproj": f'{SDK}<Import Project="a.props" /></Project>',
        }
    )
    assert read_project(tree, "Kit.csproj").files == ("Kit.csproj", "a.props", "b.props")


def test_a_condition_does_not_outdo_what_holds_always(tree_of: TreeOf) -> None:
    under = properties(" Condition=\"'$(OS)' == 'Windows_NT'\"", Version="9.9.9", Only="x")
    tree = tree_of({"Kit.csproj": f"{SDK}{properties(Version='1.0.0')}{under}</Project>"})
    stated = read_project(tree, "Kit.csproj")

    assert (stated.text("Version"), stated.text("Only")) == ("1.0.0", "x")
    assert stated.flag("Only") is None


def test_properties_refer_to_each_other(tree_of: TreeOf) -> None:
    inner = properties(Prefix="Kit", PackageId="$(Prefix).$(MSBuildProjectName)$(Unknown)")
    stated = read_project(tree_of({"Sdk.csproj": f"{SDK}{inner}</Project>"}), "Sdk.csproj")

    assert stated.text("PackageId") == "Kit.Sdk"


@pytest.mark.parametrize(
    ("text", "sdk"),
    [
        ('<Project Sdk="A" />', "A"),
        ('<Project><Sdk Name="B" /></Project>', "B"),
        ('<Project><Import Project="Sdk.props" Sdk="C" /></Project>', "C"),
        ("<Project />", ""),
    ],
)
def test_the_sdk_is_named_in_three_ways(tree_of: TreeOf, text: str, sdk: str) -> None:
    assert read_project(tree_of({"Kit.csproj": text}), "Kit.csproj").sdk == sdk


def test_several_packages_in_one_item(tree_of: TreeOf) -> None:
    inner = '<ItemGroup><PackageReference Include="A; B;" /></ItemGroup>'

    assert read_project(tree_of({"K.csproj": f"{SDK}{inner}</Project>"}), "K.csproj").packages == (
        "A",
        "B",
    )


def test_the_nearest_file_counts_in_either_case(tree_of: TreeOf) -> None:
    tree = tree_of({"NuGet.Config": "", "src/nuget.config": "", "src/a/b/x": ""})

    assert nearest(tree, "src/a/b", "nuget.config") == "src/nuget.config"
    assert nearest(tree, "", "nuget.config") == "NuGet.Config"
    assert nearest(tree, "src", "global.json") == ""


def test_json_may_hold_comments_and_addresses(tree_of: TreeOf) -> None:
    tree = tree_of(
        {
            "plain.json": '{"a": "https://kit.example"}',
            "commented.json": '// pinned\n{"a": 1 /* one */}',
            "list.json": "[]",
        }
    )
    assert read_json(tree, "plain.json") == {"a": "https://kit.example"}
    assert read_json(tree, "commented.json") == {"a": 1}
    with pytest.raises(ConfigurationError, match=r"list\.json: not a JSON object"):
        read_json(tree, "list.json")
