"""Solutions, in both of their forms, and the projects that each of them owns."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from pytest_forge.conventions import unproductive_part
from pytest_forge.projects import Tree
from pytest_forge.toolchains.reading import decoded, read, read_xml

SUFFIXES = (".slnx", ".sln")
"""The endings of solutions, in the order in which they stand for a directory."""
PROJECT = ".csproj"

# Project("{kind}") = "name", "path", "{id}": of a folder the path is its name.
_ENTRY = re.compile(r'^\s*Project\("\{[^"]*\}"\)\s*=\s*"[^"]*",\s*"([^"]+)"', re.MULTILINE)


def is_solution(path: str) -> bool:
    """Tell whether a path is a solution's, by its ending."""
    return path.lower().endswith(SUFFIXES)


def members(tree: Tree, manifest: str) -> tuple[str, ...]:
    """Return the C# projects of a solution that are in the tree, as paths below forge's root.

    Raises `ConfigurationError` where the solution can't be read.
    """
    named = _of_slnx if manifest.lower().endswith(".slnx") else _of_sln
    directory = posixpath.dirname(manifest)
    paths = (
        posixpath.normpath(posixpath.join(directory, path.replace("\\", "/")))
        for path in named(tree, manifest)
    )
    own = (path for path in paths if path.endswith(PROJECT) and tree.has(path))
    return tuple(dict.fromkeys(own))


def _of_sln(tree: Tree, manifest: str) -> Iterator[str]:
    yield from _ENTRY.findall(decoded(read(tree, manifest)))


def _of_slnx(tree: Tree, manifest: str) -> Iterator[str]:
    for element in read_xml(tree, manifest).iter("Project"):
        yield element.get("Path", "")


def owner(tree: Tree, manifest: str) -> str:
    """Return the solution that owns a project, or every project of a solution, "" for none.

    Of several it is the uppermost; one where no product stands (samples) owns nothing.
    """
    wanted = {manifest} if not is_solution(manifest) else set(members(tree, manifest))
    if not wanted:
        return ""
    for path in _solutions(tree):
        if path == manifest:
            return ""
        if wanted <= set(members(tree, path)):
            return path
    return ""


def _solutions(tree: Tree) -> list[str]:
    """Return the solutions in the order in which forge looks at manifests."""
    found = [path for path in tree.files if is_solution(path) and unproductive_part(path) is None]

    def place(path: str) -> tuple[int, str, int]:
        suffix = SUFFIXES.index(PurePosixPath(path).suffix.lower())
        return len(PurePosixPath(path).parts), posixpath.dirname(path), suffix

    return sorted(found, key=place)
