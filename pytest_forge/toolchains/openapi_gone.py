"""OpenAPI documents that the last release had and that are there no more: clients lose them whole.

The working tree does not show them, so they are sought at the tags: at the highest of each form of
tag, and what is found there in the last release of the project to which it belongs.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from pytest_forge.errors import NoReference
from pytest_forge.git import GitError, git, is_repository
from pytest_forge.projects import Project, Tree
from pytest_forge.releases.last import last_release
from pytest_forge.releases.tags import PLACEHOLDER, Tag, fitting, highest
from pytest_forge.toolchains.openapi_paths import DOCUMENTS, is_named_so, owner_of, states_version
from pytest_forge.versions import is_version

_VERSION = re.compile(r"\d+\.\d")


def gone(
    own: Project,
    tree: Tree,
    projects: Sequence[Project],
    pattern: str,
    counts: Callable[[str], bool],
) -> tuple[str, ...]:
    """Return the documents of last releases that `tree` does not hold any more, sorted.

    `own` is the repository's own project, which knows the present ones; `pattern` is the user's
    form of a tag; `counts` tells of a path whether it may be a product's. Where the last release
    can't be known the document stays: its check says why.
    """
    root, known = tree.root, own.words(DOCUMENTS)
    if not is_repository(root):
        return ()
    by_major = any(project.flag("tags_by_directory") for project in projects)
    candidates = {
        path
        for tag in _tags(root, own, pattern, by_major)
        for path in _names(root, tag)
        if path not in known and is_named_so(path) and counts(path)
    }
    return tuple(sorted(filter(_Releases(own, projects, root, pattern).had, candidates)))


class _Releases:
    """The last releases of the projects to which documents belong, each asked for once."""

    def __init__(self, own: Project, projects: Sequence[Project], root: Path, pattern: str) -> None:
        self._own, self._projects = own, projects
        self._root, self._pattern = root, pattern
        self._tags: dict[str, Tag | None] = {}

    def had(self, path: str) -> bool:
        """Tell whether the release had this document; also where it can't be known."""
        owner = owner_of(self._own, self._projects, path)
        try:
            if owner.manifest not in self._tags:
                self._tags[owner.manifest] = last_release(self._root, owner, self._pattern)
        except NoReference:
            return True
        tag = self._tags[owner.manifest]
        return tag is not None and _is_document(self._root, tag.name, path)


def _tags(root: Path, own: Project, pattern: str, by_major: bool) -> list[str]:
    """Return the tags that may be last releases: the highest, and the highest before the head."""
    try:
        reachable = git(root, "tag", "--merged", "HEAD").split("\n")
        here = {*git(root, "tag", "--points-at", "HEAD").split("\n")}
    except GitError:
        return []  # There is no commit yet.
    before = [name for name in reachable if name not in here]
    found = [
        *_highest(reachable, own, pattern, by_major),
        *_highest(before, own, pattern, by_major),
    ]
    return list(dict.fromkeys(found))


def _highest(names: Iterable[str], own: Project, pattern: str, by_major: bool) -> Iterator[str]:
    if pattern and PLACEHOLDER not in pattern:
        yield from (name for name in names if name == pattern)
        return
    series = [fitting(names, own, ".", pattern)] if pattern else _series(names, by_major)
    yield from (tag.name for tags in series if (tag := highest(tags)))


def _series(names: Iterable[str], by_major: bool) -> Iterable[list[Tag]]:
    """Return the tags that hold a version, those together that are alike before it."""
    groups: dict[tuple[str, str], list[Tag]] = {}
    for name in names:
        found = _VERSION.search(name)
        if found and is_version(version := name[found.start() :]):
            major = version.partition(".")[0] if by_major else ""
            groups.setdefault((name[: found.start()], major), []).append(Tag(name, version))
    return groups.values()


def _names(root: Path, tag: str) -> list[str]:
    return git(root, "ls-tree", "-r", "--name-only", "-z", f"refs/tags/{tag}").split("\0")[:-1]


def _is_document(root: Path, tag: str, path: str) -> bool:
    try:
        text = git(root, "show", f"refs/tags/{tag}:./{path}")
    except GitError:
        return False
    return states_version(text.encode("utf-8", "surrogateescape"))
