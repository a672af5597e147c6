"""go vet prints what it found, whatever is in go's cache."""

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.go import project
from pytest_forge.toolchains.go.vetting import key_of_its_own

FILES = {
    "go.mod": "module a.example/lock\n\ngo 1.22\n",
    "lock.go": (
        'package lock\n\nimport "sync"\n\ntype held struct{ lock sync.Mutex }\n\n'
        "// Copied copies a lock.\nfunc (h held) Copied() {}\n\n// New returns one.\n"
        "func New() *held { return &held{} }\n"
    ),
    "cmd/use/main.go": (
        'package main\n\nimport "a.example/lock"\n\nfunc main() { lock.New().Copied() }\n'
    ),
}
TEST = 'package lock\n\nimport "testing"\n\nfunc TestNew(t *testing.T) { New().Copied() }\n'
TreeOf = Callable[[Mapping[str, str | bytes]], Tree]


def inspected(tree: Tree) -> Project:
    found = project.inspect(tree, "go.mod")
    assert isinstance(found, Project), found
    return found


def test_key_follows_from_the_roles_of_the_packages(tree_of: TreeOf) -> None:
    plain = key_of_its_own(inspected(tree_of(FILES)))
    assert key_of_its_own(inspected(tree_of(FILES))) == plain
    assert key_of_its_own(inspected(tree_of({**FILES, "lock_test.go": TEST}))) != plain


@pytest.mark.real
def test_what_was_vetted_as_a_dependency_is_vetted_again(tree_of: TreeOf, tmp_path: Path) -> None:
    key = key_of_its_own(inspected(tree_of(FILES)))
    environment = {**os.environ, "GOCACHE": str(tmp_path / "cache"), "GOWORK": "off"}

    def vet(*arguments: str) -> str:
        done = subprocess.run(
            ("go", "vet", "-json", *arguments),
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout + done.stderr

    vet("./cmd/use")
    assert "copylocks" in vet(key, "./...")
