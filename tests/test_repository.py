"""Projects by their manifests: which count, which are passed over and why, whose is a path."""

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

import pytest

from pytest_forge.conventions import unproductive_part
from pytest_forge.projects import Project, Tree
from pytest_forge.repository import Discovery, find_projects, project_at, split_excluded
from pytest_forge.settings import Settings
from pytest_forge.toolchains.declarations import Toolchain


def toolchain(
    language: str,
    *patterns: str,
    refused: Mapping[str, str] | None = None,
    members: Mapping[str, tuple[str, ...]] | None = None,
    unproductive: tuple[str, ...] = (),
) -> Toolchain:
    """Return a toolchain in which every manifest is a project, but for those `refused`."""

    def inspect(tree: Tree, manifest: str) -> Project | str:
        owned = (members or {}).get(manifest, ())
        project = Project(manifest, language, PurePosixPath(manifest).stem, members=owned)
        return (refused or {}).get(manifest, project)

    return Toolchain(language, patterns, inspect, runs=(), checks=(), unproductive=unproductive)


def discover(
    files: Sequence[str],
    *toolchains: Toolchain,
    include: tuple[str, ...] = (),
    exclude: tuple[str, ...] = (),
    asked: tuple[str, ...] = (),
) -> Discovery:
    tree = Tree(Path("nowhere"), tuple(sorted(files)))
    settings = Settings(include=include, exclude=exclude)
    return find_projects(tree, settings, toolchains or (toolchain("toy", "toy.json"),), asked)


def manifests(found: Discovery) -> list[str]:
    return [project.manifest for project in found.projects]


def reasons(found: Discovery) -> dict[str, str]:
    return {one.manifest: one.why for one in found.passed_over}


def test_the_roots_project_comes_first_then_the_others_by_path() -> None:
    found = discover(["b/toy.json", "toy.json", "a/z/toy.json", "a/toy.json", "a/x.py"])
    assert manifests(found) == ["toy.json", "a/toy.json", "a/z/toy.json", "b/toy.json"]
    assert found.passed_over == ()


def test_a_directory_is_one_project_of_a_language() -> None:
    python = toolchain("python", "pyproject.toml", "setup.py")
    rust = toolchain("rust", "Cargo.toml")
    found = discover(["Cargo.toml", "pyproject.toml", "setup.py"], python, rust)
    assert manifests(found) == ["Cargo.toml", "pyproject.toml"]
    assert reasons(found) == {"setup.py": "pyproject.toml stands for its directory"}


def test_the_next_manifest_stands_where_the_first_declares_nothing() -> None:
    python = toolchain("python", "pyproject.toml", "setup.py", refused={"pyproject.toml": "tools"})
    found = discover(["pyproject.toml", "setup.py"], python)
    assert manifests(found) == ["setup.py"]
    assert reasons(found) == {"pyproject.toml": "tools"}


def test_a_manifest_of_two_languages_that_is_a_project_of_one_is_not_passed_over() -> None:
    refusing = toolchain("java", "toy.json", refused={"toy.json": "no Java"})
    found = discover(["toy.json"], refusing, toolchain("kotlin", "toy.json"))
    assert [project.language for project in found.projects] == ["kotlin"]
    assert found.passed_over == ()


@pytest.mark.parametrize("pattern", ["*.csproj", "App.csproj"])
def test_manifests_may_be_named_by_a_pattern(pattern: str) -> None:
    assert manifests(discover(["App.csproj"], toolchain("csharp", pattern))) == ["App.csproj"]


@pytest.mark.parametrize(
    "directory",
    ["tests", "test/x", "sdk/fixtures/one", "Samples", "docs", "benches", ".github", "vendor/a"],
)
def test_directories_that_hold_no_products_are_passed_over(directory: str) -> None:
    found = discover([f"{directory}/toy.json"])
    part = unproductive_part(f"{directory}/toy.json")
    assert manifests(found) == []
    assert reasons(found) == {
        f"{directory}/toy.json": f'below "{part}", which by convention holds no product; '
        "`include` brings it back"
    }


@pytest.mark.parametrize("path", ["contest/toy.json", "latest/toy.json", "src/tests.json"])
def test_a_name_that_only_holds_such_a_word_is_a_product(path: str) -> None:
    assert unproductive_part(path) is None


@pytest.mark.parametrize("glob", ["examples/**", "examples/one", "**/toy.json", "examples/"])
def test_include_brings_a_manifest_back(glob: str) -> None:
    found = discover(["examples/one/toy.json"], include=(glob,))
    assert manifests(found) == ["examples/one/toy.json"]
    assert found.passed_over == ()


