"""How a project's packages are installed, and how it is seen that they are."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from pytest_forge.projects import FactValue, Project
from pytest_forge.toolchains.declarations import Surroundings
from pytest_forge.toolchains.typescript.preparation import candidates, command

NOWHERE = Surroundings({}, Path("/none"), Path("/none"), ())


def project(facts: Mapping[str, FactValue]) -> Project:
    return Project("package.json", "typescript", "kit", {"has_dependencies": True, **facts})


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"manager": "npm", "lockfile": "package-lock.json"}, "npm ci"),
        ({"manager": "npm"}, "npm install --no-package-lock"),
        ({"manager": "pnpm", "lockfile": "pnpm-lock.yaml"}, "pnpm install --frozen-lockfile"),
        ({"manager": "pnpm"}, "pnpm install --no-lockfile"),
        ({"manager": "yarn", "lockfile": "yarn.lock"}, "yarn install --frozen-lockfile"),
        ({"manager": "yarn", "yarn_modern": True}, "yarn install --immutable"),
    ],
)
def test_the_lockfile_is_honoured_and_none_is_written(
    facts: dict[str, FactValue], words: str
) -> None:
    assert set(words.split()) <= set(command(project(facts)))


def lay(root: Path, wanted: str, there: str | None) -> None:
    document = {"packages": {"": {}, "node_modules/a": {"version": wanted}}}
    (root / "package-lock.json").write_text(json.dumps(document))
    if there is not None:
        (root / "node_modules").mkdir()
        packages = {"node_modules/a": {"version": there}}
        state = root / "node_modules" / ".package-lock.json"
        state.write_text(json.dumps({"packages": packages}))


NPM = project({"manager": "npm", "lockfile": "package-lock.json"})


def test_what_is_installed_must_be_what_the_lockfile_says(tmp_path: Path) -> None:
    lay(tmp_path, "1.0.0", "1.0.0")
    assert candidates(NPM, tmp_path, NOWHERE) == (str(tmp_path / "node_modules"),)
    lay_again = {"packages": {"": {}, "node_modules/a": {"version": "1.1.0"}}}
    (tmp_path / "package-lock.json").write_text(json.dumps(lay_again))
    assert candidates(NPM, tmp_path, NOWHERE) == ()


def test_nothing_installed_is_not_prepared(tmp_path: Path) -> None:
    lay(tmp_path, "1.0.0", None)
    assert candidates(NPM, tmp_path, NOWHERE) == ()


def test_without_dependencies_nothing_is_missing(tmp_path: Path) -> None:
    alone = Project("package.json", "typescript", "kit", {"has_dependencies": False})
    assert candidates(alone, tmp_path, NOWHERE) == (str(tmp_path / "package.json"),)


def test_another_managers_record_must_be_newer_than_the_lockfile(tmp_path: Path) -> None:
    pnpm = project({"manager": "pnpm", "lockfile": "pnpm-lock.yaml"})
    (tmp_path / "node_modules").mkdir()
    lockfile, record = tmp_path / "pnpm-lock.yaml", tmp_path / "node_modules" / ".modules.yaml"
    for path in (lockfile, record):
        path.touch()
    os.utime(lockfile, (100, 100))
    assert candidates(pnpm, tmp_path, NOWHERE)
    os.utime(record, (50, 50))
    assert not candidates(pnpm, tmp_path, NOWHERE)
