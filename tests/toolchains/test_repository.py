"""The repository's own checks, over small repositories of several projects."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from pytest_forge.errors import NoReference
from pytest_forge.model import Report
from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.releases import declared
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context, Run
from pytest_forge.toolchains.repository import DETECTORS, TOOLCHAIN, listed_files


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declared, "today", lambda: date(2026, 11, 21))


class Repository:
    """A repository of git whose projects are given, not found."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.projects: list[Project] = []
        self.versions = ""
        self.git("init", "--quiet", "--initial-branch=main")
        self.write({"README": ""}, "first")

    def git(self, *args: str) -> None:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(("git", *identity, *args), cwd=self.root, check=True)

    def write(self, files: dict[str, str], message: str) -> None:
        for path, text in files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message)

    def release(self, *tags: str) -> None:
        for tag in tags:
            self.git("tag", tag)
        self.git("commit", "--quiet", "--allow-empty", "-m", "next")

    def project(
        self, version: str, name: str = "kit", directory: str = ".", **facts: FactValue
    ) -> None:
        manifest = "pyproject.toml" if directory == "." else f"{directory}/pyproject.toml"
        self.projects.append(Project(manifest, "python", name, {"version": version, **facts}))

    def context(self) -> Context:
        listed = self.root.rglob("*")
        files = [path.relative_to(self.root).as_posix() for path in listed if path.is_file()]
        tree = Tree(self.root, tuple(sorted(path for path in files if path[:5] != ".git/")))
        own = Project("pyproject.toml", "repository", "root")
        settings = ProjectSettings(versions=self.versions)
        scratch = self.root / ".git"
        return Context(
            own, settings, tree, self.root, self.root, scratch, projects=tuple(self.projects)
        )

    def compute(self, name: str) -> Report:
        run = TOOLCHAIN.run(name)
        assert not isinstance(run, Run)
        return run.compute(self.context(), {})


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def messages(report: Report) -> list[str]:
    return [one.message for one in report.findings]


def test_every_check_reads_a_run_of_the_toolchain() -> None:
    runs = {run.name for run in TOOLCHAIN.runs}
    assert {check.run for check in TOOLCHAIN.checks} == runs
    assert {check.gate for check in TOOLCHAIN.checks} == {"security", "breaking-changes"}


def test_no_manifest_is_the_repositorys_own() -> None:
    assert TOOLCHAIN.manifests == ()
    own = TOOLCHAIN.inspect(Tree(Path("/kit"), ()), "pyproject.toml")
    assert own == Project("pyproject.toml", "repository", "kit", {"openapi": ()})


def test_detectors_that_guess_are_left_out() -> None:
    assert len(set(DETECTORS)) == len(DETECTORS) == 22
    guessing = {"KeywordDetector", "HexHighEntropyString", "BasicAuthDetector"}
    assert guessing.isdisjoint(DETECTORS)


def test_the_files_are_listed_whatever_their_names(repository: Repository) -> None:
    repository.write({"a b.txt": "", "x\ny": ""}, "names")
    with listed_files(repository.context()) as slots:
        assert Path(slots["files"]).read_bytes() == b"README\0a b.txt\0x\ny\0"


def test_versions_may_go_apart(repository: Repository) -> None:
    repository.project("1.1.0", "a", "a")
    repository.project("2.0.0", "b", "b")
    report = repository.compute("versions")
    assert (report.findings, report.measures) == ((), {"versions": 2})


def test_versions_go_together_where_the_setting_says_so(repository: Repository) -> None:
    repository.project("1.1.0", "a", "a")
    repository.project("1.1", "b", "b")
    repository.project("1.2.0", "c", "c")
    repository.versions = "together"
    report = repository.compute("versions")
    assert messages(report) == ["c declares 1.2.0, but a says 1.1.0"]
    assert report.findings[0].path == "c/pyproject.toml"
    assert report.findings[0].measure == "versions.mismatched"


def test_versions_go_together_where_there_is_a_version_file(repository: Repository) -> None:
    repository.write({"VERSION": "1.2.0\n"}, "version")
    repository.project("1.1.0")
    assert messages(repository.compute("versions")) == [
        "kit declares 1.1.0, but VERSION says 1.2.0"
    ]
    repository.versions = "independent"
    assert messages(repository.compute("versions")) == []


def test_a_version_file_that_holds_none_says_nothing(repository: Repository) -> None:
    repository.write({"VERSION": "MAJOR=1\n"}, "version")
    repository.project("1.1.0")
    assert repository.compute("versions").findings == ()


def test_a_version_below_the_last_release_is_found(repository: Repository) -> None:
    repository.release("13.0.4")
    repository.project("11.0.1-beta2")
    assert messages(repository.compute("versions")) == [
        "kit declares 11.0.1-beta2, below its last release 13.0.4"
    ]


