"""Which projects a change touches, by paths alone."""

from collections.abc import Mapping, Sequence

import pytest

from pytest_forge.changes.touched import touched
from pytest_forge.projects import Project


def project(manifest: str, *needs: str, members: tuple[str, ...] = ()) -> Project:
    facts = {"path_dependencies": needs}
    return Project(manifest, manifest.rpartition("/")[2], manifest, facts, members=members)


APP = project("app/toy.json", "../libs/net")
NET = project("libs/net/toy.json", "../core/inner")
CORE = project("libs/core/toy.json")
DOCS = project("site/toy.json")
ALONE = (APP, CORE, NET, DOCS)


def names(
    paths: Sequence[str],
    projects: Sequence[Project] = ALONE,
    globs: Mapping[str, Sequence[str]] | None = None,
) -> list[str]:
    """Return the names of the touched projects, shortened to their directories."""
    found = touched(paths, projects, lambda one: (globs or {}).get(one.manifest, ()))
    return [one.directory for one in found]


@pytest.mark.parametrize(
    ("path", "touches"),
    [
        ("site/index.md", ["site"]),
        ("site/toy.json", ["site"]),
        ("app/src/deep/x.c", ["app"]),
        ("libs/net/x.c", ["app", "libs/net"]),
        ("libs/core/x.c", ["app", "libs/core", "libs/net"]),
        ("docs/index.rst", []),
        ("proto/x.proto", []),
        ("README.md", []),
        ("libs/NOTES.adoc", []),
        (".github/workflows/ci.yml", []),
        (".forge/baseline/x.json", []),
        ("lint.toml", ["app", "libs/core", "libs/net", "site"]),
        (".cargo/config.toml", ["app", "libs/core", "libs/net", "site"]),
        ("libs/lint.toml", ["app", "libs/core", "libs/net"]),
        ("libs/.tool/x/lint.toml", ["app", "libs/core", "libs/net"]),
        ("libs/core/.tool/settings", ["app", "libs/core", "libs/net"]),
    ],
)
def test_what_a_changed_path_touches(path: str, touches: list[str]) -> None:
    assert names([path]) == touches


def test_a_file_belongs_to_the_innermost_project_and_to_all_languages_there() -> None:
    root, inner = project("toy.json"), project("sdk/toy.json")
    other = Project("sdk/other.json", "other", "other")
    projects = (root, inner, other)
    assert names(["src/x.c"], projects) == ["."]
    assert names(["sdk/x.c"], projects) == ["sdk", "sdk"]
    assert names(["sdk/other.json"], projects) == ["sdk"]
    assert names(["settings.toml"], projects) == [".", "sdk", "sdk"]
    assert names(["README.md"], projects) == ["."]


def test_a_workspace_is_touched_by_members_wherever_they_are() -> None:
    workspace = project("work/all.json", members=("work/a/toy.json", "elsewhere/b/toy.json"))
    assert names(["elsewhere/b/x.c"], (workspace,)) == ["work"]
    assert names(["elsewhere/c/x.c"], (workspace,)) == []
    root = project("all.json", members=("toy.json", "a/toy.json"))
    inner = project("sdk/toy.json")
    assert names(["sdk/x.c"], (root, inner)) == ["sdk"]
    assert names(["a/x.c"], (root, inner)) == ["."]
    user = project("user/toy.json", "../work/a")
    assert names(["work/z/x.c"], (user, workspace)) == ["user", "work"]


@pytest.mark.parametrize("glob", ["proto/**", "proto/*.proto", "**/*.proto"])
def test_globs_name_what_lies_outside_of_every_project(glob: str) -> None:
    globs = {"site/toy.json": [glob]}
    assert names(["proto/x.proto"], globs=globs) == ["site"]
    assert names(["protos/x.md"], globs=globs) == []


@pytest.mark.parametrize("glob", ["libs/core", "libs/core/**", "libs/*", "libs/core/toy.json"])
def test_globs_name_projects_and_so_what_these_depend_on(glob: str) -> None:
    top = project("top/toy.json", "third")
    globs = {"libs/core/toy.json": ["top"], "site/toy.json": [glob]}
    assert names(["top/x.c"], (*ALONE, top), globs) == [
        *("app", "libs/core", "libs/net", "site", "top"),
    ]


def test_a_circle_of_dependencies_ends() -> None:
    a, b = project("a/toy.json", "../b"), project("b/toy.json", "../a")
    assert names(["a/x"], (a, b)) == ["a", "b"]
    assert names([], (a, b)) == []


def test_what_a_gone_dependency_held_touches_its_dependents() -> None:
    user = project("user/toy.json", "../gone", "../../outside")
    assert names(["gone/x.c"], (user,)) == ["user"]
    assert names(["other/x.c"], (user,)) == []
