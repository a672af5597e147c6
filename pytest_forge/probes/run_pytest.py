"""Runs pytest as `python -m pytest` does, less what would spoil the measurement.

    python run_pytest.py CHOICE PATHS PYTEST-ARGUMENT ...

CHOICE is `all`, or which tests to keep: `integration`, those with this marker or below one of PATHS
(separated as in PATH), or `unit`, the others. A plugin does the choosing, since a `-m` of ours
would replace the project's own. pytest-cov and pytest-xdist, where they are installed, are told to
leave coverage and processes to us: pytest-cov would trace a second time and judge the project's
limit, and what runs in xdist's workers would not be seen.

The exit status is pytest's, or 70 where pytest says that something failed and no test did: an
interruption, or a plugin that sets the status.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

import pytest

FAILED = (1, 2)
NO_TESTS = 5
UNEXPLAINED = 70
NOTHING = {
    "all": "pytest found no test",
    "unit": "pytest found no test without the marker `integration`",
    "integration": "pytest found no test below tests/integration or with the marker `integration`",
}


class Failures:
    """Counts the failures that pytest reports: of tests, and of modules that it can't collect."""

    def __init__(self) -> None:
        """Begin with none."""
        self.count = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a failed phase of a test."""
        self.count += report.failed

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Count a module that could not be collected."""
        self.count += report.failed


class Choice:
    """Deselects the tests that are not asked for."""

    def __init__(self, integration: bool, paths: list[str]) -> None:
        """Keep integration tests, which also are all below `paths`, or the others."""
        self.integration = integration
        self.paths = tuple(os.path.abspath(path) + os.sep for path in paths)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Split the collected tests."""
        kept: list[pytest.Item] = []
        others: list[pytest.Item] = []
        for item in items:
            (kept if self.is_integration(item) == self.integration else others).append(item)
        if others:
            config.hook.pytest_deselected(items=others)
            items[:] = kept

    def is_integration(self, item: pytest.Item) -> bool:
        """Tell whether a test is an integration test."""
        below = str(item.fspath).startswith(self.paths) if self.paths else False
        return below or item.get_closest_marker("integration") is not None


def main(choice: str, paths: str, arguments: list[str]) -> int:
    """Run pytest and return its exit status."""
    if find_spec("pytest_cov") is not None:
        arguments = ["--no-cov", *arguments]
    if find_spec("xdist") is not None:
        arguments = ["-n0", *arguments]
    places = [path for path in paths.split(os.pathsep) if path]
    failures = Failures()
    plugins: list[object] = [failures]
    if choice != "all":
        plugins.append(Choice(choice == "integration", places))
    status = int(pytest.main(arguments, plugins=plugins))
    if status in FAILED and not failures.count:
        sys.stderr.write(f"\npytest ended with status {status}, though no test failed\n")
        return UNEXPLAINED
    if status == NO_TESTS:
        sys.stderr.write("\n" + NOTHING[choice] + "\n")
    return status


if __name__ == "__main__":
    # As with `python -m pytest`: tests import from the working directory, not from beside this.
    sys.path[0] = os.getcwd()
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
