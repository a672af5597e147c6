"""Which files are OpenAPI documents, and to which project each belongs."""

import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from pytest_forge.conventions import unproductive_part
from pytest_forge.projects import Project, Tree

DOCUMENTS = "openapi"
"""The fact of the repository that names its documents, those of the last release included."""

_NAME = re.compile(r"(?:.*[._/-])?(?:openapi|swagger|api-?docs?)(?:[._/-].*)?", re.IGNORECASE)
_SUFFIXES = (".yaml", ".yml", ".json")
_KEY = re.compile(
    rb"""(?:^|[{,]\s{0,99})"(?:openapi|swagger)"\s{0,9}:\s{0,9}"[23]\.\d"""
    rb"""|^\s{1,99}"(?:openapi|swagger)"\s{0,9}:\s{0,9}"[23]\.\d"""
    rb"""|^['"]?(?:openapi|swagger)['"]?\s{0,9}:\s{0,9}['"]?[23]\.\d""",
    re.MULTILINE,
)


def documents(tree: Tree) -> tuple[str, ...]:
    """Return the OpenAPI and Swagger documents of a repository.

    They are YAML or JSON files with `openapi`, `swagger` or `api-docs` in their paths that state a
    version of either. Like manifests they don't count below directories that by convention hold no
    product, unless an `include` glob fits.
    """
    return tuple(
        path
        for path in tree.files
        if is_named_so(path)
        and (path in tree.included or not unproductive_part(path))
        and states_version(tree.read(path))
    )


def is_named_so(path: str) -> bool:
    """Tell whether a path is one that such a document would have."""
    name = str(PurePosixPath(path).with_suffix(""))
    return path.lower().endswith(_SUFFIXES) and _NAME.fullmatch(name) is not None


def states_version(content: bytes) -> bool:
    """Tell whether a file's content states a version of OpenAPI or Swagger."""
    return _KEY.search(content) is not None


def owner_of(own: Project, projects: Iterable[Project], document: str) -> Project:
    """Return the innermost project around a document, the repository itself where there is none."""
    around = [
        one
        for project in projects
        for one in project.released
        if one.directory == "." or document.startswith(f"{one.directory}/")
    ]
    return max(around, key=lambda one: len(Path(one.directory).parts), default=own)
