"""The traps of twenty surveyed repositories, as far as they concern C#.

The numbers in the names are the survey's; those below `csharp_` are its advice for C# (part 2).
"""

from collections.abc import Mapping

import pytest
from toy_repository import Repository

from pytest_forge.listing import list_tree
from pytest_forge.projects import Project
from pytest_forge.releases.last import last_release
from pytest_forge.repository import Discovery, find_projects
from pytest_forge.settings import Settings
from pytest_forge.toolchains.csharp import TOOLCHAIN

SDK = '<Project Sdk="Microsoft.NET.Sdk">'
LIBRARY = f"{SDK}</Project>\n"
BOM = "\N{BYTE ORDER MARK}"
TEST_SDK = (
    '<ItemGroup><PackageReference Include="Microsoft.NET.Test.Sdk" Version="1" /></ItemGroup>'
)
TESTS = f"{SDK}{TEST_SDK}</Project>\n"


def slnx(*paths: str) -> str:
    entries = "".join(f'<Project Path="{path}" />' for path in paths)
    return f"<Solution>{entries}</Solution>\n"


def sln(*paths: str) -> str:
    lines = [
        f'Project("{{9A19103F}}") = "x", "{path}", "{{AB00B377}}"\r\nEndProject\r\n'
        for path in paths
    ]
    head = "\r\nMicrosoft Visual Studio Solution File, Format Version 12.00\r\n"
    return f'{BOM}{head}Project("{{2150E333}}") = "src", "src", "{{1}}"\r\n{"".join(lines)}'


def discover(repository: Repository, files: Mapping[str, str], *asked: str) -> Discovery:
    repository.write(files)
    return find_projects(list_tree(repository.root), Settings(), (TOOLCHAIN,), asked)


def reasons(found: Discovery) -> dict[str, str]:
    return {one.manifest: one.why for one in found.passed_over}


def only(found: Discovery) -> Project:
    (project,) = found.projects
    return project


def released(repository: Repository, project: Project, *tags: str) -> str:
    """Return the tag that counts as the last release, after one commit for each of `tags`."""
    for number, tag in enumerate(tags):
        repository.write({"number": f"{number} {tag}"}).commit().git("tag", tag)
    repository.write({"number": project.name}).commit()
    found = last_release(repository.root, project)
    return found.name if found else ""


def test_2_a_build_number_is_no_release(repository: Repository) -> None:
    """serilog: `v2234` is the number of a build, and outranks v4.3.1 as a version."""
    files = {
        "Serilog.sln": sln(r"src\Serilog\Serilog.csproj"),
        "src/Serilog/Serilog.csproj": LIBRARY,
        "Directory.Build.props": '<Project><Import Project="$(MSBuildThisFileDirectory)'
        'Directory.Version.props" /></Project>\n',
        "Directory.Version.props": "<Project><PropertyGroup><VersionPrefix>4.3.2</VersionPrefix>"
        "</PropertyGroup></Project>\n",
    }
    project = only(discover(repository, files))

    assert project.text("version") == "4.3.2"
    assert project.words("version_files") == ("Directory.Version.props",)
    assert released(repository, project, "v4.3.1", "v2234", "v721") == "v4.3.1"


def test_5_a_version_is_the_one_that_msbuild_evaluates(repository: Repository) -> None:
    """Newtonsoft.Json: the project says 11.0.1-beta2, its build script knows better."""
    files = {
        "Src/Newtonsoft.Json.slnx": slnx("Newtonsoft.Json/Newtonsoft.Json.csproj"),
        "Src/Newtonsoft.Json/Newtonsoft.Json.csproj": f"{SDK}<PropertyGroup>"
        "<VersionPrefix>11.0.1</VersionPrefix><VersionSuffix>beta2</VersionSuffix>"
        "</PropertyGroup></Project>\n",
        "Build/version.json": '{"Major": 14, "Release": 1, "Prerelease": "beta1"}\n',
    }
    project = only(discover(repository, files))

    assert project.text("version") == "11.0.1-beta2"
    assert released(repository, project, "13.0.4") == "13.0.4"


def test_5_a_version_from_git_height_is_none_that_is_stated(repository: Repository) -> None:
    """Dapper: Nerdbank.GitVersioning counts commits onto version.json; MSBuild says 1.0.0."""
    files = {
        "Dapper.slnx": slnx("Dapper/Dapper.csproj"),
        "Dapper/Dapper.csproj": LIBRARY,
        "Directory.Build.props": '<Project><ItemGroup><PackageReference Include="'
        'Nerdbank.GitVersioning" PrivateAssets="all" /></ItemGroup></Project>\n',
        "version.json": '{"version": "2.1"}\n',
    }
    project = only(discover(repository, files))

    assert (project.text("version"), project.flag("version_from_vcs")) == ("", True)


def test_13_benchmarks_that_are_facts_do_not_run(repository: Repository) -> None:
    """serilog: `dotnet test` on the solution runs its benchmarks as tests."""
    both = TESTS.replace(
        "</ItemGroup>", '<PackageReference Include="BenchmarkDotNet" Version="1" /></ItemGroup>'
    )
    files = {
        "Serilog.sln": sln(
            r"src\Serilog\Serilog.csproj",
            r"test\Serilog.PerformanceTests\Serilog.PerformanceTests.csproj",
            r"test\Serilog.Tests\Serilog.Tests.csproj",
        ),
        "src/Serilog/Serilog.csproj": LIBRARY,
        "test/Serilog.PerformanceTests/Serilog.PerformanceTests.csproj": both,
        "test/Serilog.Tests/Serilog.Tests.csproj": TESTS,
    }
    project = only(discover(repository, files))

    tests, benchmarks = project.words("unit_projects"), project.words("benchmark_projects")
    assert tests == ("test/Serilog.Tests/Serilog.Tests.csproj",)
    assert benchmarks == ("test/Serilog.PerformanceTests/Serilog.PerformanceTests.csproj",)


