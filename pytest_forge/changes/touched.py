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
    found = _directly(tuple(dict.fromkeys(paths)), projects, globs)
    needs = {_key(one): _needs(one, projects, globs) for one in projects}
    while more := {key for key, needed in needs.items() if needed & found} - found:
        found |= more
    return tuple(one for one in projects if _key(one) in found)


def _directly(
    paths: Sequence[str], projects: Sequence[Project], globs: Globs
) -> set[tuple[str, str]]:
    """Return the projects in which or around which something was changed."""
    around = {place for path in paths for place in (path, *_parents(path))}
    shared = set(map(_shared_by, paths))
    holding = {_key(one) for one in _holding(paths, projects)}

    def is_touched(one: Project) -> bool:
        return (
            _key(one) in holding
            or not shared.isdisjoint(_parents(one.directory))
            or not around.isdisjoint((*_named(one), *_outside(one)))
            or any(matches(glob, path) for glob in globs(one) for path in paths)
        )

    return {_key(one) for one in projects if is_touched(one)}


def _key(project: Project) -> tuple[str, str]:
    return project.manifest, project.language


def _parents(path: str) -> tuple[str, ...]:
    """Return the directories above a path, the nearest first, with the root (".") last."""
    return tuple(str(parent) for parent in PurePosixPath(path).parents)


def _holding(paths: Iterable[str], projects: Sequence[Project]) -> Iterator[Project]:
    """Yield the innermost projects around each path; paths of one directory have the same ones."""
    manifests = {one.manifest for one in projects}
    above = {place for one in projects for place in (one.directory, *_parents(one.directory))}
    alike = {
        path if path in manifests or path in above else posixpath.join(posixpath.dirname(path), "*")
        for path in paths
    }
    for path in alike:
        yield from project_at(path, projects)


def _outside(project: Project) -> Iterator[str]:
    """Yield the directories of members outside of the workspace's own."""
    for member in project.members:
        if project.directory not in _parents(member):
            yield posixpath.dirname(member) or "."


def _shared_by(path: str) -> str | None:
    """Return the directory in which everything shares the file `path`, None for none."""
    parts = PurePosixPath(path).parts
    hidden = next((at for at, part in enumerate(parts[:-1]) if part.startswith(".")), None)
    if hidden is not None:
        return None if parts[hidden] in _NOBODYS else str(PurePosixPath(*parts[:hidden]))
    return None if path.endswith(_PROSE) else str(PurePosixPath(path).parent)


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