def test_each_project_is_compared_with_its_own_release(repository: Repository) -> None:
    repository.release("v3.0.0", "b-1.0.0")
    repository.project("3.0.0", "a", ".")
    repository.project("1.0.0", "b", "b")
    assert repository.compute("versions").findings == ()


def test_tags_that_do_not_fit_are_no_reference(repository: Repository) -> None:
    repository.release("parent-5.4.0")
    repository.project("1.0.0")
    with pytest.raises(NoReference, match=r"kit: no version tag fits.*parent-5\.4\.0"):
        repository.compute("versions")


def test_a_version_from_tags_contradicts_nothing(repository: Repository) -> None:
    repository.release("26.1.0")
    repository.project("", "attrs", version_from_vcs=True)
    repository.project("", "app", "app", requirements_only=True)
    report = repository.compute("versions")
    assert (report.findings, report.measures) == ((), {"versions": 2})
    assert report.notes == ("attrs: its version is taken from git's tags", "app: it has no version")


def test_a_version_that_only_the_build_knows_is_not_measured(repository: Repository) -> None:
    repository.project("")
    report = repository.compute("versions")
    assert report.measures == {"versions": 0}
    assert report.notes == ("kit: only its build knows its version",)


CHANGELOG = "## 1.0.0\n- first\n"


def test_a_new_version_needs_an_entry_where_there_are_notes(repository: Repository) -> None:
    repository.release("v1.0.0")
    repository.write({"CHANGELOG.md": CHANGELOG}, "notes")
    repository.project("1.1.0")
    report = repository.compute("changelog")
    assert messages(report) == ["kit 1.1.0 has no entry in its release notes (CHANGELOG.md)"]
    assert [(one.rule, one.measure) for one in report.findings] == [
        ("changelog-entry", "changelog.missing")
    ]


@pytest.mark.parametrize(
    ("version", "files", "note"),
    [
        ("1.1.0", {"CHANGELOG.md": "## 1.1.0\n- x\n"}, "kit: told of in CHANGELOG.md: 1.1.0"),
        ("1.1.0", {"HISTORY.md": "## Unreleased\n- x\n"}, "kit: told of in HISTORY.md: Unreleased"),
        ("1.1.0", {}, "kit: it has no release notes"),
        ("1.0.0", {"CHANGELOG.md": "# Changelog\n"}, "kit: no entry is due"),
        ("1.1.0.dev1", {"CHANGELOG.md": CHANGELOG}, "kit: no entry is due"),
        ("2.0.0b1", {}, "kit: it has no release notes"),
        ("", {"CHANGELOG.md": CHANGELOG}, "kit: no entry is due"),
    ],
)
def test_a_step_that_is_told_or_needs_no_telling_passes(
    repository: Repository, version: str, files: dict[str, str], note: str
) -> None:
    repository.release("v1.0.0")
    repository.write(files, "notes")
    repository.project(version)
    report = repository.compute("changelog")
    assert (messages(report), report.notes) == ([], (note,))
    assert report.measures == {"changelogs": 1}


def test_a_first_release_needs_no_notes(repository: Repository) -> None:
    repository.project("2.0.0")
    assert repository.compute("changelog").findings == ()


def test_a_major_step_needs_notes_and_a_guide(repository: Repository) -> None:
    repository.release("v1.0.0")
    repository.project("2.0.0")
    report = repository.compute("changelog")
    assert [one.rule for one in report.findings] == ["changelog-entry", "migration-guide"]
    repository.write({"CHANGELOG.md": "## 2.0.0\n- x\n", "MIGRATION.md": "# To 1.0\n"}, "notes")
    assert [one.rule for one in repository.compute("changelog").findings] == ["migration-guide"]
    repository.write({"MIGRATION.md": "# To 2.0\n"}, "guide")
    assert repository.compute("changelog").findings == ()


def test_a_new_year_is_no_major_step(repository: Repository) -> None:
    repository.release("v25.4.0")
    repository.write({"CHANGELOG.md": "## 26.1.0\n- x\n"}, "notes")
    repository.project("26.1.0")
    assert repository.compute("changelog").findings == ()


def test_published_members_are_looked_at_one_by_one(repository: Repository) -> None:
    repository.release("v1.0.0", "inner-2.0.0")
    inner = Project("inner/Cargo.toml", "rust", "inner", {"version": "1.9.0"})
    outer = Project("outer/Cargo.toml", "rust", "outer", {"version": "1.0.0"})
    whole = Project("Cargo.toml", "rust", "whole", published=(inner, outer))
    repository.projects.append(whole)
    report = repository.compute("versions")
    assert messages(report) == ["inner declares 1.9.0, below its last release inner-2.0.0"]
    assert report.measures == {"versions": 2}
    assert repository.compute("changelog").measures == {"changelogs": 2}
