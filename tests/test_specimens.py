"""The specimen and its defects are what the tests over them take them for."""

import re
import subprocess
from pathlib import Path

import pytest
from specimens.defects import ADVISORIES, CLEAN, RELEASED, Defect, defects, lay, specimen, take_away

from pytest_forge.model import Outcome

GATES = (
    "compilation",
    "types",
    "unit-tests",
    "integration-tests",
    "quality",
    "security",
    "licenses",
    "breaking-changes",
)
each_defect = pytest.mark.parametrize("defect", defects(), ids=lambda defect: defect.id)


def asked(root: Path, *args: str) -> str:
    return subprocess.run(
        ("git", *args), cwd=root, check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.parametrize("gate", GATES)
def test_every_gate_has_two_defects(gate: str) -> None:
    assert len([one for one in defects() if one.gate == gate]) >= 2


def test_every_defect_belongs_to_a_gate() -> None:
    assert {one.gate for one in defects()} == set(GATES)


@each_defect
def test_defect_differs_from_the_clean_specimen(defect: Defect) -> None:
    existing = {path: CLEAN / path for path in defect.files if (CLEAN / path).exists()}
    assert defect.files or defect.deleted
    assert not [path for path, file in existing.items() if file.read_bytes() == defect.files[path]]
    assert not [path for path in defect.deleted if not (CLEAN / path).exists()]


@each_defect
def test_defect_says_what_must_be_found(defect: Defect) -> None:
    checks = {defect.check, *defect.beside}
    assert {check.partition("::")[0] for check in checks} == {defect.gate}
    assert len(checks) == 1 + len(defect.beside)
    assert re.compile(defect.reason).search("") is None, "the pattern fits every reason"
    assert (defect.outcome is Outcome.ERROR) == (defect.error is not None)
    assert set(defect.also) <= set(GATES) - {defect.gate}


def test_manifest_changes_only_by_what_the_defect_is() -> None:
    clean = (CLEAN / "pyproject.toml").read_text().splitlines()
    changed = {
        one.id: [line for line in lines if line not in clean]
        for one in defects()
        if (lines := one.files.get("pyproject.toml", b"").decode().splitlines())
    }
    assert {name: len(lines) for name, lines in changed.items()} == dict.fromkeys(changed, 1)
    assert set(changed) == {one.id for one in defects() if one.needs_own_environment}


def test_specimen_is_the_same_repository_every_time(tmp_path: Path) -> None:
    first, second = specimen(tmp_path / "a"), specimen(tmp_path / "b")
    head = asked(first, "rev-parse", "HEAD")
    assert asked(second, "rev-parse", "HEAD") == head
    assert asked(first, "status", "--porcelain") == ""


def test_release_is_tagged_one_commit_behind(tmp_path: Path) -> None:
    root = specimen(tmp_path)
    assert asked(root, "describe", "--tags").startswith("v1.0.0-1-g")
    assert 'version = "1.0.0"' in asked(root, "show", "v1.0.0:pyproject.toml")
    released = asked(root, "ls-tree", "-r", "--name-only", "v1.0.0").splitlines()
    now = asked(root, "ls-files").splitlines()
    assert set(now) - set(released) == set((RELEASED / "DELETE").read_text().split())


def test_files_of_the_clean_specimen_are_all_there(tmp_path: Path) -> None:
    tracked = asked(CLEAN, "ls-files").splitlines()
    assert asked(specimen(tmp_path), "ls-files").splitlines() == sorted(tracked)


@each_defect
def test_defect_is_laid(defect: Defect, tmp_path: Path) -> None:
    root = specimen(tmp_path)
    lay(defect, root)
    changed = asked(root, "diff", "--name-status", "--no-renames", "HEAD~1").splitlines()
    written = {line.split("\t")[1] for line in changed if line[0] != "D"}
    gone = {line.split("\t")[1] for line in changed if line[0] == "D"}
    assert written == set(defect.files)
    assert all(any(Path(path).is_relative_to(one) for path in gone) for one in defect.deleted)
    assert asked(root, "status", "--porcelain") == ""


def test_defects_follow_each_other_in_one_repository(tmp_path: Path) -> None:
    root = specimen(tmp_path)
    clean = asked(root, "rev-parse", "HEAD")
    for one in defects()[:3]:
        lay(one, root)
        assert asked(root, "rev-parse", "HEAD~1") == clean
    take_away(root)
    assert asked(root, "rev-parse", "HEAD") == clean
    assert asked(root, "status", "--porcelain") == ""


def test_what_git_ignores_stays(tmp_path: Path) -> None:
    root = specimen(tmp_path)
    kept, gone = root / "build" / "kept", root / "gone"
    kept.parent.mkdir()
    kept.touch()
    gone.touch()
    lay(defects()[0], root)
    assert kept.exists()
    assert not gone.exists()


def test_advisories_stand_under_their_ids() -> None:
    found = {path.stem: path.read_text() for path in (ADVISORIES / "PyPI").glob("*.json")}
    assert len(found) == 3
    assert all(f'"id": "{name}"' in text for name, text in found.items())
