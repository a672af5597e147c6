"""Which packages a workspace owns: expected values are those that `cargo metadata` names."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Project, Tree
from pytest_forge.repository import find_projects
from pytest_forge.settings import Settings
from pytest_forge.toolchains.rust import TOOLCHAIN
from pytest_forge.toolchains.rust.project import inspect

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]


def crate(name: str, tables: str = "") -> str:
    return f'[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "2021"\n{tables}'


CRATES = {
    "crates/a": crate(
        "a",
        '[dependencies]\nd = { path = "../../other/d" }\n'
        "[target.'cfg(unix)'.dev-dependencies]\nl = { path = \"../../loc/l\" }\n",
    ),
    "crates/exa": crate("exa"),
    "crates/no": crate("no"),
    "other/d": crate("d", '[build-dependencies]\ne = { path = "../e" }\n'),
    "other/e": crate("e"),
    "loc/l": crate("l"),
    "tools/x": crate("x"),
}


def packages(tree_of: TreeOf, workspace: str, crates: Mapping[str, str] = CRATES) -> set[str]:
    files: dict[str, str | bytes] = {"Cargo.toml": f"[workspace]\n{workspace}\n"}
    for directory, manifest in crates.items():
        files[f"{directory}/Cargo.toml"] = manifest
        files[f"{directory}/src/lib.rs"] = ""
    found = inspect(tree_of(files), "Cargo.toml")
    assert isinstance(found, Project), found
    assert len(found.members) == len(found.words("packages"))
    return set(found.words("packages"))


@pytest.mark.parametrize(
    ("workspace", "expected"),
    [
        ('members = ["crates/*", "tools/x/"]\nexclude = ["crates/ex*", "crates/no", "loc"]',
         "a d e exa x"),
        ('members = ["crates/*"]\nexclude = ["crates/no"]', "a d e l exa"),
        ('members = ["crates/a"]\nexclude = ["other/d", "loc/*"]', "a l"),
        ('members = ["crates/a"]\nexclude = ["other/e", "loc/"]', "a d"),
        ('members = ["crates/a", "other/d"]\nexclude = ["other"]', "a d l"),
        ('members = ["crates/a", "crates/no"]\nexclude = ["crates/no"]', "a d e l no"),
        ('members = ["crates/[ae]"]', "a d e l"),
        ('members = ["./crates/a/"]\ndefault-members = ["crates/a"]', "a d e l"),
    ],
)  # fmt: skip
def test_the_members_are_cargos(tree_of: TreeOf, workspace: str, expected: str) -> None:
    assert packages(tree_of, workspace) == set(expected.split())


def test_a_path_of_the_workspaces_dependencies_counts_from_its_root(tree_of: TreeOf) -> None:
    inherits = crate("a", "[dependencies]\nshared = { workspace = true }\n")
    crates = {"crates/a": inherits, "shared": crate("shared")}
    workspace = 'members = ["crates/a"]\n[workspace.dependencies]\nshared = { path = "shared" }'
    assert packages(tree_of, workspace, crates) == {"a", "shared"}


def test_path_dependencies_of_a_package_alone_are_not_its_members(tree_of: TreeOf) -> None:
    tree = tree_of(
        {
            "Cargo.toml": crate("top", '[dependencies]\nnear = { path = "near" }\n'),
            "src/lib.rs": "",
            "near/Cargo.toml": crate("near"),
            "near/src/lib.rs": "",
        }
    )
    found = inspect(tree, "Cargo.toml")
    assert isinstance(found, Project)
    assert (found.members, found.words("packages")) == ((), ("top",))
    assert found.words("dependencies") == ("near",)


def test_a_root_package_is_a_member_and_one_that_is_excluded_stands_alone(tree_of: TreeOf) -> None:
    tree = tree_of(
        {
            "Cargo.toml": crate("top", '[workspace]\nmembers = ["a"]\nexclude = ["apart"]\n'),
            "src/lib.rs": "",
            "a/Cargo.toml": crate("a"),
            "a/src/lib.rs": "",
            "apart/Cargo.toml": crate("apart"),
            "apart/src/lib.rs": "",
            "lost/Cargo.toml": crate("lost"),
            "lost/src/lib.rs": "",
        }
    )
    found = inspect(tree, "Cargo.toml")
    assert isinstance(found, Project)
    assert found.words("packages") == ("top", "a")
    assert found.members == ("a/Cargo.toml",)
    assert isinstance(inspect(tree, "apart/Cargo.toml"), Project)
    assert inspect(tree, "a/Cargo.toml") == "a member of the workspace in Cargo.toml, which owns it"
    assert inspect(tree, "lost/Cargo.toml") == (
        "cargo refuses it: Cargo.toml neither names it as a member nor excludes it"
    )


def test_a_workspace_of_its_own_inside_another_is_its_own_project(tree_of: TreeOf) -> None:
    tree = tree_of(
        {
            "Cargo.toml": crate("top", "[workspace]\n"),
            "src/lib.rs": "",
            "apart/Cargo.toml": crate("apart", "[workspace]\n"),
            "apart/src/lib.rs": "",
        }
    )
    found = inspect(tree, "apart/Cargo.toml")
    assert isinstance(found, Project)
    assert found.name == "apart"


def test_what_declares_nothing_is_none(tree_of: TreeOf) -> None:
    tree = tree_of({"Cargo.toml": "[profile.release]\nlto = true\n", "w/Cargo.toml": "[workspace]"})
    assert inspect(tree, "Cargo.toml") == "it declares neither a package nor a workspace"
    assert inspect(tree, "w/Cargo.toml") == "a workspace without packages"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[package\n", r"^sdk/Cargo\.toml: .*line 1"),
        (b'[package]\nname = "caf\xe9"\n', r"^sdk/Cargo\.toml: not UTF-8 \(at line 2\)"),
        ("[workspace]\nmembers = 3\n", r"^sdk/Cargo\.toml: workspace\.members must be a list"),
        ('[package]\nname = ["x"]\n', r"^sdk/Cargo\.toml: package\.name must be a text"),
        ('package = "x"\n', r"^sdk/Cargo\.toml: package must be a table"),
        (crate("x", "[bin]\n"), r"^sdk/Cargo\.toml: bin must be an array of tables"),
        (crate("x", "dependencies = 1\n"), None),
        ("dependencies = 1\n" + crate("x"), r"^sdk/Cargo\.toml: dependencies must be a table"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_named_with_its_key(
    tree_of: TreeOf, content: str | bytes, message: str | None
) -> None:
    tree = tree_of({"sdk/Cargo.toml": content, "sdk/src/lib.rs": ""})
    if message is None:
        assert isinstance(inspect(tree, "sdk/Cargo.toml"), Project)
        return
    with pytest.raises(ConfigurationError, match=message):
        inspect(tree, "sdk/Cargo.toml")


@pytest.mark.parametrize("glob", ["examples/**", "examples/kit", "**/kit/Cargo.toml"])
def test_a_member_that_the_user_includes_is_a_product(tree_of: TreeOf, glob: str) -> None:
    """By convention a member below examples/ is compiled and tested, but it does not ship."""
    member = '[package]\nname = "{}"\nversion = "0.1.0"\nedition = "2021"\n'
    files = {
        "Cargo.toml": '[workspace]\nmembers = ["core", "examples/*"]\n',
        "core/Cargo.toml": member.format("core"),
        "core/src/lib.rs": "",
        "examples/kit/Cargo.toml": member.format("kit"),
        "examples/kit/src/lib.rs": "",
    }
    tree = tree_of(files)
    (by_convention,) = find_projects(tree, Settings(), (TOOLCHAIN,)).projects
    assert by_convention.words("sources") == ("core/src/lib.rs",)
    assert [one.name for one in by_convention.published] == ["core"]
    (included,) = find_projects(tree, Settings(include=(glob,)), (TOOLCHAIN,)).projects
    assert included.words("sources") == ("core/src/lib.rs", "examples/kit/src/lib.rs")
    assert [one.name for one in included.published] == ["core", "kit"]
