"""How far a Python project reaches: its own files, and the members of its workspace."""

import re
from collections.abc import Iterator

from pytest_forge.conventions import unproductive_part
from pytest_forge.globs import matches
from pytest_forge.toolchains.python.declared import Declared, setup_script
from pytest_forge.toolchains.reading import strings

_PROJECT_TABLES = re.compile(rb"^\s*\[(?:project|build-system|tool\.poetry)\]", re.MULTILINE)


def members(declared: Declared) -> tuple[str, ...]:
    """Return the manifests that a uv workspace names, relative to forge's root."""
    workspace = declared.table("tool", "uv", "workspace")
    wanted, refused = strings(workspace.get("members")), strings(workspace.get("exclude"))
    found = []
    for path in declared.tree.below(declared.directory):
        place = relative(path, declared.directory)
        directory, _, name = place.rpartition("/")
        asked = _fits(directory, wanted) and not _fits(directory, refused)
        if name == "pyproject.toml" and directory and asked:
            found.append(path)
    return tuple(found)


def _fits(directory: str, globs: tuple[str, ...]) -> bool:
    return any(matches(glob.rstrip("/"), directory) for glob in globs)


def own_files(declared: Declared) -> frozenset[str]:
    """Return the project's files, relative to it, without those of projects below it."""
    files = declared.tree.below(declared.directory)
    nested = tuple(f"{place}/" for place in _nested(declared, files))
    paths = (relative(path, declared.directory) for path in files)
    return frozenset(path for path in paths if not path.startswith(nested))


def _nested(declared: Declared, files: tuple[str, ...]) -> Iterator[str]:
    for path in files:
        directory, _, name = relative(path, declared.directory).rpartition("/")
        if not directory or name not in ("pyproject.toml", "setup.py"):
            continue
        if unproductive_part(f"{directory}/{name}") is None and _declares_project(declared, path):
            yield directory


def _declares_project(declared: Declared, path: str) -> bool:
    data = declared.tree.read(path)
    if path.endswith(".py"):
        return setup_script(data) is not None
    return _PROJECT_TABLES.search(data) is not None


def relative(path: str, directory: str) -> str:
    """Return a path from forge's root as one from `directory`, which holds it."""
    return path if directory == "." else path.removeprefix(f"{directory}/")
