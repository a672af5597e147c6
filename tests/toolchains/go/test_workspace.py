"""What go is told of workspaces in a run, and that it writes nothing into the tree."""

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_forge.errors import NotPrepared
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.go.modfile import parse
from pytest_forge.toolchains.go.workspace import elsewhere, own_workspace, workspaces

WORK = """\
go 1.25

// Everything that is released.
use (
	.
	./sdk // the kit
)
replace example.com/x => ./forks/x
replace example.com/y v1.0.0 => example.com/z v1.1.0
godebug default=go1.21
"""


def context(tmp_path: Path, manifest: str = "go.work", **facts: bool) -> Context:
    root, scratch = tmp_path / "root", tmp_path / "scratch"
    root.mkdir()
    scratch.mkdir()
    (root / "go.work").write_text(WORK, encoding="utf-8")
    for directory in (root, root / "sdk"):
        directory.mkdir(exist_ok=True)
        (directory / "go.mod").touch()
    return Context(
        project=Project(manifest, "go", "kit", facts),
        settings=ProjectSettings(),
        tree=Tree(root, ("go.work",)),
        root=root,
        directory=root,
        scratch=scratch,
    )


def test_a_module_is_measured_without_a_workspace(tmp_path: Path) -> None:
    with own_workspace(context(tmp_path, "go.mod")) as slots:
        assert slots == {"gowork": "off"}


def test_a_workspace_is_measured_from_a_copy(tmp_path: Path) -> None:
    given = context(tmp_path)
    (given.root / "go.work.sum").write_bytes(b"example.com/x v1.0.0 h1:abc=\n")
    with own_workspace(given) as slots:
        copy = Path(slots["gowork"])
        assert copy.is_relative_to(given.scratch)
        assert (copy.parent / "go.work.sum").read_bytes() == b"example.com/x v1.0.0 h1:abc=\n"
        found = parse(copy.read_bytes(), "go.work")
    assert found.paths("use") == (str(given.root), str(given.root / "sdk"))
    assert found.replaced == (
        ("example.com/x", str(given.root / "forks/x")),
        ("example.com/y v1.0.0", "example.com/z v1.1.0"),
    )
    assert (found.first("go"), found.first("godebug")) == ("1.25", "default=go1.21")


def test_a_vendored_workspace_is_used_as_it_stands(tmp_path: Path) -> None:
    given = context(tmp_path, vendored=True)
    with own_workspace(given) as slots:
        assert slots == {"gowork": str(given.root / "go.work")}


def test_odd_names_of_directories_are_quoted() -> None:
    text = elsewhere(parse(b'use "./a b"\n', "go.work"), Path('/home/é "x"').joinpath)
    assert parse(text.encode(), "go.work").paths("use") == ('/home/é "x"/a b',)


@pytest.mark.parametrize("path", ["./gone", "../outside"])
@pytest.mark.parametrize("vendored", [True, False])
def test_a_module_that_is_not_there_is_one_clear_line(
    tmp_path: Path, path: str, vendored: bool
) -> None:
    given = context(tmp_path, vendored=vendored)
    (given.root / "go.work").write_text(f"go 1.25\nuse .\nuse {path}\n", encoding="utf-8")
    with pytest.raises(NotPrepared) as caught, own_workspace(given):
        pass
    assert caught.value.reason.startswith(f"go.work uses {path}, but {tmp_path}")
    assert caught.value.reason.endswith("take it out of go.work")


def test_a_release_uses_the_modules_outside_of_the_root_that_stand_there_now(
    tmp_path: Path,
) -> None:
    given = context(tmp_path)
    release, outside = given.root / ".forge/release", tmp_path / "outside"
    for directory in (release, outside):
        directory.mkdir(parents=True)
        (directory / "go.mod").touch()
    for root in (given.root, release):
        (root / "go.work").write_text("go 1.25\nuse (\n.\n../outside\n)\n", encoding="utf-8")
    with workspaces(replace(given, slots={"release": str(release)})) as slots:
        now, before = (
            parse(Path(slots[name]).read_bytes(), "go.work").paths("use")
            for name in ("gowork", "release_gowork")
        )
    assert now == (str(given.root), str(outside))
    assert before == (str(release), str(outside))


@pytest.mark.real
def test_go_builds_from_the_copy_and_writes_nothing_into_the_tree(tmp_path: Path) -> None:
    given = context(tmp_path)
    files = {
        "go.work": "go 1.21\n\nuse (\n\t./a b\n\t./c\n)\n".replace("./a b", '"./a b"'),
        "a b/go.mod": "module example.com/a\n\ngo 1.21\n",
        "a b/a.go": "package a\n\nconst A = 1\n",
        "c/go.mod": "module example.com/c\n\ngo 1.21\n",
        "c/c.go": 'package c\n\nimport "example.com/a"\n\nconst C = a.A\n',
    }
    for name, text in files.items():
        path = given.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    before = sorted(given.root.rglob("*"))
    with own_workspace(given) as slots:
        done = subprocess.run(
            ["go", "build", "./c/..."],
            cwd=given.root,
            env={**os.environ, "GOWORK": slots["gowork"]},
            capture_output=True,
            text=True,
        )
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(given.root.rglob("*")) == before
