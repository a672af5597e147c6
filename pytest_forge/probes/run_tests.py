"""Runs a project's tests under coverage.py, with the project's own settings of both.

    python run_tests.py SOURCE,SOURCE CHOICE PATHS PYTEST-ARGUMENT ...

SOURCE are the packages whose coverage is measured where the project's coverage settings name no
source themselves; without any, the tests of the project would count as code. CHOICE and PATHS are
for `run_pytest.py`, beside this file, which runs under coverage.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from coverage import Coverage
from coverage.cmdline import main as coverage
from coverage.exceptions import CoverageException

NO_TESTS = 5


def arguments(sources: str, rest: list[str]) -> list[str]:
    """Return the arguments of `coverage` for this project."""
    config = Coverage(data_file=None)
    settings = ("run:source", "run:source_pkgs", "run:source_dirs", "run:include")
    stated = any(option(config, name) for name in settings)
    source = [] if stated or not sources else ["--source=" + sources]
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "run_pytest.py")
    return ["run", "--branch", *source, program, *rest]


def option(config: Coverage, name: str) -> Any:
    """Return a setting of coverage.py, None where this version does not know it."""
    try:
        return config.get_option(name)
    except CoverageException:
        return None


def main(sources: str, rest: list[str]) -> int:
    """Run the tests and return pytest's exit status."""
    status = int(coverage(arguments(sources, rest)) or 0)
    if status == NO_TESTS:
        # Once more, since coverage.py has warned after it that it has no data.
        sys.stderr.write("\npytest found no test\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
