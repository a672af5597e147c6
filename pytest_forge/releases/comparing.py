"""What a comparison with the last release needs: its files at hand, its version in the report."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pytest_forge.errors import MeasurementError, NoReference
from pytest_forge.git import GitError, git
from pytest_forge.model import Release, Report
from pytest_forge.projects import Project
from pytest_forge.releases.last import last_release
from pytest_forge.releases.tags import Tag
from pytest_forge.releases.worktrees import checked_out, prefix, worktrees_in_use
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context

COMPARED = "api.compared"
"""The proof of a comparison: how many packages had their API compared with the last release's."""


class FirstRelease(Exception):
    """There is no release to compare with; `report` says so in place of a tool's, with a note."""

    def __init__(self, declared: str, note: str = "") -> None:
        super().__init__("first release")
        self.report = Report(
            release=Release(declared=declared, previous=None),
            notes=(note,) if note else (),
            unavailable=dict.fromkeys((COMPARED, "api.additions"), "first release"),
        )


def each_released(project: Project, settings: ProjectSettings) -> tuple[str, ...]:
    """Return the variants of a comparison: what is released on its own, none where it is the whole.

    Each is the name of a member, a module or a package.
    """
    return tuple(one.name for one in project.published) or ("",)


@contextmanager
def release_worktree(context: Context) -> Iterator[Mapping[str, str]]:
    """Have the files of the last release at hand while a run compares with them.

    Yields the slots `release` and `release_directory` (the counterparts of forge's root and of the
    released project's directory in a worktree at the tag), `release_tag` and `release_version`; all
    are "" for a first release. The worktree is detached, made once under `.forge/worktrees/`
    whoever asks, and stays until `remove_worktrees`.
    """
    released = context.released
    tag = last_release(context.root, released, context.settings.tag_pattern)
    if tag is None:
        yield dict.fromkeys(("release", "release_directory", "release_tag", "release_version"), "")
        return
    with worktrees_in_use(context.root):
        root = _worktree(context.root, tag) / prefix(context.root)
        yield {
            "release": str(root),
            "release_directory": str(root / released.directory),
            "release_tag": tag.name,
            "release_version": tag.version,
        }


@contextmanager
def last_release_worktree(context: Context) -> Iterator[Mapping[str, str]]:
    """As `release_worktree`, for a tool that can only compare: nothing runs for a first release.

    Raises `FirstRelease`, with the report that stands in place of what the tool would print. That
    the release holds the same project is asked by `counterparts.same_project`, which comes next.
    """
    with release_worktree(context) as slots:
        if not slots["release"]:
            raise FirstRelease(context.released.text("version"))
        yield slots


def with_release(
    reports: Mapping[str, Report | MeasurementError], context: Context
) -> dict[str, Report | MeasurementError]:
    """Add the release to the reports of a run beside whose steps its worktree was at hand."""
    if not context.slots.get("release_tag"):
        return dict(reports)
    release = Release(
        declared=context.slots.get("release_declared", context.released.text("version")),
        previous=context.slots["release_version"],
        tag=context.slots["release_tag"],
    )
    return {
        name: replace(report, release=report.release or release)
        if isinstance(report, Report)
        else report
        for name, report in reports.items()
    }


def _worktree(root: Path, tag: Tag) -> Path:
    try:
        commit = git(root, "rev-parse", "--verify", f"refs/tags/{tag.name}^{{commit}}").strip()
        return checked_out(root, commit)
    except GitError as error:
        raise NoReference(f"the last release {tag.name} can't be checked out: {error}") from error
