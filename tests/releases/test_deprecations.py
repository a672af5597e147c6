"""Since when a public item is deprecated, over repositories with releases."""

import os
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from forge_gate_breaking_changes import GATE
from pytest_forge.errors import NoReference, OutputUnreadable
from pytest_forge.judging import Case, Judgement
from pytest_forge.judging.verdict import judge
from pytest_forge.model import Outcome, Report, Severity
from pytest_forge.projects import Project, Tree
from pytest_forge.releases import declared, deprecations
from pytest_forge.releases.deprecations import Mark
from pytest_forge.releases.past import past_releases
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context

PROJECT = Project("toy.json", "toy", "kit")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declared, "today", lambda: date(2026, 11, 21))


def marks(path: str, text: str) -> Iterator[Mark]:
    """Read a made-up language: a line `old NAME [VERSION]` marks an item."""
    for number, line in enumerate(text.splitlines(), start=1):
        word, _, rest = line.partition(" ")
        if word == "broken":
            raise ValueError("broken")
        if word == "old":
            name, _, since = rest.partition(" ")
            yield Mark(name, number, since)


class Repository:
    """A repository of git whose releases are made on given days."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "--quiet", "--initial-branch=main", "--template=")

    def git(self, *args: str, day: str = "2026-01-01") -> None:
        when = f"{day}T12:00:00Z"
        dated = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath=")
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, **dated}
        subprocess.run(("git", *identity, *args), cwd=self.root, check=True, env=environment)

    def release(self, tag: str, day: str, **files: str) -> None:
        self.write(**files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", tag, day=day)
        self.git("tag", tag)

    def write(self, **files: str) -> None:
        for name, text in files.items():
            (self.root / f"{name}.toy").write_text(text, encoding="utf-8")

    def measure(self, project: Project = PROJECT) -> Report:
        files = tuple(sorted(path.name for path in self.root.glob("*.toy")))
        context = Context(
            *(project, ProjectSettings(), Tree(self.root, files)),
            *(self.root, self.root, self.root / "scratch"),
        )
        compute = deprecations.measure((".toy",), lambda context: (".",), marks)
        return compute(context, {})


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path)
    made.release("v1.0.0", "2026-01-10", kit="new a\nnew b\nnew c\n")
    made.release("v1.1.0", "2026-02-10", kit="old a\nnew b\nnew c\n")
    made.release("v1.2.0rc1", "2026-02-20", kit="old a\nold b\nnew c\n")
    made.release("v1.2.0", "2026-03-10", kit="old a\nold b\nnew c\n")
    made.release("v1.10.0", "2026-04-10", kit="old a\nold b\nnew c\n")
    made.write(kit="new x\nold a\nold b\nold c\nold d 1.0.0\nold e 0.9\n")
    return made


def test_an_item_is_deprecated_since_the_earliest_release_that_says_so(
    repository: Repository,
) -> None:
    report = repository.measure()
    assert {one.measure for one in report.findings} == {"api.deprecated"}
    assert {one.severity for one in report.findings} == {Severity.INFO}
    assert [(one.path, one.line, one.message) for one in report.findings] == [
        ("kit.toy", 2, "a is deprecated, since 1.1.0 (2026-02-10, 284 days)"),
        ("kit.toy", 3, "b is deprecated, since 1.2.0 (2026-03-10, 256 days)"),
        ("kit.toy", 4, "c is deprecated, not released yet"),
        # What the mark itself says stands above the tags, and has the day of its release.
        ("kit.toy", 5, "d is deprecated, since 1.0.0 (2026-01-10, 315 days)"),
        ("kit.toy", 6, "e is deprecated, since 0.9"),
    ]
    assert report.notes == ("deprecated longest: d, since 1.0.0 (2026-01-10, 315 days)",)


def test_the_age_is_measured_in_days(repository: Repository) -> None:
    report = repository.measure()
    assert report.measures == {"files.searched": 1, "deprecations.age": 315}
    assert [one.value for one in report.samples] == [284, 256, 0, 315, 0]


def test_without_a_mark_nothing_is_asked_of_git(tmp_path: Path) -> None:
    (tmp_path / "kit.toy").write_text("new a\n", encoding="utf-8")
    context = Context(
        PROJECT, ProjectSettings(), Tree(tmp_path, ("kit.toy",)), tmp_path, tmp_path, tmp_path
    )
    compute = deprecations.measure((".toy",), lambda context: (".",), marks)
    report = compute(context, {})
    assert (report.findings, report.notes) == ((), ())
    assert report.measures == {"files.searched": 1, "deprecations.age": 0}


def test_a_mark_whose_age_cannot_be_known_is_no_pass(repository: Repository) -> None:
    commit = subprocess.run(
        ("git", "rev-parse", "HEAD"), cwd=repository.root, capture_output=True, check=True
    ).stdout
    (repository.root / ".git" / "shallow").write_bytes(commit)
    with pytest.raises(NoReference, match="shallow"):
        repository.measure()


def test_outside_of_git_no_release_is_known(tmp_path: Path) -> None:
    with pytest.raises(NoReference, match="not a git work tree"):
        past_releases(tmp_path, PROJECT)


def test_a_file_that_cannot_be_read_is_an_error(repository: Repository) -> None:
    repository.write(more="broken\n")
    with pytest.raises(OutputUnreadable, match=r"more\.toy can't be searched"):
        repository.measure()


def test_a_release_whose_file_cannot_be_read_holds_no_mark(tmp_path: Path) -> None:
    made = Repository(tmp_path)
    made.release("v1.0.0", "2026-01-10", kit="old a\nbroken\n")
    made.release("v1.1.0", "2026-02-10", kit="old a\n")
    (finding,) = made.measure().findings
    assert finding.message == "a is deprecated, since 1.1.0 (2026-02-10, 284 days)"


def test_a_member_has_releases_of_its_own(repository: Repository) -> None:
    repository.git("tag", "other-v5.0.0", "v1.10.0")
    member = Project("toy.json", "toy", "other")
    report = repository.measure(Project("toy.json", "toy", "space", published=(member,)))
    assert report.findings[0].message.startswith("a is deprecated, since 1.1.0")
    nested = Project("other/toy.json", "toy", "other")
    space = Project("toy.json", "toy", "space", published=(nested,))
    assert deprecations.owner_of(space, "other/src/a.toy") is nested
    assert deprecations.owner_of(space, "src/a.toy") is space


def verdict_on(report: Report, **limits: float) -> tuple[Outcome, str]:
    settings = ProjectSettings(limits={name.replace("_", "."): one for name, one in limits.items()})
    judgement = Judgement(
        *(GATE, Case(PROJECT, settings, date(2026, 11, 21))),
        counts=("api.deprecated",),
        supplies=("deprecations.age",),
    )
    verdict = judge(report, judgement)
    return verdict.outcome, verdict.reason or " | ".join(verdict.notes)


def test_deprecations_are_only_told_unless_a_limit_is_set(repository: Repository) -> None:
    report = repository.measure()
    outcome, notes = verdict_on(report)
    assert outcome is Outcome.PASSED
    assert "deprecated items: 5" in notes
    assert verdict_on(report, deprecations_age=315)[0] is Outcome.PASSED
    assert verdict_on(report, deprecations_age=300) == (
        Outcome.FAILED,
        "deprecations.age kit.toy:5 d, deprecated since 1.0.0 (2026-01-10, 315 days): "
        "315 days > 300 days",
    )
    assert verdict_on(report, api_deprecated=4)[0] is Outcome.FAILED
