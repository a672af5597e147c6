"""C# projects: solutions that own their projects, and projects that no solution owns."""

import posixpath
from collections.abc import Iterable, Sequence

from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.toolchains.csharp import extent, kinds
from pytest_forge.toolchains.csharp.msbuild import Stated, nearest, read_json, read_project
from pytest_forge.toolchains.csharp.solution import is_solution, members, owner

MANIFESTS = ("*.slnx", "*.sln", "*.csproj")
"""File name patterns, in the order in which they stand for a directory."""

_NO_PACKAGE = "it is released as no package: every project is a test, a sample or not packable"
_NO_API = "it releases programs alone, whose API nobody uses"
_CHECK = "package-validation"


def inspect(tree: Tree, manifest: str) -> Project | str:
    """Return the project that `manifest` declares, or the reason why it declares none.

    Raises `ConfigurationError` for a file that can't be read. The facts, all paths relative to the
    project's directory:

    - `solution`: the manifest's own name, as commands take it; `projects`: every C# project that it
      owns; `names`: their names.
    - `test_projects`: those that hold tests, benchmarks aside; `unit_projects`: those of them whose
      unit tests are run; `filtered_projects`: those of these with tests that are marked as
      integration tests, `plain_projects`: the others; `integration_projects`: those that hold
      nothing else, by their names;
      `benchmark_projects`: those that measure speed.
    - `packages`: the names of the packages that are released; `package_project`: of a published
      project the path of the one that makes it.
    - `version`, `version_files`: the one that all packages have; `version_from_vcs`: the packages
      take it from git.
    - `cs_files`: its own C# files, those that are written by nobody (`generated`) included;
      `test_files`: those of tests and benchmarks; `sources`: the others that somebody has written.
    - `sdk`: the version of the SDK that global.json names, in the nearest directory that has one.
    - `locked`: packages.lock.json stands beside some project; `central`: the package versions stand
      in Directory.Packages.props; `settings_files`: what decides a restore beside the projects.
    - `dependencies`: names of packages that are referred to; `path_dependencies`: directories of
      projects outside.
    """
    reason = _refused_by_owner(tree, manifest)
    if reason:
        return reason
    paths = members(tree, manifest) if is_solution(manifest) else (manifest,)
    stated = [read_project(tree, path) for path in paths]
    built = [one for one in stated if not kinds.refusal(one)]
    if not built:
        return kinds.refusal(stated[0]) if stated else "it owns no C# project"
    directory = posixpath.dirname(manifest)
    published = [one for one in built if kinds.is_packed(one, directory)]
    return Project(
        manifest=manifest,
        language="csharp",
        name=posixpath.basename(manifest).rpartition(".")[0],
        facts=_facts(tree, manifest, built, published),
        exempt=_exempt(published),
        members=() if not is_solution(manifest) else paths,
        published=tuple(_published(tree, manifest, one) for one in published),
    )


def declared_package(tree: Tree, manifest: str) -> str:
    """Return the name of the package that a project declares, "" for a solution."""
    if is_solution(manifest) or not manifest.endswith(".csproj"):
        return ""
    return kinds.package_id(read_project(tree, manifest))


def placed(project: Project, paths: Iterable[str]) -> tuple[str, ...]:
    """Return paths relative to a project's directory as paths below forge's root."""
    return tuple(posixpath.normpath(posixpath.join(project.directory, path)) for path in paths)


def _refused_by_owner(tree: Tree, manifest: str) -> str:
    above = owner(tree, manifest)
    if not above:
        return ""
    if is_solution(manifest):
        return f"{above} holds all of its projects"
    return f"a member of the solution {above}, which owns it"


def _published(tree: Tree, manifest: str, one: Stated) -> Project:
    """Return a package's own project; a solution that has only this one is not told apart."""
    facts = _facts(tree, one.path, [one], [one])
    place = _relative(posixpath.dirname(manifest), [one.path])[0]
    return Project(
        manifest=one.path,
        language="csharp",
        name=kinds.package_id(one),
        facts={**facts, "package_project": place},
        exempt=_exempt([one]),
    )


