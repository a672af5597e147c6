"""The targets of a package: what its manifest declares, and what cargo finds by itself.

The rules are those of "Cargo Targets" in the Cargo Book, checked against `cargo metadata`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pytest_forge.projects import Tree
from pytest_forge.toolchains.rust.manifest import Manifest

_FOUND = {
    "bin": re.compile(
        r"src/bin/(?P<file>[^/.][^/]*)\.rs|src/bin/(?P<directory>[^/.][^/]*)/main\.rs"
    ),
    "test": re.compile(r"tests/(?P<file>[^/.][^/]*)\.rs|tests/(?P<directory>[^/.][^/]*)/main\.rs"),
    "bench": re.compile(
        r"benches/(?P<file>[^/.][^/]*)\.rs|benches/(?P<directory>[^/.][^/]*)/main\.rs"
    ),
}
_AUTOMATIC = {"bin": "autobins", "test": "autotests", "bench": "autobenches"}
_DOC_TESTED = frozenset({"lib", "rlib", "proc-macro"})


@dataclass(frozen=True)
class Target:
    """One target: its name, its main file (relative to the package) and whether it is tested.

    `conditional` says that it is built only with features that it names.
    """

    name: str
    path: str
    tested: bool = True
    conditional: bool = False


@dataclass(frozen=True)
class Library:
    """The library of a package: its main file and its crate types.

    `doc_tested` says that its doc comments are run as tests.
    """

    path: str
    kinds: frozenset[str]
    doc_tested: bool

    @property
    def is_macro(self) -> bool:
        """Tell whether it holds procedural macros: these export nothing else."""
        return "proc-macro" in self.kinds


@dataclass(frozen=True)
class Targets:
    """What a package builds; `tests` are its integration tests, `benches` its benchmarks."""

    library: Library | None
    binaries: tuple[Target, ...]
    tests: tuple[Target, ...]
    benches: tuple[Target, ...] = ()


def find_targets(tree: Tree, manifest: Manifest, edition: str, files: frozenset[str]) -> Targets:
    """Return the targets of the package of `manifest`; `files` are relative to its directory."""
    name = manifest.text("package", "name")
    return Targets(
        library=_library(tree, manifest, files),
        binaries=tuple(_targets(manifest, edition, "bin", _binaries(tree, manifest, files, name))),
        tests=tuple(_targets(manifest, edition, "test", _found("test", files))),
        benches=tuple(_targets(manifest, edition, "bench", _found("bench", files))),
    )


def _library(tree: Tree, manifest: Manifest, files: frozenset[str]) -> Library | None:
    stated = manifest.table("lib")
    found = manifest.table("package").get("autolib") is not False
    path = str(stated.get("path", "src/lib.rs"))
    if not stated and not (found and _is_there(tree, manifest, files, path)):
        return None
    kinds = frozenset(_either(stated, "crate-type", ["lib"]))
    if _either(stated, "proc-macro", False):
        kinds = frozenset({"proc-macro"})
    tested = stated.get("doctest") is not False and bool(kinds & _DOC_TESTED)
    return Library(path, kinds, tested)


def _either(table: Mapping[str, Any], key: str, default: Any) -> Any:
    """Return a value whose key cargo also takes with an underscore."""
    return table.get(key, table.get(key.replace("-", "_"), default))


def _binaries(tree: Tree, manifest: Manifest, files: frozenset[str], name: str) -> Iterator[Target]:
    if _is_there(tree, manifest, files, "src/main.rs"):
        yield Target(name, "src/main.rs")
    yield from _found("bin", files)


def _found(kind: str, files: frozenset[str]) -> Iterator[Target]:
    for path in sorted(files):
        match = _FOUND[kind].fullmatch(path)
        if match:
            yield Target(match["file"] or match["directory"], path)


def _targets(
    manifest: Manifest, edition: str, kind: str, found: Iterator[Target]
) -> Iterator[Target]:
    """Return the targets of one kind, the stated ones first."""
    # The one that is found lends its path to the stated one of its name.
    by_name = {target.name: target for target in found}
    tables = manifest.tables(kind)
    stated = [_stated(table, by_name) for table in tables]
    yield from stated
    if not _looks_for_itself(manifest, edition, kind, bool(tables)):
        return
    taken = {target.name for target in stated} | {target.path for target in stated}
    for target in by_name.values():
        if not {target.name, target.path} & taken:
            yield target


def _stated(table: Mapping[str, Any], found: Mapping[str, Target]) -> Target:
    name = str(table.get("name", ""))
    path = found[name].path if name in found else ""
    conditional = bool(_either(table, "required-features", ()))
    tested = table.get("test") is not False
    return Target(name, str(table.get("path", path)), tested, conditional)


def _looks_for_itself(manifest: Manifest, edition: str, kind: str, stated: bool) -> bool:
    """Tell whether targets are found; in edition 2015 one that is stated ends the search."""
    wanted = manifest.table("package").get(_AUTOMATIC[kind])
    if isinstance(wanted, bool):
        return wanted
    return edition != "2015" or not stated


def _is_there(tree: Tree, manifest: Manifest, files: frozenset[str], path: str) -> bool:
    """Tell whether a file is there, be it a link or ignored by git, which the tree leaves out."""
    return path in files or (tree.root / manifest.place(path)).is_file()
