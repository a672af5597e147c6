"""Where a Python project's tests are, and the coverage limit that it states for them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any

from pytest_forge.globs import matches
from pytest_forge.toolchains.python.declared import Declared
from pytest_forge.toolchains.reading import strings, table

_INTEGRATION = frozenset({"integration", "integration_tests", "integration-tests"})
_TEST_FILE = re.compile(r"(?:^|/)(?:test_[^/]*|[^/]*_test|conftest)\.py$")
_USES_MARKER = re.compile(rb"\bmark\.integration\b")


@dataclass(frozen=True)
class Tests:
    """The tests' paths relative to the project: all of them, and those of integration tests.

    `marker` says that a pytest marker `integration` sets integration tests apart.
    """

    __test__ = False

    unit: tuple[str, ...]
    integration: tuple[str, ...]
    marker: bool


def find_tests(declared: Declared, files: frozenset[str]) -> Tests:
    """Return where the tests are; `files` are the project's, relative to its directory."""
    settings = pytest_settings(declared)
    tested = sorted(
        path for path in files if _TEST_FILE.search(path) and not _is_avoided(path, settings)
    )
    unit = _test_paths(settings, files) or _usual(files) or _holding(tested)
    return Tests(
        unit=unit,
        integration=_integration(tested),
        marker=_declares_marker(settings) or _uses_marker(declared, tested),
    )


def _is_avoided(path: str, settings: Mapping[str, Any]) -> bool:
    """Tell whether pytest itself does not look there for tests (`norecursedirs`)."""
    stated = settings.get("norecursedirs", ())
    patterns = stated.split() if isinstance(stated, str) else strings(stated)
    parts = PurePosixPath(path).parts[:-1]
    return any(fnmatchcase(part, pattern) for part in parts for pattern in patterns)


def pytest_settings(declared: Declared) -> Mapping[str, Any]:
    """Return pytest's settings from the first file that has some, in pytest's own order.

    See "Initialization: determining rootdir and configfile" in pytest's reference; an ini file's
    values are text, pyproject.toml's may be lists.
    """
    for name in ("pytest.toml", ".pytest.toml"):
        if declared.has(name):
            return table(declared.toml(name), "pytest")
    for name in ("pytest.ini", ".pytest.ini"):
        if declared.has(name):
            return _section(declared, name, "pytest")
    own = declared.table("tool", "pytest", "ini_options") or declared.table("tool", "pytest")
    return (
        own
        or _section(declared, "tox.ini", "pytest")
        or _section(declared, "setup.cfg", "tool:pytest")
    )


def coverage_settings(declared: Declared) -> tuple[bool, str]:
    """Tell whether coverage.py is configured, and the `fail_under` that it is given ("" if none).

    coverage.py reads the first of .coveragerc, setup.cfg, tox.ini and pyproject.toml that speaks of
    it. pytest-cov's `--cov-fail-under` is the same limit in another place.
    """
    configured, limit = _coverage(declared)
    if limit:
        return configured, limit
    addopts = pytest_settings(declared).get("addopts", "")
    text = addopts if isinstance(addopts, str) else " ".join(strings(addopts))
    found = re.search(r"--cov-fail-under[= ](\d+(?:\.\d+)?)", text)
    return configured, found[1] if found else ""


def _coverage(declared: Declared) -> tuple[bool, str]:
    if declared.has(".coveragerc"):
        return True, _ini_limit(declared, ".coveragerc", "")
    for name in ("setup.cfg", "tox.ini"):
        if any(one.startswith("coverage:") for one in declared.ini(name).sections()):
            return True, _ini_limit(declared, name, "coverage:")
    if "coverage" in declared.table("tool"):
        limit = declared.table("tool", "coverage", "report").get("fail_under", "")
        return True, str(limit)
    return False, ""


def _ini_limit(declared: Declared, name: str, prefix: str) -> str:
    value = declared.ini(name).get(f"{prefix}report", "fail_under", fallback="") or ""
    return value.strip()


def _section(declared: Declared, name: str, section: str) -> Mapping[str, Any]:
    parser = declared.ini(name)
    return dict(parser[section]) if parser.has_section(section) else {}


def _test_paths(settings: Mapping[str, Any], files: frozenset[str]) -> tuple[str, ...]:
    """Return the configured paths that exist; pytest expands globs only where it reads them."""
    value = settings.get("testpaths", ())
    stated = value.split() if isinstance(value, str) else strings(value)
    places = {str(place) for path in files for place in (path, *PurePosixPath(path).parents)}
    found = (
        place for path in stated for place in sorted(places) if matches(path.rstrip("/"), place)
    )
    return tuple(dict.fromkeys(found))


def _usual(files: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        name
        for name in ("tests", "test")
        if any(path.startswith(f"{name}/") and path.endswith(".py") for path in files)
    )


def _holding(tested: Iterable[str]) -> tuple[str, ...]:
    """Return the directories of test files, and those test files that stand at the top."""
    places = set()
    for path in tested:
        parent = str(PurePosixPath(path).parent)
        if parent != ".":
            places.add(parent)
        elif not path.startswith("conftest"):
            places.add(path)
    return _outermost(places)


def _integration(tested: Iterable[str]) -> tuple[str, ...]:
    return _outermost(place for path in tested for place in _integration_above(path))


def _integration_above(path: str) -> Iterator[str]:
    for parent in PurePosixPath(path).parents:
        if parent.name.lower() in _INTEGRATION:
            yield str(parent)


def _outermost(places: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for place in sorted(set(places)):
        if not any(place.startswith(f"{other}/") for other in kept):
            kept.append(place)
    return tuple(kept)


def _declares_marker(settings: Mapping[str, Any]) -> bool:
    value = settings.get("markers", ())
    lines = value.splitlines() if isinstance(value, str) else strings(value)
    return any(re.match(r"\s*integration\s*(?:[:(]|$)", line) for line in lines)


def _uses_marker(declared: Declared, tested: Iterable[str]) -> bool:
    paths = (declared.path(path) for path in tested)
    return any(_USES_MARKER.search(declared.tree.read(path)) for path in paths)
