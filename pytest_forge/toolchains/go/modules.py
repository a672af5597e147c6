"""One Go module as its go.mod and its files declare it, before anything is run."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePosixPath

from pytest_forge.projects import FactValue, Tree
from pytest_forge.toolchains.go.modfile import ModuleFile, parse
from pytest_forge.toolchains.go.sources import GoFile, go_files, integration_tag
from pytest_forge.toolchains.places import join, relative
from pytest_forge.toolchains.reading import read

_MAJOR = re.compile(r"(?:/|^gopkg\.in/.*\.)(v\d+)$")


@dataclass(frozen=True)
class Module:
    """A module: the path of its go.mod below forge's root, what that says, and its own files."""

    manifest: str
    stated: ModuleFile
    files: tuple[GoFile, ...]

    @property
    def directory(self) -> str:
        """Return its directory, relative to forge's root."""
        return str(PurePosixPath(self.manifest).parent)

    @property
    def path(self) -> str:
        """Return the module path."""
        return self.stated.first("module")

    @property
    def packages(self) -> tuple[str, ...]:
        """Return the directories of the packages that ship, "." for the module's own."""
        return tuple(dict.fromkeys(file.directory for file in self.files if file.ships))

    @property
    def importable(self) -> bool:
        """Tell whether others can import one of its packages: no command, and not internal."""
        return any(
            file.ships
            and file.package != "main"
            and "internal" not in (*self.path.split("/"), *file.directory.split("/"))
            for file in self.files
        )


def read_module(tree: Tree, manifest: str) -> Module:
    """Read a go.mod and the module's files; `ConfigurationError` where one can't be read."""
    stated = read_file(tree, manifest)
    directory = str(PurePosixPath(manifest).parent)
    return Module(manifest, stated, go_files(tree, directory, stated.paths("ignore")))


def read_file(tree: Tree, path: str) -> ModuleFile:
    """Read a go.mod or go.work; `ConfigurationError` where it can't be read."""
    return parse(read(tree, path), path)


def refusal(module: Module) -> str:
    """Return the reason for which a module is no project, "" where it is one."""
    if not module.path:
        return "it names no module"
    if not module.files:
        only = "only a list of tools" if module.stated.of("tool") else "it has no module to build"
        return f"{only}: no Go file stands beside or below it"
    if all(file.is_test for file in module.files):
        return "it holds nothing but tests, which are those of another module"
    if not module.packages:
        tags = sorted({tag for file in module.files for tag in file.constraint.tags})
        return f"none of its Go files is built unless a tag is set ({', '.join(tags)})"
    return ""


def facts_of(modules: tuple[Module, ...], directory: str) -> dict[str, FactValue]:
    """Return what the files of `modules` tell, all paths relative to `directory`."""
    places = tuple(relative(module.directory, directory) for module in modules)
    return {
        "modules": places,
        "patterns": tuple(pattern(place, "/...") for place in places),
        "packages": tuple(
            relative(join(module.directory, package), directory)
            for module in modules
            for package in module.packages
        ),
        "importable": any(module.importable for module in modules),
        **_file_facts(list(_files(modules, directory))),
        "dependencies": _dependencies(modules),
    }


def _files(modules: Iterable[Module], directory: str) -> Iterator[tuple[str, GoFile]]:
    """Yield the files of modules, each with its path relative to `directory`."""
    for module in modules:
        for file in module.files:
            yield relative(join(module.directory, file.path), directory), file


def _file_facts(files: Sequence[tuple[str, GoFile]]) -> dict[str, FactValue]:
    tag = integration_tag(file for _, file in files)
    return {
        "go_files": tuple(path for path, _ in files),
        "generated": tuple(path for path, file in files if file.generated),
        "test_files": tuple(path for path, file in files if file.is_test),
        "integration_tag": tag,
        **_integration_facts(files, tag),
    }


def _integration_facts(files: Iterable[tuple[str, GoFile]], tag: str) -> dict[str, FactValue]:
    tested = [(path, file) for path, file in files if file.tests and _is_behind(file, tag)]
    tests = chain.from_iterable(file.tests for _, file in tested)
    places = (pattern(str(PurePosixPath(path).parent)) for path, _ in tested)
    return {
        "integration_tests": tuple(dict.fromkeys(tests)),
        "integration_patterns": tuple(dict.fromkeys(places)),
    }


def _is_behind(file: GoFile, tag: str) -> bool:
    return bool(tag) and file.constraint.is_behind(tag)


def major(path: str) -> str:
    """Return the major version that a module path ends with (`v2`), "" for those before it."""
    found = _MAJOR.search(path)
    return found[1] if found else ""


def is_another_major(path: str, before: str) -> bool:
    """Tell whether two paths are of one module in two major versions.

    They are two modules then, with packages of their own, of which the new one need not be
    compatible with the old (https://go.dev/ref/mod#major-version-suffixes).
    """
    return path != before and _without_major(path) == _without_major(before)


def _without_major(path: str) -> str:
    found = _MAJOR.search(path)
    return path[: found.start(1) - 1] if found else path


def module_path(tree: Tree, manifest: str) -> str:
    """Return the path that a go.mod declares; `ConfigurationError` where it can't be read."""
    return read_file(tree, manifest).first("module")


def pattern(directory: str, tail: str = "") -> str:
    """Return a relative directory as go wants it: with a `./` that tells it from an import path."""
    if directory.startswith(".."):
        return directory + tail
    return f".{tail}" if directory == "." else f"./{directory}{tail}"


def _dependencies(modules: tuple[Module, ...]) -> tuple[str, ...]:
    """Return what is required directly, without the modules of the same workspace."""
    own = {module.path for module in modules}
    names = (name for module in modules for name in module.stated.direct if name not in own)
    return tuple(dict.fromkeys(names))


def replacements(stated: ModuleFile, directory: str) -> Iterator[str]:
    """Yield the directories, from forge's root, that stand in for modules (`replace`).

    `directory` is that of the go.mod or go.work.
    """
    for _, after in stated.replaced:
        if after.startswith(("./", "../")) or after in (".", ".."):
            yield join(directory, after)
