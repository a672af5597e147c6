"""The projects of a repository, found by their manifests; what was passed over, and why."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from pytest_forge.conventions import unproductive_part
from pytest_forge.globs import fits, parents
from pytest_forge.listing import list_tree
from pytest_forge.projects import Project, Tree
from pytest_forge.results import PassedOver
from pytest_forge.settings import Settings
from pytest_forge.toolchains.declarations import Toolchain

__all__ = ["Discovery", "find_projects", "list_tree", "project_at", "split_excluded"]


@dataclass(frozen=True)
class Discovery:
    """The projects (the root's first, then by path), the other manifests, and what `exclude` took.

    `excluded` names files, and directories (with a slash behind) of which nothing is left.
    """

    projects: tuple[Project, ...]
    passed_over: tuple[PassedOver, ...]
    excluded: tuple[str, ...]


def find_projects(
    tree: Tree,
    settings: Settings,
    toolchains: Sequence[Toolchain],
    asked: Sequence[str] = (),
) -> Discovery:
    """Find the projects of `tree`.

    A manifest below a directory that by convention holds no product counts only if an `include`
    glob fits it or a directory above it, or if it or its directory is one of `asked`, the paths
    that the user typed (relative to the root). Raises `ConfigurationError` for a manifest that
    can't be read.
    """
    kept, excluded = split_excluded(tree, settings.exclude)
    included = (path for path in kept.files if fits(path, settings.include))
    kept = replace(kept, included=frozenset(included))
    projects: list[Project] = []
    reasons: dict[str, str] = {}
    for toolchain in toolchains:
        found, passed_over = _of_toolchain(kept, toolchain, asked)
        projects += found
        reasons |= passed_over
    # Two languages may share a manifest's name; what is a project of one was not passed over.
    names = {project.manifest for project in projects}
    return Discovery(
        projects=tuple(sorted(projects, key=lambda one: _place(one.manifest))),
        passed_over=tuple(
            PassedOver(path, reasons[path])
            for path in sorted(reasons, key=_place)
            if path not in names
        ),
        excluded=excluded,
    )


def project_at(path: str, projects: Iterable[Project]) -> tuple[Project, ...]:
    """Return the projects that `path` (relative to forge's root) means.

    A manifest means its project, a directory that holds projects means them all, and any other
    path inside a project means that project (one for each language of the directory).
    """
    path = PurePosixPath(path).as_posix()
    projects = tuple(projects)
    exact = tuple(project for project in projects if project.manifest == path)
    held = tuple(project for project in projects if _holds(path, project.directory))
    return exact or held or _innermost_around(path, projects)


def _innermost_around(path: str, projects: Iterable[Project]) -> tuple[Project, ...]:
    around = [project for project in projects if _holds(project.directory, path)]
    deepest = max((_depth(project.directory) for project in around), default=0)
    return tuple(project for project in around if _depth(project.directory) == deepest)


def split_excluded(tree: Tree, globs: Sequence[str]) -> tuple[Tree, tuple[str, ...]]:
    """Return the tree without what `globs` take out, and names of what they took.

    A glob that fits a directory takes all that is below it.
    """
    gone = {path for path in tree.files if fits(path, globs)}
    if not gone:
        return tree, ()
    left = tuple(path for path in tree.files if path not in gone)
    alive = {parent for path in left for parent in parents(path)}
    names = {_outermost_gone(path, alive) for path in gone}
    return replace(tree, files=left), tuple(sorted(names))


def _outermost_gone(path: str, alive: Collection[str]) -> str:
    """Return the outermost directory around `path` that is not `alive`, else `path` itself."""
    gone = (f"{parent}/" for parent in reversed(parents(path)) if parent not in alive)
    return next(gone, path)


def _of_toolchain(
    tree: Tree, toolchain: Toolchain, asked: Sequence[str]
) -> tuple[list[Project], dict[str, str]]:
    projects: list[Project] = []
    reasons: dict[str, str] = {}
    taken: dict[str, str] = {}
    owners: dict[str, str] = {}
    for manifest in _manifests(tree, toolchain):
        directory = str(PurePosixPath(manifest).parent)
        if manifest in owners:
            reasons[manifest] = f"a member of the workspace in {owners[manifest]}, which owns it"
        elif directory in taken:
            reasons[manifest] = f"{taken[directory]} stands for its directory"
        elif reason := _by_convention(tree, manifest, toolchain, asked):
            reasons[manifest] = reason
        else:
            found = toolchain.inspect(tree, manifest)
            if isinstance(found, str):
                reasons[manifest] = found
                continue
            projects.append(found)
            taken[directory] = manifest
            owners |= dict.fromkeys(found.members, manifest)
    return projects, reasons


def _manifests(tree: Tree, toolchain: Toolchain) -> list[str]:
    """Return the manifests, upper directories first, then in the order of the patterns."""

    def rank(path: str) -> int | None:
        name = PurePosixPath(path).name
        fitting = (
            number
            for number, pattern in enumerate(toolchain.manifests)
            if fnmatchcase(name, pattern)
        )
        return next(fitting, None)

    ranked = [(path, number) for path in tree.files if (number := rank(path)) is not None]
    ranked.sort(key=lambda one: (_depth(one[0]), str(PurePosixPath(one[0]).parent), one[1]))
    return [path for path, _ in ranked]


def _by_convention(tree: Tree, manifest: str, toolchain: Toolchain, asked: Sequence[str]) -> str:
    part = unproductive_part(manifest, toolchain.unproductive)
    directory = str(PurePosixPath(manifest).parent)
    wanted = {PurePosixPath(path).as_posix() for path in asked}
    if part is None or manifest in tree.included or {manifest, directory} & wanted:
        return ""
    return f'below "{part}", which by convention holds no product; `include` brings it back'


def _holds(directory: str, path: str) -> bool:
    return directory in (".", path) or path.startswith(f"{directory}/")


def _depth(path: str) -> int:
    return len(PurePosixPath(path).parts)


def _place(manifest: str) -> tuple[bool, str]:
    return ("/" in manifest, manifest)
