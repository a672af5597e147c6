"""The specimens and their defects are what the tests over them take them for."""

import re
import subprocess
from pathlib import Path

import pytest
from specimens.defects import (
    ADVISORIES,
    JAVA_GRADLE,
    PYTHON,
    SPECIMENS,
    Defect,
    Specimen,
    lay,
    repository,
    take_away,
)
from specimens.forged import GATES

from pytest_forge.model import Outcome

DEFECTS = [one for specimen in (*SPECIMENS, JAVA_GRADLE) for one in specimen.defects()]
each_specimen = pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda one: one.language)
each_defect = pytest.mark.parametrize(
    "defect", DEFECTS, ids=lambda one: f"{one.specimen.language}/{one.id}"
)


def asked(root: Path, *args: str) -> str:
    return subprocess.run(
        ("git", *args), cwd=root, check=True, capture_output=True, text=True
    ).stdout


def built(specimen: Specimen, below: Path) -> Path:
    return repository({".": specimen}, below / "parcelkit")


@each_specimen
@pytest.mark.parametrize("gate", sorted(GATES))
def test_every_gate_has_three_defects(gate: str, specimen: Specimen) -> None:
    assert len([one for one in specimen.defects() if one.gate == gate]) >= 3


@each_specimen
def test_every_defect_belongs_to_a_gate(specimen: Specimen) -> None:
    assert {one.gate for one in specimen.defects()} == GATES


def test_every_gate_has_a_defect_where_gradle_builds() -> None:
    assert {one.gate for one in JAVA_GRADLE.defects()} == GATES


@each_defect
def test_defect_differs_from_the_clean_specimen(defect: Defect) -> None:
    clean = defect.specimen.clean
    existing = {path: clean / path for path in defect.files if (clean / path).exists()}
    assert defect.files or defect.deleted
    assert not [path for path, file in existing.items() if file.read_bytes() == defect.files[path]]
    assert not [path for path in defect.deleted if not (clean / path).exists()]


@each_defect
def test_defect_says_what_must_be_found(defect: Defect) -> None:
    checks = {defect.check, *defect.beside}
    assert {check.partition("::")[0] for check in checks} == {defect.gate}
    assert len(checks) == 1 + len(defect.beside)
    assert re.compile(defect.reason).search("") is None, "the pattern fits every reason"
    assert (defect.outcome is Outcome.ERROR) == (defect.error is not None)
    assert set(defect.also) <= set(GATES) - {defect.gate}


@each_specimen
def test_manifest_changes_only_by_what_the_defect_is(specimen: Specimen) -> None:
    clean = (specimen.clean / specimen.manifest).read_text().splitlines()
    changed = {
        one.id: [line for line in lines if line not in clean]
        for one in specimen.defects()
        if (lines := one.files.get(specimen.manifest, b"").decode().splitlines())
    }
    assert {name: len(lines) for name, lines in changed.items()} == dict.fromkeys(changed, 1)
    assert set(changed) == {one.id for one in specimen.defects() if one.changes_the_manifest}


@each_specimen
def test_specimen_is_the_same_repository_every_time(specimen: Specimen, tmp_path: Path) -> None:
    first, second = built(specimen, tmp_path / "a"), built(specimen, tmp_path / "b")
    head = asked(first, "rev-parse", "HEAD")
    assert asked(second, "rev-parse", "HEAD") == head
    assert asked(first, "status", "--porcelain") == ""


@each_specimen
def test_release_is_tagged_one_commit_behind(specimen: Specimen, tmp_path: Path) -> None:
    root = built(specimen, tmp_path)
    assert asked(root, "describe", "--tags").startswith("v1.0.0-1-g")
    changelog = asked(root, "show", "v1.0.0:CHANGELOG.md")
    assert "## [1.0.0]" in changelog
    assert "## [1.1.0]" not in changelog
    released = asked(root, "ls-tree", "-r", "--name-only", "v1.0.0").splitlines()
    now = asked(root, "ls-files").splitlines()
    assert set(now) - set(released) == set((specimen.released / "DELETE").read_text().split())


@pytest.mark.parametrize("specimen", SPECIMENS[:2], ids=lambda one: one.language)
def test_manifest_states_the_version(specimen: Specimen, tmp_path: Path) -> None:
    root = built(specimen, tmp_path)
    assert 'version = "1.0.0"' in asked(root, "show", f"v1.0.0:{specimen.manifest}")
    assert 'version = "1.1.0"' in asked(root, "show", f"HEAD:{specimen.manifest}")


@each_specimen
def test_files_of_the_clean_specimen_are_all_there(specimen: Specimen, tmp_path: Path) -> None:
    tracked = asked(specimen.clean, "ls-files").splitlines()
    assert asked(built(specimen, tmp_path), "ls-files").splitlines() == sorted(tracked)


def test_specimens_stand_beside_each_other(tmp_path: Path) -> None:
    root = repository({one.language: one for one in SPECIMENS}, tmp_path / "all")
    tracked = asked(root, "ls-files").splitlines()
    assert {f"{one.language}/{one.manifest}" for one in SPECIMENS} <= set(tracked)
    lay(PYTHON.defects()[0], root, "python")
    changed = asked(root, "diff", "--name-only", "HEAD~1").splitlines()
    assert changed
    assert all(path.startswith("python/") for path in changed)


@each_defect
def test_defect_is_laid(defect: Defect, tmp_path: Path) -> None:
    root = built(defect.specimen, tmp_path)
    lay(defect, root)
    changed = asked(root, "diff", "--name-status", "--no-renames", "HEAD~1").splitlines()
    written = {line.split("\t")[1] for line in changed if line[0] != "D"}
    gone = {line.split("\t")[1] for line in changed if line[0] == "D"}
    assert written == set(defect.files)
    assert all(any(Path(path).is_relative_to(one) for path in gone) for one in defect.deleted)
    assert asked(root, "status", "--porcelain") == ""


@each_specimen
def test_defects_follow_each_other_in_one_repository(specimen: Specimen, tmp_path: Path) -> None:
    root = built(specimen, tmp_path)
    clean = asked(root, "rev-parse", "HEAD")
    for one in specimen.defects()[:3]:
        lay(one, root)
        assert asked(root, "rev-parse", "HEAD~1") == clean
    take_away(root)
    assert asked(root, "rev-parse", "HEAD") == clean
    assert asked(root, "status", "--porcelain") == ""


def test_what_git_ignores_stays(tmp_path: Path) -> None:
    root = built(PYTHON, tmp_path)
    kept, gone = root / "build" / "kept", root / "gone"
    kept.parent.mkdir()
    kept.touch()
    gone.touch()
    lay(PYTHON.defects()[0], root)
    assert kept.exists()
    assert not gone.exists()


@pytest.mark.parametrize(("ecosystem", "count"), [("PyPI", 3), ("crates.io", 2), ("Go", 1)])
def test_advisories_stand_under_their_ids(ecosystem: str, count: int) -> None:
    found = {path.stem: path.read_text() for path in (ADVISORIES / ecosystem).glob("*.json")}
    assert len(found) == count
    assert all(f'"id": "{name}"' in text for name, text in found.items())