def test_13_tests_that_only_refer_to_benchmarks_do(repository: Repository) -> None:
    """Newtonsoft.Json.Tests refers to BenchmarkDotNet, and holds thousands of tests."""
    both = TESTS.replace(
        "</ItemGroup>", '<PackageReference Include="BenchmarkDotNet" Version="1" /></ItemGroup>'
    )
    files = {"Kit.slnx": slnx("Kit.Tests/Kit.Tests.csproj"), "Kit.Tests/Kit.Tests.csproj": both}

    found = only(discover(repository, files))
    assert found.words("unit_projects") == ("Kit.Tests/Kit.Tests.csproj",)


def test_14_files_that_two_projects_compile_count_once(repository: Repository) -> None:
    """Dapper.StrongName compiles the files of Dapper."""
    files = {
        "Dapper.slnx": slnx("Dapper.StrongName/Dapper.StrongName.csproj", "Dapper/Dapper.csproj"),
        "Dapper/Dapper.csproj": LIBRARY,
        "Dapper/SqlMapper.cs": "class SqlMapper;\n",
        "Dapper.StrongName/Dapper.StrongName.csproj": f'{SDK}<ItemGroup><Compile Include="'
        r'..\Dapper\**\*.cs" Exclude="..\Dapper\obj\**\*.cs" /></ItemGroup></Project>',
    }
    project = only(discover(repository, files))

    assert project.words("sources") == ("Dapper/SqlMapper.cs",)
    assert project.words("packages") == ("Dapper.StrongName", "Dapper")


@pytest.mark.parametrize("name", ["Kit.slnx", "Kit.sln"])
def test_17_a_byte_order_mark_is_no_matter(repository: Repository, name: str) -> None:
    """Four of Newtonsoft.Json's projects begin with one; so does every .sln."""
    made = sln(r"src\Kit.csproj") if name.endswith(".sln") else BOM + slnx("src/Kit.csproj")
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    project = only(discover(repository, {name: made, "src/Kit.csproj": BOM + head + LIBRARY}))

    assert project.members == ("src/Kit.csproj",)


def test_a_project_that_builds_others_is_none(repository: Repository) -> None:
    """Dapper's Build.csproj builds everything again, and no solution owns it."""
    traversal = '<Project Sdk="Microsoft.Build.Traversal/2.0.24"></Project>\n'
    found = discover(repository, {"build/Build.csproj": traversal})

    assert not found.projects
    assert "builds other projects" in reasons(found)["build/Build.csproj"]


def test_a_traversal_beside_a_solution_is_passed_over(repository: Repository) -> None:
    files = {
        "Dapper.slnx": slnx("Dapper/Dapper.csproj"),
        "Dapper/Dapper.csproj": LIBRARY,
        "Build.csproj": '<Project Sdk="Microsoft.Build.Traversal/2.0.24"></Project>\n',
    }
    found = discover(repository, files)

    assert only(found).manifest == "Dapper.slnx"
    assert reasons(found)["Build.csproj"] == "Dapper.slnx stands for its directory"


def test_csharp_a_test_project_may_be_one_by_its_directory(repository: Repository) -> None:
    """Dapper: Microsoft.NET.Test.Sdk stands in tests/Directory.Build.props.

    Its targets say of some frameworks that their tests can't run: that says nothing of the project.
    """
    files = {
        "Dapper.slnx": slnx("tests/Dapper.Tests/Dapper.Tests.csproj"),
        "tests/Dapper.Tests/Dapper.Tests.csproj": LIBRARY,
        "tests/Directory.Build.props": f"<Project>{TEST_SDK}</Project>\n",
        "tests/Directory.Build.targets": '<Project><PropertyGroup><IsTestProject Condition="'
        "'$(OS)' != 'Windows_NT'\">false</IsTestProject></PropertyGroup></Project>\n",
    }
    project = only(discover(repository, files))

    assert project.words("unit_projects") == ("tests/Dapper.Tests/Dapper.Tests.csproj",)
    assert project.exempt == {
        "breaking-changes": "it is released as no package: every project is a test, a sample or "
        "not packable"
    }


def test_csharp_global_json_counts_where_the_solution_stands(repository: Repository) -> None:
    """Newtonsoft.Json keeps it in Src/; another one above would not be asked."""
    files = {
        "global.json": '{"sdk": {"version": "8.0.100"}}\n',
        "Src/global.json": '// pinned\n{"sdk": {"version": "10.0.300"}}\n',
        "Src/Kit.slnx": slnx("Kit/Kit.csproj"),
        "Src/Kit/Kit.csproj": LIBRARY,
    }
    project = only(discover(repository, files))

    assert project.text("sdk") == "10.0.300"
    assert "global.json" in project.words("settings_files")


def test_csharp_what_stands_with_the_tests_does_not_ship(repository: Repository) -> None:
    """serilog's TestDummies, Dapper's docs.csproj: nothing but their place says what they are."""
    files = {
        "Kit.slnx": slnx("src/Kit.csproj", "test/Dummies/Dummies.csproj", "docs/docs.csproj"),
        "src/Kit.csproj": LIBRARY,
        "src/Kit.cs": "class Kit;\n",
        "test/Dummies/Dummies.csproj": LIBRARY,
        "test/Dummies/Dummy.cs": "class Dummy;\n",
        "docs/docs.csproj": LIBRARY,
    }
    project = only(discover(repository, files))

    assert project.words("sources") == ("src/Kit.cs",)
    assert project.words("packages") == ("Kit",)
