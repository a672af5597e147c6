"""Public items that are marked deprecated, each with the release since which it is.

What a mark looks like the languages know: each gives a pure function of a file's text. The release
is the one that the mark names, else the earliest whose tree holds the mark in the same file; a file
that was moved counts from its move on.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from pytest_forge.errors import OutputUnreadable
from pytest_forge.git import GitError, git
from pytest_forge.model import Finding, Report, Sample, Severity
from pytest_forge.projects import Project
from pytest_forge.releases import declared
from pytest_forge.releases.past import PastRelease, past_releases
from pytest_forge.toolchains.declarations import Check, Context
from pytest_forge.versions import is_version, order

MEASURE = "api.deprecated"
AGE = "deprecations.age"
"""The measure of the samples that hold each item's age, in days."""
SEARCHED = "files.searched"


@dataclass(frozen=True)
class Mark:
    """An item that is marked: its name in the file, its line, and what the mark says.

    `since` is the version that the mark names, `note` what to use instead; both may be empty.
    """

    name: str
    line: int
    since: str = ""
    note: str = ""


Marks: TypeAlias = Callable[[str, str], Iterable[Mark]]
"""Returns the marks of public items in a file, by its path and text; ValueError if unreadable."""


def measure(
    suffixes: Iterable[str], places: Callable[[Context], Iterable[str]], marks: Marks
) -> Callable[[Context, Mapping[str, Report]], Report]:
    """Return the measurement of marks in the files below `places` that end with a suffix.

    The report holds `files.searched`, a finding of `api.deprecated` for each item, and a sample of
    its age where a release holds the mark. Nothing is asked of git where there is no mark.
    """
    endings = frozenset(suffixes)

    def compute(context: Context, inputs: Mapping[str, Report]) -> Report:
        files = context.tree.ending(endings, places(context))
        found = [(path, mark) for path in files for mark in _read(context, path, marks)]
        dated = list(_dated(context, found, marks))
        return _report(dated, len(files))

    return compute


CHECK = Check(
    name="deprecations",
    gate="breaking-changes",
    run="deprecations",
    proof=SEARCHED,
    nothing="no shipped source file was searched for deprecated items; exempt the check",
    counts=(MEASURE,),
    supplies=(AGE,),
)
"""The check of each language that declares a computation of this name."""


@dataclass(frozen=True)
class _Dated:
    path: str
    mark: Mark
    since: str
    released: date | None

    @property
    def days(self) -> int:
        """Return the age in whole days, 0 for what was not released yet."""
        return (declared.today() - self.released).days if self.released else 0

    @property
    def told(self) -> str:
        """Return since when the item is deprecated, in words."""
        if not self.released:
            return f"since {self.since}" if self.since else "not released yet"
        return f"since {self.since} ({self.released}, {self.days} days)"


def _report(dated: list[_Dated], files: int) -> Report:
    oldest = max(dated, key=lambda one: one.days, default=None)
    notes = (f"deprecated longest: {oldest.mark.name}, {oldest.told}",) if oldest else ()
    return Report(
        findings=tuple(map(_finding, dated)),
        measures={SEARCHED: files, AGE: oldest.days if oldest else 0},
        samples=tuple(
            Sample(
                AGE, one.days, f"{one.mark.name}, deprecated {one.told}", one.path, one.mark.line
            )
            for one in dated
        ),
        notes=notes,
    )


def _finding(one: _Dated) -> Finding:
    instead = f": {one.mark.note}" if one.mark.note else ""
    return Finding(
        measure=MEASURE,
        rule="deprecated",
        message=f"{one.mark.name} is deprecated, {one.told}{instead}",
        severity=Severity.INFO,
        path=one.path,
        line=one.mark.line,
    )


def _read(context: Context, path: str, marks: Marks) -> list[Mark]:
    text = context.tree.read(path).decode("utf-8", "replace")
    try:
        return list(marks(path, text))
    except ValueError as error:
        raise OutputUnreadable(
            f"{path} can't be searched for deprecated items: {error}",
            "mend the file, or run forge with an interpreter that can read it",
        ) from error


def _dated(context: Context, found: list[tuple[str, Mark]], marks: Marks) -> Iterator[_Dated]:
    releases: dict[str, tuple[PastRelease, ...]] = {}

    @cache
    def names(path: str, tag: str) -> frozenset[str]:
        return _names_at(context.root, tag, path, marks)

    for path, mark in found:
        owner = owner_of(context.project, path)
        if owner.manifest not in releases:
            pattern = context.settings.tag_pattern
            releases[owner.manifest] = past_releases(context.root, owner, pattern)
        past = releases[owner.manifest]

        def holds(release: PastRelease, path: str = path, name: str = mark.name) -> bool:
            return name in names(path, release.tag)

        release = _stated(mark.since, past) or _earliest(past, holds)
        since = mark.since or (release.version if release else "")
        yield _Dated(path, mark, since, release.day if release else None)


def owner_of(project: Project, path: str) -> Project:
    """Return the innermost released member around a file, the project itself where none is."""
    around = [
        one
        for one in project.published
        if one.directory == "." or path.startswith(f"{one.directory}/")
    ]
    return max(around, key=lambda one: len(PurePosixPath(one.directory).parts), default=project)


def _stated(since: str, past: tuple[PastRelease, ...]) -> PastRelease | None:
    if not is_version(since):
        return None
    return next((one for one in past if order(one.version) == order(since)), None)


def _earliest(
    past: tuple[PastRelease, ...], holds: Callable[[PastRelease], bool]
) -> PastRelease | None:
    """Return the first release that holds a mark; once made, a mark stays until its item goes."""
    place = bisect_left(past, True, key=holds)
    return past[place] if place < len(past) else None


def _names_at(root: Path, tag: str, path: str, marks: Marks) -> frozenset[str]:
    """Return the names that are marked in a file at a tag; none where it can't be read."""
    try:
        return frozenset(mark.name for mark in marks(path, git(root, "show", f"{tag}:./{path}")))
    except (GitError, ValueError):
        return frozenset()
