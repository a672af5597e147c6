"""Modules whose unit tests never ran, though those of others did: their sum would hide it.

Surefire before 2.22.0, which old versions of Maven take where a pom names none, passes over the
tests of JUnit 5 without a word. A module may also skip its own.
"""

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from pytest_forge.errors import NothingMeasured
from pytest_forge.model import TestCase
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.places import join

# What surefire takes by default (its documentation, "Inclusions and Exclusions of Tests").
_NAMES = ("Test*.java", "*Test.java", "*Tests.java", "*TestCase.java")
_HOLDS_TESTS = re.compile(rb"@(?:\w+\.)*(?:Parameterized|Repeated)?Test\b|\bextends\s+TestCase\b")
_ABSTRACT = re.compile(rb"\babstract\s+class\b")


def demand_tests(context: Context, tests: Iterable[TestCase]) -> None:
    """Demand a test of each module that holds some; where none ran at all the proof tells it.

    A test that was skipped is one that surefire knows. Raises `NothingMeasured`.
    """
    told = {one.name.partition("::")[0].partition("$")[0].replace(".", "/") for one in tests}
    for module, files in _files(context).items():
        if not told or any(not told.isdisjoint(_classes(path)) for path in files):
            continue
        if silent := next((path for path in files if _holds_tests(context, path)), ""):
            raise NothingMeasured(
                f"no unit test of the module {module} ran, such as {silent}",
                "see in the log of the build what surefire did there (before 2.22.0 it passes over "
                "JUnit 5); `exclude` leaves the module out",
            )


def _files(context: Context) -> dict[str, list[str]]:
    """Return the test files of each module that surefire takes by their names."""
    modules = sorted(context.project.words("modules"), key=len, reverse=True)
    found: dict[str, list[str]] = {}
    for path in context.project.words("test_files"):
        place = PurePosixPath(path)
        if any(fnmatchcase(place.name, pattern) for pattern in _NAMES):
            owner = next((one for one in modules if place.is_relative_to(one)), ".")
            found.setdefault(owner, []).append(path)
    return found


def _classes(path: str) -> Iterator[str]:
    """Yield the names that the class of a file may have, whatever its source directory is."""
    parts = PurePosixPath(path.removesuffix(".java")).parts
    return ("/".join(parts[start:]) for start in range(len(parts)))


def _holds_tests(context: Context, path: str) -> bool:
    content = context.tree.read(join(context.project.directory, path))
    return bool(_HOLDS_TESTS.search(content)) and not _ABSTRACT.search(content)
