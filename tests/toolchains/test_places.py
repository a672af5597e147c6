"""Paths below forge's root."""

from pathlib import Path

import pytest

from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.places import is_below, join, placed, relative, shipped_places


@pytest.mark.parametrize(
    ("directory", "path", "joined"),
    [
        (".", "a.go", "a.go"),
        (".", ".", "."),
        ("sdk", "a/b.go", "sdk/a/b.go"),
        ("sdk", "./a", "sdk/a"),
        ("sdk/go", "../api", "sdk/api"),
        ("sdk", "..", "."),
        ("sdk", "../../other", "../other"),
    ],
)
def test_paths_are_joined_without_dots(directory: str, path: str, joined: str) -> None:
    assert join(directory, path) == joined


@pytest.mark.parametrize(
    ("path", "directory", "seen"),
    [
        ("sdk/a.go", "sdk", "a.go"),
        ("sdk", "sdk", "."),
        ("a.go", ".", "a.go"),
        ("other/a.go", "sdk/go", "../../other/a.go"),
        ("../other", "sdk", "../../other"),
    ],
)
def test_a_path_is_seen_from_a_directory(path: str, directory: str, seen: str) -> None:
    assert relative(path, directory) == seen


@pytest.mark.parametrize(
    ("path", "directory", "below"),
    [
        ("sdk/a", "sdk", True),
        ("sdk", ".", True),
        ("sdk", "sdk", False),
        (".", ".", False),
        ("sdks/a", "sdk", False),
    ],
)
def test_a_directory_is_not_below_itself(path: str, directory: str, below: bool) -> None:
    assert is_below(path, directory) is below


@pytest.mark.parametrize(
    ("manifest", "place"), [("toy.json", "src/a.ts"), ("sdk/toy.json", "sdk/src/a.ts")]
)
def test_files_of_a_project_are_named_from_forges_root(manifest: str, place: str) -> None:
    root = Path("/repository")
    project = Project(manifest, "toy", "kit", {"sources": ("src/a.ts",)})
    directory = root / project.directory
    context = Context(project, ProjectSettings(), Tree(root, ()), root, directory, root / ".forge")
    assert shipped_places(context) == (place,)
    assert placed(project, ["src/a.ts", "../b.ts"])[0] == place
