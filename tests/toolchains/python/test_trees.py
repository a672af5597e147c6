"""How commands see the code of a copy of a Python project."""

import os
from pathlib import Path

from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.python import TOOLCHAIN
from pytest_forge.toolchains.rust import TOOLCHAIN as RUST


def context(root: Path, *sources: str) -> Context:
    project = Project("pyproject.toml", "python", "shop", facts={"sources": sources})
    cache = root / "cache"
    return Context(project, ProjectSettings(), Tree(root, ()), root, root, root, cache=cache)


def test_imports_come_from_the_tree_and_bytecode_goes_elsewhere(tmp_path: Path) -> None:
    given = context(tmp_path, "src/shop", "src/till", "tools")
    variables = TOOLCHAIN.tree_variables(given, tmp_path / "base", tmp_path / "build")
    assert variables == {
        "PYTHONPATH": os.pathsep.join((str(tmp_path / "base/src"), str(tmp_path / "base"))),
        "PYTHONPYCACHEPREFIX": str(tmp_path / "build/bytecode"),
    }


def test_cargo_builds_each_tree_in_a_place_of_its_own(tmp_path: Path) -> None:
    given = context(tmp_path)
    head = RUST.tree_variables(given, tmp_path / "copy", tmp_path / "build-head")
    base = RUST.tree_variables(given, tmp_path / "base", tmp_path / "build-base")
    assert head["CARGO_TARGET_DIR"] == str(tmp_path / "cache/measured-build-head")
    assert base["CARGO_TARGET_DIR"] == str(tmp_path / "cache/measured-build-base")
