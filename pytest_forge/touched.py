"""Which projects a change touches: those that hold what was changed, and those built on them.

A file belongs to the innermost project around it. One that stands directly in a directory above
projects (settings of tools, a lock, a pin), or in a hidden directory there (`.cargo`), is shared:
it touches every project below. Prose is not shared, nor is what only a host or an editor reads.
"""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import TypeAlias

from pytest_forge.globs import matches
from pytest_forge.projects import Project
from pytest_forge.repository import project_at

Globs: TypeAlias = Callable[[Project], Sequence[str]]
"""Gives the globs over what a project depends on, as the settings state them."""

PATH_DEPENDENCIES = "path_dependencies"
"""The fact with the paths, relative to the project, of what its manifest takes from the tree."""

_PROSE = (".md", ".rst", ".adoc")
_NOBODYS = frozenset({".forge", ".github", ".gitlab", ".idea", ".vscode"})


def touched(paths: Iterable[str], projects: Sequence[Project], globs: Globs) -> tuple[Project, ...]:
    """Return the projects that a change of `paths` touches, and all that depend on them.

    A project depends on the paths and on the projects that its globs fit, and on those that its
    manifest names; what a change of these touches is touched as well, however long the chain.
    """
    paths = tuple(paths)
    places = [place for path in paths for place in _places(path, projects)]
    found = [
        one
        for one in projects
        if one in places or _names_any(one, paths, globs) or _is_below_shared(one, paths)
    ]
    needs = {_key(one): _needs(one, projects, globs) for one in projects}
    grown = True
    while grown:
        keys = {_key(one) for one in found}
        more = [one for one in projects if _key(one) not in keys and needs[_key(one)] & keys]
        found += more
        grown = bool(more)
    return tuple(one for one in projects if one in found)


def _key(project: Project) -> tuple[str, str]:
    return project.manifest, project.language


def _places(path: str, projects: Sequence[Project]) -> Iterator[Project]:
    """Yield the innermost projects around a path, and those with a member around it."""
    yield from project_at(path, projects)
    for project in projects:
        if any(_is_within(path, posixpath.dirname(member) or ".") for member in project.members):
            yield project


def _is_below_shared(project: Project, paths: Iterable[str]) -> bool:
    return any(
        place != project.directory and _is_within(project.directory, place)
        for path in paths
        if (place := _shared_by(path)) is not None
    )


def _shared_by(path: str) -> str | None:
    """Return the directory in which everything shares the file `path`, None for none."""
    parts = PurePosixPath(path).parts
    hidden = next((at for at, part in enumerate(parts[:-1]) if part.startswith(".")), None)
    if hidden is not None:
        return None if parts[hidden] in _NOBODYS else str(PurePosixPath(*parts[:hidden]))
    return None if path.endswith(_PROSE) else str(PurePosixPath(path).parent)


def _names_any(project: Project, paths: Iterable[str], globs: Globs) -> bool:
    """Tell whether a project depends on one of the paths itself, whosever it is."""
    directories = _named(project)
    return any(
        any(matches(glob, path) for glob in globs(project))
        or any(_is_within(path, directory) for directory in directories)
        for path in paths
    )


def _needs(project: Project, projects: Sequence[Project], globs: Globs) -> set[tuple[str, str]]:
    """Return the projects on which one is built directly."""
    fit = {
        _key(other)
        for other in projects
        for glob in globs(project)
        if matches(glob, other.directory) or matches(glob, other.manifest)
    }
    named = {_key(one) for place in _named(project) for one in project_at(place, projects)}
    return (fit | named) - {_key(project)}


def _named(project: Project) -> tuple[str, ...]:
    """Return the paths in a project's manifest as paths from forge's root."""
    return tuple(
        posixpath.normpath(posixpath.join(project.directory, path))
        for path in project.words(PATH_DEPENDENCIES)
    )


def _is_within(path: str, directory: str) -> bool:
    if directory == ".":
        return not path.startswith("../")
    return path == directory or path.startswith(f"{directory}/")
