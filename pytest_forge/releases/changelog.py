"""A project's release notes: where they are, and whether they speak of a version.

Twenty public repositories keep them as CHANGELOG, HISTORY, NEWS or CHANGES in any markup, as a
directory of release notes, as Maven's `changes.xml`, or as fragments that a tool joins at release.
Several packages may share them: an entry or a fragment that names another one alone is not this
one's.
"""

import re
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from pytest_forge.projects import Tree
from pytest_forge.releases.entries import VERSION, entries, headings, same
from pytest_forge.versions import base

_EXTENSION = r"(?:\.(?:md|markdown|rst|txt|adoc|xml))?"
_FILE = re.compile(
    rf"(?:change-?log|changes|history|news|release[-_]?notes|releases|what'?s[-_]?new){_EXTENSION}",
    re.IGNORECASE,
)
_NOTES_DIRECTORY = re.compile(r"(?:release[-_]?notes|changelogs?)", re.IGNORECASE)
_FRAGMENT_DIRECTORY = re.compile(
    r"(?:changelog\.d|changes\.d|news\.d|news-?fragments|\.changes|\.changeset)|changelog/pending"
)
_NO_FRAGMENT = re.compile(r"\.|_|readme|template|towncrier|config\.", re.IGNORECASE)
_GUIDE = re.compile(rf"(?:migrat|upgrad)[\w.-]*?{_EXTENSION}", re.IGNORECASE)
_GUIDE_HEADING = re.compile(r"migrat|upgrad", re.IGNORECASE)
# A changeset's: `"@kit/core": minor`, a line for each package.
_FRONT_MATTER = re.compile(r"---\s*\n(?P<packages>.*?)\n---\s*(?:\n|$)", re.DOTALL)
_BUMPED = re.compile(r"""^['"]?([\w@./-]+)['"]?\s*:\s*(?:major|minor|patch)\s*$""", re.MULTILINE)


def release_notes(tree: Tree, directory: str) -> tuple[str, ...]:
    """Return the files with notes, and the fragments, for the project in `directory`.

    The nearest directory that has any counts: the project's own, else one above it.
    """
    for place in _upwards(directory):
        found = tuple(path for path in tree.below(place) if _is_notes(path, place))
        if found:
            return found
    return ()


def entry(
    tree: Tree, directory: str, version: str, name: str = "", others: Collection[str] = ()
) -> str:
    """Return where the notes of `directory` speak of `version`, "" where they don't.

    An entry with content counts that is headed by the version, by the final release that it leads
    to, or by "Unreleased" and the like; so does a file named after the version, or a fragment.
    `name` is the package's, `others` are those of the packages with which it may share the notes.
    """
    for path in release_notes(tree, directory):
        if _is_fragment(path):
            if _is_for(_text(tree, path), name):
                return f"{path} (fragment)"
        elif same(PurePosixPath(path).stem.lstrip("vV"), version):
            return path
        for heading, _ in entries(_text(tree, path), version):
            if not _names_another(heading, name, others):
                return f"{path}: {heading}"
    return ""


def migration_guide(tree: Tree, directory: str, version: str) -> str:
    """Return where a guide for the step to `version` is, "" where there is none.

    It is a file named so (`MIGRATION.md`, `docs/upgrading.rst`) that speaks of the version's major
    part, or a part of the version's entry that is headed so. The guide to an older one is none.
    """
    for path in _guides(tree, directory):
        if _speaks_of_major(tree, path, version):
            return path
    for path in release_notes(tree, directory):
        for heading, body in entries(_text(tree, path), version):
            if any(_GUIDE_HEADING.search(line) for line in headings(body).values()):
                return f"{path}: {heading}"
    return ""


def _guides(tree: Tree, directory: str) -> Iterator[str]:
    """Yield the files that are named as guides, the nearest first."""
    for place in _upwards(directory):
        for path in tree.below(place):
            if _GUIDE.fullmatch(PurePosixPath(path).name) and _is_near(path, place):
                yield path


def _speaks_of_major(tree: Tree, path: str, version: str) -> bool:
    """Tell whether a guide names the major part (`2`, `v2`, `2.x`) in its name or its text."""
    major = re.escape(base(version).rpartition("!")[2].partition(".")[0])
    if re.search(rf"(?<![\d.])v?{major}(?!\d)", PurePosixPath(path).stem):
        return True
    said = rf"(?<![\w.])(?:v?{major}\.[\dx]|v{major}(?![\w.])|(?:to|version)\s+{major}(?![\w.]))"
    return re.search(said, _text(tree, path), re.IGNORECASE) is not None


def _is_for(fragment: str, name: str) -> bool:
    """Tell whether a fragment may be this package's: its front matter names it, or no package."""
    found = _FRONT_MATTER.match(fragment)
    named = _BUMPED.findall(found["packages"]) if found else []
    return not (named and name) or name in named


def _names_another(heading: str, name: str, others: Collection[str]) -> bool:
    """Tell whether a heading names another package before its version, and not this one."""
    version = VERSION.search(heading)
    before = heading[: version.start()] if version else ""
    named = [
        one for one in (name, *others) if re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", before)
    ]
    return bool(named) and name not in named


def _upwards(directory: str) -> Iterator[str]:
    path = PurePosixPath(directory)
    yield str(path)
    yield from (str(parent) for parent in path.parents)


def _is_near(path: str, place: str) -> bool:
    """Tell whether a file lies in `place` itself or among its documentation."""
    parts = PurePosixPath(path).relative_to(place).parts[:-1]
    return not parts or (parts[0].lower() in ("doc", "docs") and len(parts) <= 3)


def _is_notes(path: str, place: str) -> bool:
    below = PurePosixPath(path).relative_to(place)
    if _is_fragment(path):
        return len(below.parts) <= 3
    if _FILE.fullmatch(below.name):
        return _is_near(path, place) or below.parts[:-1] == ("src", "changes")
    in_notes = len(below.parts) == 2 and _NOTES_DIRECTORY.fullmatch(below.parts[0])
    return bool(in_notes) and below.suffix != ".py"


def _is_fragment(path: str) -> bool:
    parent, name = str(PurePosixPath(path).parent), PurePosixPath(path).name
    in_fragments = any(
        _FRAGMENT_DIRECTORY.fullmatch(tail)
        for tail in ("/".join(parent.split("/")[-depth:]) for depth in (1, 2))
    )
    return in_fragments and not _NO_FRAGMENT.match(name)


def _text(tree: Tree, path: str) -> str:
    return tree.read(path).decode("utf-8", "replace")
