"""How far the packages of a repository reach, and which of their files ship."""

import posixpath
from collections.abc import Mapping

from pytest_forge.conventions import unproductive_part
from pytest_forge.projects import Tree
from pytest_forge.toolchains.reading import decoded, read
from pytest_forge.toolchains.rust import doctests
from pytest_forge.toolchains.rust.manifest import NAME
from pytest_forge.toolchains.rust.packages import Package

_BUILD_TREE = "target/"


def files_by_package(tree: Tree) -> Mapping[str, frozenset[str]]:
    """Return each directory with a manifest, and the files of its own, relative to it.

    A file belongs to the nearest manifest above it, as for `cargo package`. Build trees that git
    does not ignore are left out.
    """
    manifests = (path for path in tree.files if posixpath.basename(path) == NAME)
    owned: dict[str, list[str]] = {posixpath.dirname(path) or ".": [] for path in manifests}
    owners: dict[str, str] = {}
    for path in tree.files:
        owner = _owner(posixpath.dirname(path), owned, owners)
        own = path.removeprefix(f"{owner}/")
        if owner and not own.startswith(_BUILD_TREE):
            owned[owner].append(own)
    return {place: frozenset(files) for place, files in owned.items()}


def _owner(directory: str, owned: Mapping[str, object], known: dict[str, str]) -> str:
    """Return the nearest of the `owned` directories upwards, "" for none; `known` is filled."""
    place = directory or "."
    if place not in known:
        above = "" if place == "." else _owner(posixpath.dirname(place), owned, known)
        known[place] = place if place in owned else above
    return known[place]


def rust_files(package: Package) -> tuple[str, ...]:
    """Return all Rust files of a package, relative to it."""
    return tuple(sorted(path for path in package.files if path.endswith(".rs")))


def shipped_files(package: Package) -> tuple[str, ...]:
    """Return the Rust files that ship: no tests, benchmarks, examples, helpers, no build script."""
    build = package.manifest.table("package").get("build")
    stated = [target.path for target in package.targets.tests]
    apart = {str(build) if isinstance(build, str) else "build.rs", *stated}
    return tuple(path for path in rust_files(package) if path not in apart and _ships(path))


def _ships(path: str) -> bool:
    first, slash, _ = path.partition("/")
    return not slash or unproductive_part(f"{first}/_") is None


def has_doc_tests(tree: Tree, package: Package) -> bool:
    """Tell whether the documentation of a package's library holds tests."""
    library = package.targets.library
    if library is None or not library.doc_tested:
        return False
    programs = {target.path for target in package.targets.binaries}
    place = posixpath.dirname(library.path)
    files = (path for path in shipped_files(package) if path not in programs)
    return any(_holds_doc_tests(tree, package, path) for path in files if _below(path, place))


def _holds_doc_tests(tree: Tree, package: Package, path: str) -> bool:
    here = package.manifest.place(path)
    code = decoded(read(tree, here))
    texts = (posixpath.join(posixpath.dirname(here), name) for name in doctests.included(code))
    return doctests.holds_doc_tests(code) or any(_is_tested(tree, text) for text in texts)


def _is_tested(tree: Tree, path: str) -> bool:
    place = tree.root / path
    return place.is_file() and doctests.holds_tests(decoded(place.read_bytes()))


def _below(path: str, directory: str) -> bool:
    return not directory or path.startswith(f"{directory}/")