def _facts(
    tree: Tree, manifest: str, built: Sequence[Stated], published: Sequence[Stated]
) -> dict[str, FactValue]:
    directory = posixpath.dirname(manifest)
    return {
        "solution": posixpath.basename(manifest),
        "projects": _relative(directory, [one.path for one in built]),
        "names": tuple(one.name for one in built),
        "packages": tuple(kinds.package_id(one) for one in published),
        **_tests(tree, directory, built),
        **_version(directory, published or built),
        **_files(tree, directory, built),
        **_restored(tree, directory, built),
    }


def _tests(tree: Tree, directory: str, built: Sequence[Stated]) -> dict[str, FactValue]:
    benchmarks = [one for one in built if kinds.is_benchmark(one)]
    tests = [one for one in built if kinds.is_test(one) and one not in benchmarks]
    integration = [one for one in tests if kinds.is_integration(one)]
    unit = [one for one in tests if one not in integration]
    filtered = [one for one in unit if kinds.has_integration_traits(tree, one)]
    named = {
        "test_projects": tests,
        "unit_projects": unit,
        "plain_projects": [one for one in unit if one not in filtered],
        "filtered_projects": filtered,
        "integration_projects": integration,
        "benchmark_projects": benchmarks,
    }
    return {
        name: _relative(directory, [one.path for one in found]) for name, found in named.items()
    }


def _version(directory: str, released: Iterable[Stated]) -> dict[str, FactValue]:
    """Return the one version of all packages; where they differ, none."""
    every = list(released)
    stated = {kinds.version(one) for one in every}
    versions = {version for version, _ in stated if version}
    files = [file for version, file in stated if version] if len(versions) == 1 else []
    return {
        "version": versions.pop() if len(versions) == 1 else "",
        "version_files": _relative(directory, sorted(files)),
        "version_from_vcs": any(kinds.takes_version_from_git(one) for one in every),
    }


def _files(tree: Tree, directory: str, built: Sequence[Stated]) -> dict[str, FactValue]:
    every = extent.sources(tree, built)
    shipping = [one for one in built if kinds.is_product(one, directory)]
    shipped = set(extent.sources(tree, shipping))
    by_nobody = extent.generated(tree, every)
    return {
        "cs_files": _relative(directory, every),
        "generated": _relative(directory, by_nobody),
        "test_files": _relative(directory, [path for path in every if path not in shipped]),
        "sources": _relative(
            directory, [path for path in every if path in shipped and path not in by_nobody]
        ),
    }


def _restored(tree: Tree, directory: str, built: Sequence[Stated]) -> dict[str, FactValue]:
    names = ("global.json", "nuget.config", "Directory.Packages.props")
    found = {name: nearest(tree, directory, name) for name in names}
    read = dict.fromkeys(path for one in built for path in one.files)
    locks = [posixpath.join(_bare(one.directory), "packages.lock.json") for one in built]
    sdk = read_json(tree, found["global.json"]).get("sdk", {}) if found["global.json"] else {}
    own = {one.path for one in built}
    outside = (path for one in built for path in one.references if path not in own)
    return {
        "sdk": str(sdk.get("version", "")) if isinstance(sdk, dict) else "",
        "central": bool(found["Directory.Packages.props"]),
        "locked": any(map(tree.has, locks)),
        "settings_files": _relative(
            directory, [*filter(None, found.values()), *read, *filter(tree.has, locks)]
        ),
        "dependencies": tuple(dict.fromkeys(name for one in built for name in one.packages)),
        "path_dependencies": tuple(
            dict.fromkeys(_relative(directory, map(posixpath.dirname, outside)))
        ),
    }


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


def _relative(directory: str, paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(posixpath.relpath(path or ".", directory or ".") for path in paths)


def _bare(directory: str) -> str:
    return "" if directory == "." else directory
