"""The members of a workspace: what package.json or pnpm-workspace.yaml names."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

import yaml

from pytest_forge.conventions import unproductive_part
from pytest_forge.errors import ConfigurationError
from pytest_forge.globs import matches
from pytest_forge.projects import Tree
from pytest_forge.toolchains.reading import decoded, read, strings
from pytest_forge.toolchains.typescript.packagefile import PackageFile, read_package

PNPM_WORKSPACE = "pnpm-workspace.yaml"


def join(directory: str, path: str) -> str:
    """Return `path` below `directory`, both POSIX ("." is the root)."""
    return str(PurePosixPath(directory) / path)


def relative(path: str, directory: str) -> str:
    """Return a path from forge's root as one from `directory`, which holds it."""
    return path if directory == "." else path.removeprefix(f"{directory}/")


def patterns(tree: Tree, package: PackageFile) -> tuple[str, ...]:
    """Return the patterns of members; pnpm reads them in its own file alone."""
    path = join(package.directory, PNPM_WORKSPACE)
    if not tree.has(path):
        return package.workspaces
    try:
        data: Any = yaml.safe_load(decoded(read(tree, path)))
    except yaml.YAMLError as error:
        words = " ".join(str(error).split())
        raise ConfigurationError(f"{path}: {words}; mend it, or `exclude` it") from error
    return strings(data.get("packages")) if isinstance(data, Mapping) else ()


def members(tree: Tree, package: PackageFile) -> tuple[PackageFile, ...]:
    """Return the members that have a package.json, in the order of their paths.

    A pattern behind `!` takes out what the others name. What stands in node_modules is nobody's.
    """
    wanted, refused = _sorted(patterns(tree, package))
    found = []
    for path in tree.below(package.directory) if wanted else ():
        place = _place_of_another(relative(path, package.directory))
        if place and _fits(place, wanted) and not _fits(place, refused):
            found.append(read_package(tree, path))
    return tuple(found)


def _sorted(stated: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the patterns that name members, and those behind `!` that take some out."""
    plain = [_plain(one) for one in stated]
    refused = [_plain(one[1:]) for one in plain if one.startswith("!")]
    return [one for one in plain if not one.startswith("!")], refused


def _place_of_another(path: str) -> str:
    """Return the directory of a package.json that stands below and was not installed, else ""."""
    directory, _, name = path.rpartition("/")
    is_another = name == "package.json" and "node_modules" not in directory.split("/")
    return directory if is_another else ""


def products(root: PackageFile, found: Iterable[PackageFile]) -> tuple[PackageFile, ...]:
    """Return those members that stand where products do (no playground, no example)."""
    return tuple(
        one for one in found if unproductive_part(relative(one.manifest, root.directory)) is None
    )


def _plain(pattern: str) -> str:
    return pattern.removeprefix("./").rstrip("/")


def _fits(directory: str, globs: Iterable[str]) -> bool:
    return any(matches(glob, directory) for glob in globs)
