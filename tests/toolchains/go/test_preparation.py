"""Fetching the modules of a project without a trace in its tree, from a proxy in a directory."""

import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from pytest_forge.errors import NotPrepared
from pytest_forge.execution.prepare import prepare, surroundings
from pytest_forge.execution.process import Processes
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.go.preparation import PREPARATION, key, steps
from pytest_forge.toolchains.go.project import inspect

NEEDY = "module example.com/kit\n\ngo 1.21\n\nrequire example.com/dep v1.0.0\n"
CODE = 'package kit\n\nimport "example.com/dep"\n\nconst A = dep.A\n'


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty module cache, filled from a proxy that holds example.com/dep v1.0.0."""
    versions = tmp_path / "proxy/example.com/dep/@v"
    versions.mkdir(parents=True)
    (versions / "list").write_text("v1.0.0\n", encoding="utf-8")
    (versions / "v1.0.0.info").write_text(json.dumps({"Version": "v1.0.0"}), encoding="utf-8")
    (versions / "v1.0.0.mod").write_text("module example.com/dep\n", encoding="utf-8")
    with zipfile.ZipFile(versions / "v1.0.0.zip", "w") as archive:
        archive.writestr("example.com/dep@v1.0.0/go.mod", "module example.com/dep\n")
        archive.writestr("example.com/dep@v1.0.0/dep.go", "package dep\n\nconst A = 1\n")
    made = tmp_path / "modules"
    monkeypatch.setenv("GOMODCACHE", str(made))
    monkeypatch.setenv("GOPROXY", (tmp_path / "proxy").as_uri())
    monkeypatch.setenv("GOSUMDB", "off")
    # Otherwise the cache is read-only, and the temporary directory could not be removed.
    monkeypatch.setenv("GOFLAGS", "-modcacherw")
    return made


def context(root: Path, files: dict[str, str], manifest: str = "go.mod") -> Context:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    tree = Tree(root, tuple(sorted(files)))
    project = inspect(tree, manifest)
    assert isinstance(project, Project), project
    directory = root / project.directory
    return Context(project, ProjectSettings(), tree, root, directory, root / ".forge/environments")


def prepared(given: Context, allowed: bool = True) -> None:
    prepare(PREPARATION, given, surroundings({}), Processes(), allowed)


def state(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".forge" not in path.parts
    }


@pytest.mark.real
@pytest.mark.parametrize("sums", [True, False])
def test_modules_are_fetched_and_the_tree_stays_as_it_was(
    tmp_path: Path, cache: Path, sums: bool
) -> None:
    given = context(tmp_path / "root", {"go.mod": NEEDY, "kit.go": CODE})
    if sums:
        subprocess.run(["go", "mod", "tidy"], cwd=given.root, check=True, capture_output=True)
        subprocess.run(["go", "clean", "-modcache"], cwd=given.root, check=True)
    before = state(given.root)
    assert ("go.sum" in before) is sums
    prepared(given)
    assert (cache / "example.com/dep@v1.0.0/dep.go").is_file()
    assert state(given.root) == before


@pytest.mark.real
def test_a_workspaces_modules_are_fetched_too(tmp_path: Path, cache: Path) -> None:
    files = {"go.work": "go 1.21\nuse ./kit\n", "kit/go.mod": NEEDY, "kit/kit.go": CODE}
    given = context(tmp_path / "root", files, "go.work")
    before = state(given.root)
    prepared(given)
    assert (cache / "example.com/dep@v1.0.0/dep.go").is_file()
    assert state(given.root) == before


@pytest.mark.real
def test_what_is_in_the_cache_needs_no_preparing(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = context(tmp_path / "root", {"go.mod": NEEDY, "kit.go": CODE})
    with pytest.raises(NotPrepared, match="are not installed"):
        prepared(given, allowed=False)
    prepared(given)
    monkeypatch.setenv("GOPROXY", "off")
    again = context(tmp_path / "again", {"go.mod": NEEDY, "kit.go": CODE})
    prepared(again, allowed=False)


@pytest.mark.real
def test_a_module_that_cannot_be_had_is_named(tmp_path: Path, cache: Path) -> None:
    needy = NEEDY.replace("v1.0.0", "v1.7.0")
    given = context(tmp_path / "root", {"go.mod": needy, "kit.go": CODE})
    with pytest.raises(NotPrepared, match=r"example\.com/dep@v1\.7\.0"):
        prepared(given)


@pytest.mark.real
def test_nothing_from_afar_needs_no_preparing_even_where_it_is_refused(
    tmp_path: Path, cache: Path
) -> None:
    alone = context(tmp_path / "alone", {"go.mod": "module a\n", "a.go": "package a\n"})
    prepared(alone, allowed=False)
    files = {"go.mod": NEEDY, "kit.go": CODE, "vendor/modules.txt": "# example.com/dep v1.0.0\n"}
    prepared(context(tmp_path / "vendored", files), allowed=False)


def test_where_nothing_is_needed_no_command_is_run(tmp_path: Path) -> None:
    alone = context(tmp_path / "alone", {"go.mod": "module a\n", "a.go": "package a\n"})
    assert steps(alone) == ()
    files = {"go.mod": NEEDY, "kit.go": CODE, "vendor/modules.txt": ""}
    assert steps(context(tmp_path / "vendored", files)) == ()
    assert len(steps(context(tmp_path / "needy", {"go.mod": NEEDY, "kit.go": CODE}))) == 1


def test_a_change_in_what_names_the_modules_asks_for_them_anew(tmp_path: Path) -> None:
    files = {
        "go.work": "go 1.21\nuse ./kit\n",
        "go.work.sum": "",
        "kit/go.mod": NEEDY,
        "kit/go.sum": "",
        "kit/kit.go": CODE,
        "other/go.mod": "module other\n",
    }
    given = context(tmp_path, files, "go.work")
    named = ("go.work", "go.work.sum", "kit/go.mod", "kit/go.sum")
    assert key(given.project, given.tree) == named
