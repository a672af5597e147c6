"""The last release of a project, by its tag.

At a commit that is itself tagged, with nothing changed since, the release to compare with is the
one before: a release that is compared with itself shows nothing. With changes in the working tree
that tag is the last release.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pytest_forge.errors import NoReference
from pytest_forge.git import GitError, git, is_repository
from pytest_forge.projects import Project
from pytest_forge.releases.tags import PLACEHOLDER, Tag, fitting, highest, looks_like_release
from pytest_forge.releases.worktrees import prefix
from pytest_forge.versions import is_version

_BARE = re.compile(r"v?\d")
_VERSION_KEY = re.compile(r"""^\W*version\W{1,5}(\d+\.\d[\w.+-]*)""", re.MULTILINE)
_SHOWN = 5
_SET_PATTERN = 'set `tag-pattern = "...{version}"`, or exempt breaking-changes until a release'


def last_release(root: Path, project: Project, pattern: str = "") -> Tag | None:
    """Return the tag of the project's last release, None where nothing was released yet.

    It is the highest version (not the latest date) among the tags that are reachable from HEAD and
    fit the project (see `pytest_forge.releases.tags`); a pre-release only counts where there is no
    final one. `pattern` is the user's form of a tag, or a tag's full name. Raises `NoReference`
    outside git, in a shallow clone, and where there are version tags of which none fits.
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
    directory = str(PurePosixPath(prefix(root)) / project.directory)
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
