"""The source files of Maven and Gradle modules: what ships, and what tests."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from pytest_forge.projects import Tree
from pytest_forge.toolchains.places import join

SUFFIXES = (".java", ".kt", ".groovy", ".scala")
"""Endings of the files that are compiled to classes."""

_INTEGRATION = ("IT*.java", "*IT.java", "*ITCase.java", "IT*.kt", "*IT.kt", "*ITCase.kt")
_INTEGRATION_SET = re.compile(
    r".*(?:integ|functional|e2e|endtoend|acceptance).*|in?t(?:t?est)?s?", re.IGNORECASE
)
_DIRECTORY = re.compile(r"\$\{(?:project\.)?basedir\}/?")


@dataclass(frozen=True)
class Sources:
    """Paths below forge's root: files that ship, files of tests, and those of integration tests."""

    shipped: tuple[str, ...]
    tests: tuple[str, ...]

    @property
    def integration(self) -> tuple[str, ...]:
        """Return the test files that failsafe takes by their names."""
        return tuple(path for path in self.tests if is_integration_test(path))


def has_statements(path: str) -> bool:
    """Tell whether a file may hold statements: what describes a package or a module does not."""
    return PurePosixPath(path).name not in ("package-info.java", "module-info.java")


def is_integration_test(path: str) -> bool:
    """Tell whether failsafe runs a file's tests by default, and surefire does not."""
    name = PurePosixPath(path).name
    return any(fnmatchcase(name, pattern) for pattern in _INTEGRATION)


def is_integration_set(name: str) -> bool:
    """Tell whether a Gradle build means integration tests by the name of a source set or task.

    forge's init script goes by the same words.
    """
    return _INTEGRATION_SET.fullmatch(name) is not None


def sources_of(
    tree: Tree,
    directory: str,
    nested: Iterable[str] = (),
    shipped: Iterable[str] = (),
    tests: Iterable[str] = (),
) -> Sources:
    """Return the sources of the module in `directory`.

    `nested` are the directories of modules below, which own their files. `shipped` and `tests` are
    directories that the build names in place of the usual `src/main` and `src/test`.
    """
    outside = tuple(f"{one}/" for one in nested)
    own = [path for path in tree.below(directory) if not path.startswith(outside)]
    code = [path for path in own if path.endswith(SUFFIXES)]
    tested = _below(
        code, directory, (*_places(tests), "src/test", "src/it", "src/integration-test")
    )
    main = _below(code, directory, (*_places(shipped), "src/main"))
    of_tests = frozenset(tested)
    return Sources(tuple(path for path in main if path not in of_tests), tested)


def kotlin_sources(tree: Tree, directory: str, nested: Iterable[str]) -> Sources:
    """Return the sources of a Gradle module, whose source sets are named in its directories.

    Sets whose names hold "test" are tests (`commonTest`, `jvmTest`, `testFixtures`), as are those
    that are named after integration tests.
    """
    outside = tuple(f"{one}/" for one in nested)
    prefix = "src/" if directory == "." else f"{directory}/src/"
    shipped: list[str] = []
    tests: list[str] = []
    for path in tree.below(directory):
        if path.startswith(prefix) and path.endswith(SUFFIXES) and not path.startswith(outside):
            name = path.removeprefix(prefix).partition("/")[0]
            tested = "test" in name.lower() or is_integration_set(name)
            (tests if tested else shipped).append(path)
    return Sources(tuple(shipped), tuple(tests))


def _places(stated: Iterable[str]) -> tuple[str, ...]:
    return tuple(_DIRECTORY.sub("", one).rstrip("/") for one in stated)


def _below(code: Iterable[str], directory: str, places: Iterable[str]) -> tuple[str, ...]:
    starts = tuple(f"{join(directory, place)}/" for place in places)
    return tuple(path for path in code if path.startswith(starts))
