"""The releases that a project has behind it, with the days on which they were made."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from pytest_forge.errors import NoReference
from pytest_forge.git import git, is_repository
from pytest_forge.projects import Project
from pytest_forge.releases.tags import PLACEHOLDER, fitting
from pytest_forge.versions import is_prerelease, order


@dataclass(frozen=True)
class PastRelease:
    """A release's tag, its version, and the day of the tag (a light tag's is its commit's)."""

    tag: str
    version: str
    day: date


def past_releases(root: Path, project: Project, pattern: str = "") -> tuple[PastRelease, ...]:
    """Return the project's final releases that HEAD descends from, in the order of versions.

    Pre-releases stand in where there are no others. `pattern` is the user's form of a tag. Raises
    `NoReference` outside git and in a shallow clone, which doesn't show them.
    """
    if not is_repository(root):
        raise NoReference(
            f"{root.name} is not a git work tree, so its releases are not known",
            "work in a `git clone` of it, or exempt the check",
        )
    if git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        raise NoReference(
            "a shallow clone does not show the releases", "run `git fetch --unshallow --tags`"
        )
    prefix = git(root, "rev-parse", "--show-prefix").strip()
    days = _days(root)
    directory = str(PurePosixPath(prefix) / project.directory)
    tags = fitting(days, project, directory, pattern if PLACEHOLDER in pattern else "")
    final = [tag for tag in tags if not is_prerelease(tag.version)]
    return tuple(
        PastRelease(tag.name, tag.version, date.fromisoformat(days[tag.name]))
        for tag in sorted(final or tags, key=lambda tag: order(tag.version))
    )


def _days(root: Path) -> dict[str, str]:
    """Return the day of each tag that HEAD descends from, as ISO 8601."""
    form = "%(refname:strip=2) %(creatordate:short)"
    told = git(root, "for-each-ref", "--merged=HEAD", f"--format={form}", "refs/tags")
    return dict(line.rsplit(" ", 1) for line in told.splitlines() if " " in line)
