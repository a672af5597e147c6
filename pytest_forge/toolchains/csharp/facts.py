"""The facts of a C# project, as its files state them: what commands and checks go by."""

import posixpath
from collections.abc import Callable, Iterable, Sequence

from pytest_forge.projects import FactValue, Tree
from pytest_forge.toolchains.csharp import extent, kinds
from pytest_forge.toolchains.csharp.msbuild import Stated, nearest, read_json

_SETTINGS = ("global.json", "nuget.config", "Directory.Packages.props")


def facts(
    tree: Tree, manifest: str, built: Sequence[Stated], published: Sequence[Stated]
) -> dict[str, FactValue]:
    """Return the facts of what a manifest owns; all paths are relative to the manifest's directory.

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
    - `metrics_files`: the project's own CodeMetricsConfig.txt, unless it tells of every function.
    - `dependencies`: names of packages that are referred to; `path_dependencies`: directories of
      projects outside.
    """
    directory = posixpath.dirname(manifest)
    return {
        "solution": posixpath.basename(manifest),
        "projects": _paths(directory, built),
        "names": tuple(one.name for one in built),
        "packages": tuple(kinds.package_id(one) for one in published),
        **_tests(tree, directory, built),
        **_version(directory, published or built),
        **_files(tree, directory, built),
        **_restored(tree, directory, built),
        "metrics_files": relative(directory, extent.own_metrics(tree)),
    }


def _tests(tree: Tree, directory: str, built: Sequence[Stated]) -> dict[str, FactValue]:
    benchmarks, others = _parted(built, kinds.is_benchmark)
    tests, _ = _parted(others, kinds.is_test)
    integration, unit = _parted(tests, kinds.is_integration)
    filtered, plain = _parted(unit, lambda one: kinds.has_integration_traits(tree, one))
    named = {
        "test_projects": tests,
        "unit_projects": unit,
        "plain_projects": plain,
        "filtered_projects": filtered,
        "integration_projects": integration,
        "benchmark_projects": benchmarks,
    }
    return {name: _paths(directory, found) for name, found in named.items()}


def _parted(
    projects: Sequence[Stated], is_one: Callable[[Stated], bool]
) -> tuple[list[Stated], list[Stated]]:
    """Return the projects that are of a kind, and the others."""
    found = [one for one in projects if is_one(one)]
    return found, [one for one in projects if one not in found]


def _paths(directory: str, projects: Iterable[Stated]) -> tuple[str, ...]:
    return relative(directory, [one.path for one in projects])


def _version(directory: str, released: Iterable[Stated]) -> dict[str, FactValue]:
    """Return the one version of all packages; where they differ, none."""
    every = list(released)
    stated = {kinds.version(one) for one in every}
    versions = {version for version, _ in stated if version}
    files = [file for version, file in stated if version] if len(versions) == 1 else []
    return {
        "version": versions.pop() if len(versions) == 1 else "",
        "version_files": relative(directory, sorted(files)),
        "version_from_vcs": any(kinds.takes_version_from_git(one) for one in every),
    }


def _files(tree: Tree, directory: str, built: Sequence[Stated]) -> dict[str, FactValue]:
    every = extent.sources(tree, built)
    shipping = [one for one in built if kinds.is_product(one, directory)]
    shipped = set(extent.sources(tree, shipping))
    by_nobody = extent.generated(tree, every)
    return {
        "cs_files": relative(directory, every),
        "generated": relative(directory, by_nobody),
        "test_files": relative(directory, [path for path in every if path not in shipped]),
        "sources": relative(
            directory, [path for path in every if path in shipped and path not in by_nobody]
        ),
    }


def _restored(tree: Tree, directory: str, built: Sequence[Stated]) -> dict[str, FactValue]:
    found = {name: nearest(tree, directory, name) for name in _SETTINGS}
    read = dict.fromkeys(path for one in built for path in one.files)
    locks = [posixpath.join(_bare(one.directory), "packages.lock.json") for one in built]
    there = [path for path in locks if tree.has(path)]
    return {
        "sdk": _sdk(tree, found["global.json"]),
        "central": bool(found["Directory.Packages.props"]),
        "locked": bool(there),
        "settings_files": relative(directory, [*filter(None, found.values()), *read, *there]),
        "dependencies": tuple(dict.fromkeys(name for one in built for name in one.packages)),
        "path_dependencies": _outside(directory, built),
    }


def _sdk(tree: Tree, path: str) -> str:
    """Return the version of the SDK that a global.json names, "" for none."""
    named = read_json(tree, path).get("sdk", {}) if path else {}
    return str(named.get("version", "")) if isinstance(named, dict) else ""


def _outside(directory: str, built: Sequence[Stated]) -> tuple[str, ...]:
    """Return the directories of the projects that are referred to and not owned."""
    own = {one.path for one in built}
    outside = (path for one in built for path in one.references if path not in own)
    return tuple(dict.fromkeys(relative(directory, map(posixpath.dirname, outside))))


def relative(directory: str, paths: Iterable[str]) -> tuple[str, ...]:
    """Return paths below forge's root as paths relative to a directory."""
    return tuple(posixpath.relpath(path or ".", directory or ".") for path in paths)


def _bare(directory: str) -> str:
    return "" if directory == "." else directory