@pytest.mark.parametrize("path", ["tests/plugin", "tests/plugin/toy.json", "tests/plugin/"])
def test_an_argument_brings_a_manifest_back(path: str) -> None:
    files = ["toy.json", "tests/plugin/toy.json", "tests/other/toy.json"]
    assert manifests(discover(files, asked=(path,))) == ["toy.json", "tests/plugin/toy.json"]


def test_an_argument_above_it_does_not() -> None:
    files = ["toy.json", "tests/plugin/toy.json"]
    assert manifests(discover(files, asked=("tests",))) == ["toy.json"]


def test_exclude_takes_paths_out_and_names_them() -> None:
    files = ["toy.json", "third_party/a/toy.json", "third_party/b.py", "sdk/toy.json", "sdk/a.py"]
    found = discover(files, exclude=("third_party/**", "sdk/toy.json"))
    assert manifests(found) == ["toy.json"]
    assert found.passed_over == ()
    assert found.excluded == ("sdk/toy.json", "third_party/")


def test_exclude_stands_above_include() -> None:
    found = discover(["examples/toy.json"], include=("examples/**",), exclude=("examples",))
    assert manifests(found) == []


def test_what_is_excluded_is_not_seen_by_any_toolchain() -> None:
    seen: list[tuple[str, ...]] = []

    def inspect(tree: Tree, manifest: str) -> Project | str:
        seen.append(tree.files)
        return "not this one"

    one = Toolchain("toy", ("toy.json",), inspect, runs=(), checks=())
    discover(["toy.json", "a.py", "b.py"], one, exclude=("b.py",))
    assert seen == [("a.py", "toy.json")]


def test_a_tree_of_which_nothing_is_excluded_stays_as_it_is() -> None:
    tree = Tree(Path("nowhere"), ("a.py",))
    assert split_excluded(tree, ("b.py",)) == (tree, ())


def test_a_workspace_owns_its_members() -> None:
    owned = ("lib/toy.json", "examples/one/toy.json")
    chain = toolchain("toy", "toy.json", members={"toy.json": owned})
    found = discover(["toy.json", *owned, "other/toy.json"], chain)
    assert manifests(found) == ["toy.json", "other/toy.json"]
    assert reasons(found) == dict.fromkeys(
        owned, "a member of the workspace in toy.json, which owns it"
    )


def test_a_workspace_below_the_root_is_read_before_its_members() -> None:
    chain = toolchain("toy", "toy.json", members={"z/toy.json": ("a/b/toy.json",)})
    assert manifests(discover(["z/toy.json", "a/b/toy.json"], chain)) == ["z/toy.json"]


PROJECTS = (
    Project("toy.json", "toy", "root"),
    Project("sdks/go/go.mod", "go", "go"),
    Project("sdks/py/setup.py", "python", "py"),
    Project("sdks/py/Cargo.toml", "rust", "py"),
)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        (".", ["toy.json", "sdks/go/go.mod", "sdks/py/setup.py", "sdks/py/Cargo.toml"]),
        ("sdks", ["sdks/go/go.mod", "sdks/py/setup.py", "sdks/py/Cargo.toml"]),
        ("sdks/go/internal/a.go", ["sdks/go/go.mod"]),
        ("sdks/py", ["sdks/py/setup.py", "sdks/py/Cargo.toml"]),
        ("sdks/py/src", ["sdks/py/setup.py", "sdks/py/Cargo.toml"]),
        ("sdks/py/Cargo.toml", ["sdks/py/Cargo.toml"]),
        ("./sdks/go/", ["sdks/go/go.mod"]),
        ("sdks/golang/a.go", ["toy.json"]),
        ("src/a.py", ["toy.json"]),
    ],
)
def test_a_path_means_the_projects_that_it_holds_or_lies_in(path: str, names: list[str]) -> None:
    assert [project.manifest for project in project_at(path, PROJECTS)] == names


def test_a_path_in_no_project_means_none() -> None:
    assert project_at("other/a.py", PROJECTS[1:]) == ()


def test_a_language_may_have_conventions_of_its_own() -> None:
    other = toolchain("other", "other.json")
    own = toolchain("toy", "toy.json", unproductive=("_*", "tools"))
    files = ["_gen/toy.json", "sdk/tools/toy.json", "sdk/toy.json", "tools/other.json"]
    found = discover(files, own, other)
    assert manifests(found) == ["sdk/toy.json", "tools/other.json"]
    assert 'below "tools"' in reasons(found)["sdk/tools/toy.json"]
    assert 'below "_gen"' in reasons(found)["_gen/toy.json"]
    again = discover(files, own, other, include=("sdk/tools",), asked=("_gen",))
    assert set(manifests(again)) == set(files)
