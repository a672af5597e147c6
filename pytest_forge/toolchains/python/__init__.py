"""Python: projects by their packaging metadata, measured by the tools that they configure."""

from pytest_forge.toolchains.declarations import Toolchain
from pytest_forge.toolchains.python.checks import CHECKS
from pytest_forge.toolchains.python.environment import PREPARATION
from pytest_forge.toolchains.python.project import MANIFESTS, inspect
from pytest_forge.toolchains.python.runs import RUNS

TOOLCHAIN = Toolchain(
    language="python",
    manifests=MANIFESTS,
    inspect=inspect,
    runs=RUNS,
    checks=CHECKS,
    preparation=PREPARATION,
)
