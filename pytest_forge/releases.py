"""The last release of a project: its tag, and its files in a worktree beside the working tree.

At a commit that is itself tagged, with nothing changed since, the release to compare with is the
one before: a release that is compared with itself shows nothing. With changes in the working tree
that tag is the last release.
"""

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pytest_forge.errors import MeasurementError, NoReference
from pytest_forge.execution.locks import lock
from pytest_forge.git import GitError, git, is_repository
from pytest_forge.model import Release, Report
from pytest_forge.projects import Project
from pytest_forge.tags import PLACEHOLDER, Tag, fitting, highest, looks_like_release
from pytest_forge.toolchains.declarations import Context
from pytest_forge.versions import is_version

COMPARED = "api.compared"
"""The proof of a comparison: how many packages had their API compared with the last release's."""

WORKTREE_NAME = 16
"""How many characters of its commit's name are the name of a worktree's directory."""

_BARE = re.compile(r"v?\d")
_VERSION_KEY = re.compile(r"""^\W*version\W{1,5}(\d+\.\d[\w.+-]*)""", re.MULTILINE)
_SHOWN = 5
_SET_PATTERN = 'set `tag-pattern = "...{version}"`, or exempt breaking-changes until a release'


class FirstRelease(Exception):
    """There is no release to compare with; `report` says so in place of a tool's, with a note."""

    def __init__(self, declared: str, note: str = "") -> None:
        super().__init__("first release")
        self.report = Report(
            release=Release(declared=declared, previous=None),
            notes=(note,) if note else (),
            unavailable=dict.fromkeys((COMPARED, "api.additions"), "first release"),
        )


def last_release(root: Path, project: Project, pattern: str = "") -> Tag | None:
    """Return the tag of the project's last release, None where nothing was released yet.

    It is the highest version (not the latest date) among the tags that are reachable from HEAD and
    fit the project (see `pytest_forge.tags`); a pre-release only counts where there is no final
    one. `pattern` is the user's form of a tag, or a tag's full name. Raises `NoReference` outside
    git, in a shallow clone, and where there are version tags of which none fits.
    """
    if not is_repository(root):
        raise NoReference(
            f"{root.name} is not a git work tree, so its last release is not known",
            "work in a `git clone` of it, or exempt breaking-changes",
        )
    _refuse_shallow(root)
    if pattern and PLACEHOLDER not in pattern:
        return _named(root, pattern)
    top = _top(root)
    every = git(top, "tag", "--list").split("\n")
    reachable = _reachable(top)
    directory = str(PurePosixPath(_prefix(root)) / project.directory)
    fits = fitting(reachable, project, directory, pattern)
    if not fits:
        _refuse_unfit(every, reachable, fitting(every, project, directory, pattern), pattern)
    before = highest(_before_head(fits, top))
    if before and directory != "." and _BARE.match(before.name):
        return replace(before, version=_stated_at(root, before, project) or before.version)
    return before


def _before_head(tags: Sequence[Tag], top: Path) -> list[Tag]:
    """Return the tags without those of HEAD itself: a release is compared with the one before."""
    released = set(_released_here(top)) if tags else set()
    return [tag for tag in tags if tag.name not in released]


def _stated_at(root: Path, tag: Tag, project: Project) -> str:
    """Return the version in a member's manifest at a tag of the whole, "" where it states none.

    Such a tag releases everything, but each member in its own version (serde's internals are at
    0.29 under the tag v1.0.228).
    """
    try:
        text = git(root, "show", f"{tag.name}:./{project.manifest}")
    except GitError:
        return ""
    found = _VERSION_KEY.search(text)
    return found[1] if found and is_version(found[1]) else ""


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
    with lock(_in_use(context.root), shared=True):
        root = _worktree(context.root, tag) / _prefix(context.root)
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


@contextmanager
def commit_worktree(root: Path, commit: str) -> Iterator[Path]:
    """Have the files of a commit at hand: yields the counterpart of forge's root in a worktree.

    It is made and removed as that of a release. Raises `NoReference`.
    """
    with lock(_in_use(root), shared=True):
        try:
            place = _checked_out(root, commit) / _prefix(root)
        except GitError as error:
            raise NoReference(f"the commit {commit} can't be checked out: {error}") from error
        yield place


@contextmanager
def worktrees_in_use(root: Path) -> Iterator[Path]:
    """Keep the worktrees from being removed: yields the directory in which they lie."""
    with lock(_in_use(root), shared=True):
        yield root / ".forge" / "worktrees"


