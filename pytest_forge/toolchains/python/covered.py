"""Which files of a Python project its unit tests should reach, as coverage.py is told."""

import posixpath
from collections.abc import Mapping
from typing import Any

from pytest_forge.globs import matches
from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.python.declared import Declared
from pytest_forge.toolchains.reading import strings

OMITTED = "coverage_omitted"
"""The fact with the globs, relative to the project, that its settings leave out of coverage."""


def omitted(declared: Declared) -> tuple[str, ...]:
    """Return the globs of `omit`, in the sections `run` and `report` of the file that counts.

    coverage.py reads the first of .coveragerc, setup.cfg, tox.ini and pyproject.toml that speaks of
    it. As it does, a glob without a slash, or with `*/` in front, is taken to fit anywhere.
    """
    sections = _sections(declared)
    globs = (glob for section in sections for glob in _globs(section.get("omit", ())))
    return tuple(
        glob if "/" in glob and not glob.startswith("*/") else f"**/{glob.removeprefix('*/')}"
        for glob in globs
    )


def _sections(declared: Declared) -> tuple[Mapping[str, Any], ...]:
    for name, prefix in ((".coveragerc", ""), ("setup.cfg", "coverage:"), ("tox.ini", "coverage:")):
        parser = declared.ini(name)
        speaks = any(one.startswith(prefix) for one in parser.sections())
        if speaks or (not prefix and declared.has(name)):
            sections = {one: dict(parser[one]) for one in parser.sections()}
            return _chosen(sections, f"{prefix}run", f"{prefix}report")
    return _chosen(declared.table("tool", "coverage"), "run", "report")


def _chosen(settings: Mapping[str, Any], *names: str) -> tuple[Mapping[str, Any], ...]:
    tables = (settings.get(name) for name in names)
    return tuple(one for one in tables if isinstance(one, Mapping))


def _globs(stated: object) -> tuple[str, ...]:
    if isinstance(stated, str):
        return tuple(stated.replace(",", "\n").split())
    return strings(stated)


def is_code(project: Project, tree: Tree, path: str) -> bool:
    """Tell whether a file ships, and is not left out of coverage by the project's own settings."""
    own = posixpath.relpath(path, project.directory)
    ships = any(own == one or own.startswith(f"{one}/") for one in project.words("sources"))
    left_out = any(matches(glob, own) for glob in project.words(OMITTED))
    return ships and not left_out and own in project.words("py_files")
