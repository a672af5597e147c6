"""POSIX paths below forge's root: joined, seen from a directory, and those of a project's files."""

import posixpath
from collections.abc import Iterable

from pytest_forge.projects import Project
from pytest_forge.toolchains.declarations import Context


def join(directory: str, path: str) -> str:
    """Return a path from `directory` as one from forge's root; with `..` where it leads out."""
    return posixpath.normpath(posixpath.join(directory, path))


def relative(path: str, directory: str) -> str:
    """Return a path from forge's root as one from `directory`, with `..` where it is outside."""
    return posixpath.relpath(path, directory)


def is_below(path: str, directory: str) -> bool:
    """Tell whether a path is inside a directory, both from forge's root."""
    return path != directory and (directory == "." or path.startswith(f"{directory}/"))


def placed(project: Project, paths: Iterable[str]) -> tuple[str, ...]:
    """Return paths relative to a project's directory as paths below forge's root."""
    return tuple(join(project.directory, path) for path in paths)


def shipped_places(context: Context) -> tuple[str, ...]:
    """Return the files of the project that ship, its fact `sources`, as paths below the root."""
    return placed(context.project, context.project.words("sources"))
