"""A project's own files by what they are: sources that ship, tests, integration tests."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from pytest_forge.conventions import unproductive_part

TYPED = frozenset({".ts", ".tsx", ".mts", ".cts"})
PLAIN = frozenset({".js", ".jsx", ".mjs", ".cjs"})
SUFFIXES = TYPED | PLAIN

_DECLARATION = re.compile(r"\.d\.[cm]?ts$")
_TEST = re.compile(r"(?:\.|-|_)(?:test|spec|e2e|bench)\.[cm]?[jt]sx?$")
TEST_DIRECTORIES = frozenset({"test", "tests", "__tests__", "__mocks__", "e2e", "integration"})
# What a build writes; a repository that tracks it doesn't measure it twice.
_BUILT = frozenset(
    {"dist", "build", "out", "coverage", "node_modules", "vendor", "bower_components"}
    | {"flow-typed"}
)
_CONFIGURATION = re.compile(
    r"(?:^\.|\.(?:config|conf|setup|workspace)\.)|^(?:gulpfile|gruntfile|webpack|rollup|karma)\b",
    re.I,
)
_INTEGRATION_DIRECTORIES = frozenset(
    {"integration", "integration-tests", "integration_tests", "e2e"}
)
_INTEGRATION_FILE = re.compile(r"[.-](?:integration|int|e2e)(?:[.-](?:test|spec))?\.[cm]?[jt]sx?$")


@dataclass(frozen=True)
class Files:
    """Paths relative to the project: own code, what of it ships, tests, integration tests."""

    code: tuple[str, ...]
    sources: tuple[str, ...]
    tests: tuple[str, ...]
    integration: tuple[str, ...]

    @property
    def unit(self) -> tuple[str, ...]:
        """Return the tests that are no integration tests."""
        apart = frozenset(self.integration)
        return tuple(path for path in self.tests if path not in apart)


def classify(paths: Iterable[str]) -> Files:
    """Sort the project's files; `paths` are relative to it, without those of other projects."""
    code = tuple(sorted(path for path in paths if _is_code(path)))
    tests = tuple(path for path in code if _is_test(path))
    return Files(
        code=code,
        sources=tuple(path for path in code if _ships(path)),
        tests=tests,
        integration=tuple(path for path in tests if is_integration(path)),
    )


def is_declaration(path: str) -> bool:
    """Tell whether a file only declares types (`.d.ts`)."""
    return _DECLARATION.search(path) is not None


def is_integration(path: str) -> bool:
    """Tell whether a test file is one of integration tests, by its name or a directory's."""
    parts = PurePosixPath(path).parent.parts
    named = any(part.lower() in _INTEGRATION_DIRECTORIES for part in parts)
    return named or _INTEGRATION_FILE.search(path) is not None


def is_named_test(path: str) -> bool:
    """Tell whether a file is one of tests by its own name, and stands beside no helper."""
    return _is_test(path) and _TEST.search(path) is not None and not _is_helper(path)


def _is_code(path: str) -> bool:
    place = PurePosixPath(path)
    built = _BUILT.intersection(place.parent.parts) or place.name.endswith(
        (".min.js", ".bundle.js")
    )
    return place.suffix in SUFFIXES and not built


def _in_tests(path: str) -> bool:
    return any(part.lower() in TEST_DIRECTORIES for part in PurePosixPath(path).parent.parts)


def _is_test(path: str) -> bool:
    if is_declaration(path) or _CONFIGURATION.search(PurePosixPath(path).name):
        return False
    if _TEST.search(path):
        return ".bench." not in path
    # Of a directory of tests what is named like a helper is none.
    return _in_tests(path) and not _is_helper(path)


def _is_helper(path: str) -> bool:
    parts = PurePosixPath(path).parent.parts
    kinds = {"helpers", "helper", "fixtures", "fixture", "utils", "support", "__mocks__", "data"}
    return any(part.lower().strip("_") in kinds for part in parts) or "/_" in f"/{path}"


def _ships(path: str) -> bool:
    name = PurePosixPath(path).name
    apart = _in_tests(path) or _TEST.search(path) or _CONFIGURATION.search(name)
    return not apart and not is_declaration(path) and unproductive_part(path) is None
