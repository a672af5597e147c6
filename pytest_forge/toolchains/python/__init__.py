"""Python: projects by their packaging metadata, measured by the tools that they configure."""

from pytest_forge.toolchains.declarations import Suppression, Toolchain
from pytest_forge.toolchains.python.checks import CHECKS
from pytest_forge.toolchains.python.covered import is_code
from pytest_forge.toolchains.python.environment import PREPARATION
from pytest_forge.toolchains.python.project import MANIFESTS, inspect
from pytest_forge.toolchains.python.runs import RUNS
from pytest_forge.toolchains.python.trees import tree_variables

TOOLCHAIN = Toolchain(
    language="python",
    manifests=MANIFESTS,
    inspect=inspect,
    runs=RUNS,
    checks=CHECKS,
    lockfiles=("pylock.toml", "uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock"),
    tree_variables=tree_variables,
    preparation=PREPARATION,
    is_code=is_code,
    suppressions=(
        Suppression("# noqa", "*.py*", r"#\s*(?:ruff:\s*|flake8:\s*)?noqa\b"),
        Suppression("# type: ignore", "*.py*", r"#\s*type:\s*ignore\b"),
        Suppression("# pyright: ignore", "*.py*", r"#\s*pyright:\s*ignore\b"),
        Suppression("# pragma: no cover", "*.py*", r"#\s*pragma:\s*no\s+(?:cover|branch)\b"),
        Suppression("# nosec", "*.py*", r"#\s*nosec\b"),
        Suppression("# pylint: disable", "*.py*", r"#\s*pylint:\s*disable\b"),
    ),
)
