"""What manifests take from the tree beside them: a change there touches the project too."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.go import project as go
from pytest_forge.toolchains.python import project as python
from pytest_forge.toolchains.rust import project as rust

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]
DEMO = '[project]\nname = "demo"\nversion = "1.0"\n'
CRATE = '[package]\nname = "{}"\nversion = "1.0.0"\n'


def paths(found: Project | str) -> tuple[str, ...]:
    assert isinstance(found, Project), found
    return found.words("path_dependencies")


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ('[tool.uv.sources]\na = { path = "../a", editable = true }\n', ("../a",)),
        ('[tool.uv.sources]\na = [{ path = "../a", marker = "x" }, { index = "y" }]\n', ("../a",)),
        ("[tool.uv.sources]\na = { workspace = true }\n", ()),
        ('[tool.poetry.dependencies]\nb = "^1"\na = { path = "../a" }\n', ("../a",)),
        ('[tool.poetry.group.dev.dependencies]\na = { path = "../a" }\n', ("../a",)),
        ('[tool.poetry.dev-dependencies]\na = { path = "../a" }\n', ("../a",)),
        ('[dependency-groups]\ndev = ["a @ file:///${PROJECT_ROOT}/../a"]\n', ("../a",)),
        ('[project.optional-dependencies]\nx = ["a @ {root:uri}/../a ; x"]\n', ("../a",)),
        ('[project.optional-dependencies]\nx = ["a>=1", "b @ https://x/y"]\n', ()),
    ],
)
def test_of_a_python_project(tree_of: TreeOf, more: str, found: tuple[str, ...]) -> None:
    tree = tree_of({"demo/pyproject.toml": DEMO + more, "demo/demo.py": ""})
    assert paths(python.inspect(tree, "demo/pyproject.toml")) == found


def test_of_files_of_requirements(tree_of: TreeOf) -> None:
    lines = (
        "-e ../a[extra]\n../b ; marker\nfile:../c\n--editable ./d # why\n-r ../more.txt\n.e\nf>1\n"
    )
    files = {"demo/pyproject.toml": DEMO, "demo/requirements-dev.txt": lines}
    tree = tree_of({**files, "demo/deep/requirements.txt": "-e ../../z\n"})
    found = paths(python.inspect(tree, "demo/pyproject.toml"))
    assert found == ("../a", "../b", "../c", "./d")


def test_of_a_uv_workspaces_members(tree_of: TreeOf) -> None:
    workspace = '[tool.uv.workspace]\nmembers = ["packages/*"]\n'
    member = '[project]\nname = "m"\n[tool.uv.sources]\na = { path = "../../../a" }\n'
    tree = tree_of({"w/pyproject.toml": workspace, "w/packages/m/pyproject.toml": member})
    assert paths(python.inspect(tree, "w/pyproject.toml")) == ("packages/m/../../../a",)


def test_of_a_crate_and_of_a_workspace(tree_of: TreeOf) -> None:
    needs = '[dependencies]\na = { path = "../../a" }\nn = { path = "../n" }\n'
    dev = '[dev-dependencies]\nb = { path = "../../b" }\n'
    files = {
        "w/Cargo.toml": '[workspace]\nmembers = ["m", "n"]\n',
        "w/m/Cargo.toml": CRATE.format("m") + needs + dev,
        "w/m/src/lib.rs": "",
        "w/n/Cargo.toml": CRATE.format("n"),
        "w/n/src/lib.rs": "",
        "a/Cargo.toml": CRATE.format("a"),
        "a/src/lib.rs": "",
    }
    assert set(paths(rust.inspect(tree_of(files), "w/Cargo.toml"))) == {"../a", "../b"}


def test_of_a_module_and_of_its_workspace(tree_of: TreeOf) -> None:
    module = "module example.com/{0}\n\nreplace example.com/{1} => ../{1}\n"
    remote = "replace example.com/z => example.com/y v1.0.0\n"
    files = {
        "w/go.work": "go 1.22\n\nuse ./m\n\nreplace example.com/c => ../c\n",
        "w/m/go.mod": module.format("m", "n") + remote,
        "w/m/a.go": "package m\n",
        "n/go.mod": module.format("n", "a"),
        "n/a.go": "package n\n",
    }
    tree = tree_of(files)
    assert paths(go.inspect(tree, "n/go.mod")) == ("../a",)
    assert paths(go.inspect(tree, "w/go.work")) == ("../c", "n")
