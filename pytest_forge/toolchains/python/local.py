"""What a Python project takes from directories beside it, by the forms that installers read."""

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from pytest_forge.toolchains.python.declared import Declared
from pytest_forge.toolchains.reading import strings

# hatch: `name @ {root:uri}/../core`; PDM: `name @ file:///${PROJECT_ROOT}/../core`.
_ROOTED = re.compile(r"@\s*(?:\{root:uri\}|file:/*\$\{PROJECT_ROOT\})/([^\s;#]+)")
# pip, in a file of requirements: `-e ../core[extra]`, `../core`, `file:../core`.
_REQUIRED = re.compile(r"\s*(?:(?:-e|--editable)[\s=]+)?(?:file:)?(\.{1,2}/[^\s;#\[]*)")


def path_dependencies(declared: Declared) -> tuple[str, ...]:
    """Return the paths, relative to the project, that its manifest or its requirements name.

    They are those of uv's `sources`, of Poetry's dependencies, of direct references, and of files
    of requirements; that of a wheel or of a directory alike.
    """
    tables = (
        declared.table("tool", "uv", "sources"),
        declared.table("tool", "poetry", "dependencies"),
        declared.table("tool", "poetry", "dev-dependencies"),
        *_groups(declared),
    )
    found = [path for table in tables for path in _paths(table)]
    found += [one[1] for text in _requirements(declared) if (one := _ROOTED.search(text))]
    found += [one[1] for text in _lines(declared) if (one := _REQUIRED.match(text))]
    return tuple(dict.fromkeys(found))


def _groups(declared: Declared) -> Iterator[Mapping[str, object]]:
    for group in declared.table("tool", "poetry", "group").values():
        dependencies = group.get("dependencies") if isinstance(group, Mapping) else None
        if isinstance(dependencies, Mapping):
            yield dependencies


def _paths(table: Mapping[str, object]) -> Iterator[str]:
    """Yield the paths of a table of dependencies; one may be a list with a marker for each."""
    for stated in table.values():
        for one in stated if isinstance(stated, list) else [stated]:
            path = one.get("path") if isinstance(one, Mapping) else None
            if isinstance(path, str):
                yield path


def _requirements(declared: Declared) -> Iterator[str]:
    yield from strings(declared.table("project").get("dependencies"))
    for table in (
        declared.table("project", "optional-dependencies"),
        declared.table("dependency-groups"),
    ):
        for stated in table.values():
            yield from strings(stated)


def _lines(declared: Declared) -> Iterator[str]:
    for path in declared.tree.below(declared.directory):
        name = path.rpartition("/")[2]
        if path == declared.path(name) and fnmatchcase(name, "*requirements*.txt"):
            yield from declared.text(name).splitlines()
