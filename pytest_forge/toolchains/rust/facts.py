"""The facts of packages: of all of a project's together, or of a published member alone."""

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain

from pytest_forge.projects import FactValue, Tree
from pytest_forge.toolchains.rust.extent import has_doc_tests, rust_files, shipped_files
from pytest_forge.toolchains.rust.manifest import Manifest
from pytest_forge.toolchains.rust.packages import Package, path_dependencies


def package_facts(
    tree: Tree, root: Manifest, packages: Sequence[Package], own: Collection[str]
) -> dict[str, FactValue]:
    """Return the facts of `packages`, with paths relative to the directory of `root`.

    `own` are the directories of the whole project's packages. For the facts see `inspect`.
    """
    version, files = _version(root, packages)
    products = [one for one in packages if one.is_product]
    return {
        "packages": tuple(one.name for one in packages),
        "libraries": tuple(one.name for one in comparable(packages)),
        "has_lib": any(one.targets.library for one in packages),
        "has_bin": any(one.targets.binaries for one in packages),
        "version": version,
        "version_files": _relative(root, files),
        "rust_version": max((one.rust_version for one in packages), key=_order),
        "integration_tests": _integration_tests(packages),
        "doc_tests": any(has_doc_tests(tree, one) for one in packages),
        "rs_files": _relative(root, _placed(packages, rust_files)),
        "sources": _relative(root, _placed(products, shipped_files)),
        "path_dependencies": _relative(root, _paths(packages, root)),
        "dependencies": _dependencies(packages, own),
    }


def _integration_tests(packages: Iterable[Package]) -> tuple[str, ...]:
    tests = chain.from_iterable(one.targets.tests for one in packages)
    return _unique(test.name for test in tests if test.tested)


def _dependencies(packages: Iterable[Package], own: Collection[str]) -> tuple[str, ...]:
    needs = chain.from_iterable(one.dependencies for one in packages)
    return _unique(needed.name for needed in needs if needed.directory not in own)


def comparable(packages: Iterable[Package]) -> list[Package]:
    """Return the published packages that have an API that can be compared."""
    return [one for one in packages if one.published and one.has_comparable_library]


def _version(root: Manifest, packages: Sequence[Package]) -> tuple[str, tuple[str, ...]]:
    """Return the one version of the packages and the files that hold it, "" where they differ."""
    own = [one for one in packages if one.manifest.path == root.path]
    stated = own or [one for one in packages if one.published]
    versions = {one.version for one in stated}
    if len(versions) != 1:
        return "", ()
    return versions.pop(), _unique(filter(None, (one.version_file for one in stated)))


def _placed(
    packages: Iterable[Package], files: Callable[[Package], Iterable[str]]
) -> Iterator[str]:
    for one in packages:
        yield from (one.manifest.place(path) for path in files(one))


def _paths(packages: Sequence[Package], root: Manifest) -> Iterator[str]:
    """Yield the directories of what the packages depend on, those of each other aside."""
    own = {one.directory for one in packages}
    for one in packages:
        yield from (path for path in path_dependencies(one.manifest, root) if path not in own)


def _relative(root: Manifest, paths: Iterable[str]) -> tuple[str, ...]:
    return _unique(posixpath.relpath(path, root.directory) for path in paths)


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
