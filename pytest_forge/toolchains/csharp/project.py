"""C# projects: solutions that own their projects, and projects that no solution owns."""

import posixpath
from collections.abc import Sequence

from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.csharp import kinds
from pytest_forge.toolchains.csharp.facts import facts, relative
from pytest_forge.toolchains.csharp.msbuild import Stated, read_project
from pytest_forge.toolchains.csharp.solution import is_solution, members, owner

MANIFESTS = ("*.slnx", "*.sln", "*.csproj")
"""File name patterns, in the order in which they stand for a directory."""

_NO_PACKAGE = "it is released as no package: every project is a test, a sample or not packable"
_NO_API = "it releases programs alone, whose API nobody uses"
_CHECK = "package-validation"


def inspect(tree: Tree, manifest: str) -> Project | str:
    """Return the project that `manifest` declares, or the reason why it declares none.

    Its facts are those of `facts.facts`. Raises `ConfigurationError` for a file that can't be read.
    """
    reason = _refused_by_owner(tree, manifest)
    if reason:
        return reason
    paths = members(tree, manifest) if is_solution(manifest) else (manifest,)
    stated = [read_project(tree, path) for path in paths]
    built = [one for one in stated if not kinds.refusal(one)]
    if not built:
        return kinds.refusal(stated[0]) if stated else "it owns no C# project"
    return _project(tree, manifest, built, members=paths if is_solution(manifest) else ())


def _project(
    tree: Tree, manifest: str, built: Sequence[Stated], members: tuple[str, ...]
) -> Project:
    directory = posixpath.dirname(manifest)
    published = [one for one in built if kinds.is_packed(one, directory)]
    return Project(
        manifest=manifest,
        language="csharp",
        name=posixpath.basename(manifest).rpartition(".")[0],
        facts=facts(tree, manifest, built, published),
        exempt=_exempt(published),
        members=members,
        published=tuple(_published(tree, manifest, one) for one in published),
    )


def declared_package(tree: Tree, manifest: str) -> str:
    """Return the name of the package that a project declares, "" for a solution."""
    if is_solution(manifest) or not manifest.endswith(".csproj"):
        return ""
    return kinds.package_id(read_project(tree, manifest))


def _refused_by_owner(tree: Tree, manifest: str) -> str:
    above = owner(tree, manifest)
    if not above:
        return ""
    if is_solution(manifest):
        return f"{above} holds all of its projects"
    return f"a member of the solution {above}, which owns it"


def _published(tree: Tree, manifest: str, one: Stated) -> Project:
    """Return a package's own project; a solution that has only this one is not told apart."""
    own = facts(tree, one.path, [one], [one])
    (place,) = relative(posixpath.dirname(manifest), [one.path])
    return Project(
        manifest=one.path,
        language="csharp",
        name=kinds.package_id(one),
        facts={**own, "package_project": place},
        exempt=_exempt([one]),
    )


def _exempt(published: Sequence[Stated]) -> dict[str, str]:
    """Return what cannot apply by nature, with the reason."""
    if not published:
        return {"breaking-changes": _NO_PACKAGE}
    if not any(map(kinds.has_api, published)):
        return {"breaking-changes": _NO_API}
    return {
        f"breaking-changes::{_CHECK}[{kinds.package_id(one)}]": "it is a program, no library"
        for one in published
        if not kinds.has_api(one)
    }