def remove_worktrees(root: Path) -> None:
    """Remove the worktrees of releases below `root`, once nobody compares with them any more."""
    directory = root / ".forge" / "worktrees"
    if not directory.is_dir():
        return
    with lock(_in_use(root)):
        for worktree in directory.iterdir():
            with suppress(GitError):
                git(root, "worktree", "remove", "--force", "--force", str(worktree))
        shutil.rmtree(directory, ignore_errors=True)
        with suppress(GitError):
            git(root, "worktree", "prune")


def _worktree(root: Path, tag: Tag) -> Path:
    try:
        commit = git(root, "rev-parse", "--verify", f"refs/tags/{tag.name}^{{commit}}").strip()
        return _checked_out(root, commit)
    except GitError as error:
        raise NoReference(f"the last release {tag.name} can't be checked out: {error}") from error


def _checked_out(root: Path, commit: str) -> Path:
    path = root / ".forge" / "worktrees" / commit[:WORKTREE_NAME]
    with lock(root / ".forge" / "worktrees-made.lock"):
        if not _stands(path, commit):
            _make_worktree(root, path, commit)
    return path


def _stands(path: Path, commit: str) -> bool:
    """Tell whether an earlier user (or an interrupted run) left the whole worktree here."""
    if not (path / ".git").is_file():
        return False
    with suppress(GitError):
        at_commit = git(path, "rev-parse", "HEAD").strip() == commit
        return at_commit and not git(path, "status", "--porcelain").strip()
    return False


def _make_worktree(root: Path, path: Path, commit: str) -> None:
    shutil.rmtree(path, ignore_errors=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    # The user's hooks (post-checkout) are for the user's own checkouts.
    no_hooks = ("-c", f"core.hooksPath={os.devnull}")
    git(root, *no_hooks, "worktree", "add", "--detach", "--force", "--quiet", str(path), commit)


def _in_use(root: Path) -> Path:
    return root / ".forge" / "worktrees.lock"


def _refuse_shallow(root: Path) -> None:
    if git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        raise NoReference(
            "a shallow clone does not show which release was the last",
            "run `git fetch --unshallow --tags`",
        )


def _named(root: Path, name: str) -> Tag:
    """Return the tag that the user named; its version is where its first dotted number begins."""
    try:
        git(root, "rev-parse", "--verify", "--quiet", f"refs/tags/{name}")
    except GitError as error:
        raise NoReference(f"there is no tag {name}, which tag-pattern names", _SET_PATTERN) from (
            error
        )
    version = re.search(r"\d+\.\d.*", name)
    if version is None or not is_version(version[0]):
        raise NoReference(f"the tag {name} holds no version", _SET_PATTERN)
    return Tag(name, version[0])


def _top(root: Path) -> Path:
    return Path(git(root, "rev-parse", "--show-toplevel").rstrip("\n"))


def _prefix(root: Path) -> str:
    """Return where forge's root lies below git's top level, "" at the top."""
    return git(root, "rev-parse", "--show-prefix").rstrip("\n")


def _reachable(top: Path) -> list[str]:
    try:
        git(top, "rev-parse", "--verify", "--quiet", "HEAD")
    except GitError:
        return []  # There is no commit yet.
    return git(top, "tag", "--merged", "HEAD").split("\n")


def _released_here(top: Path) -> list[str]:
    if git(top, "status", "--porcelain").strip():
        return []
    return git(top, "tag", "--points-at", "HEAD").split("\n")


def _refuse_unfit(every: list[str], reachable: list[str], fits: list[Tag], pattern: str) -> None:
    """Refuse to take for a first release what has tags, only none that can be used."""
    newest = highest(fits)
    if newest:
        raise NoReference(
            f"the release {newest.name} is not an ancestor of HEAD, nor is any other release",
            f'name the one to compare with: `tag-pattern = "{newest.name}"`',
        )
    versions = list(filter(looks_like_release, reachable))
    versions = versions or list(filter(looks_like_release, every))
    if not versions:
        return
    shown = ", ".join(versions[-_SHOWN:]) + (", ..." if len(versions) > _SHOWN else "")
    fits_what = f"the tag-pattern {pattern}" if pattern else "the project"
    raise NoReference(f"no version tag fits {fits_what} ({shown})", _SET_PATTERN)
