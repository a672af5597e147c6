"""Which test files a run of the unit tests tells of; what is not run is told by no exit status."""

from pytest_forge.conventions import unproductive_part
from pytest_forge.errors import NothingMeasured
from pytest_forge.formats import jest
from pytest_forge.model import Report
from pytest_forge.phrases import counted
from pytest_forge.projects import Project
from pytest_forge.toolchains.typescript.sources import TEST_DIRECTORIES, is_named_test
from pytest_forge.toolchains.typescript.workspace import join

_SHOWN = 3


def left_out(project: Project, report: Report) -> tuple[str, ...]:
    """Return a note of the test files that did not run; () where the runner names no files.

    Raises `NothingMeasured` for a member of a workspace none of whose test files ran. A file counts
    as one of tests by its own name (`a.test.ts`): in a directory of tests other things stand too.
    """
    ran = _ran(project, report)
    if not ran:
        return ()
    left = [path for path in _named(project) if join(project.directory, path) not in ran]
    if not report.value("tests.failed"):
        _demand_members(project, left)
    if not left:
        return ()
    names = ", ".join(left[:_SHOWN]) + (", ..." if len(left) > _SHOWN else "")
    return (f"{counted(len(left), 'test file')} did not run: {names}",)


def _ran(project: Project, report: Report) -> set[str]:
    """Return the files that the report names: as samples, or vitest's before each test's name."""
    told = {one.path or "" for one in report.samples if one.measure == jest.RAN}
    before = {one.name.partition("::")[0] for one in report.tests if "::" in one.name}
    return told | {join(project.directory, path) for path in before & {*_named(project)}}


def _named(project: Project) -> tuple[str, ...]:
    """Return the unit tests' files that no playground and no fixture holds."""
    return tuple(path for path in project.words("unit_tests") if _is_own(path))


def _is_own(path: str) -> bool:
    part = unproductive_part(path)
    return is_named_test(path) and (part is None or part.lower() in TEST_DIRECTORIES)


def _demand_members(project: Project, left: list[str]) -> None:
    for place in project.words("packages"):
        own = [path for path in _named(project) if path.startswith(f"{place}/")]
        if own and set(own) <= set(left):
            raise NothingMeasured(
                f"no test of {place} ran, and {own[0]} is there",
                "see which files the test runner's configuration includes",
            )
