"""Go: modules and workspaces, measured by go's own tools and the linter that they configure."""

from pytest_forge.toolchains.declarations import Suppression, Toolchain
from pytest_forge.toolchains.go.checks import CHECKS, UNAVAILABLE
from pytest_forge.toolchains.go.preparation import PREPARATION
from pytest_forge.toolchains.go.project import MANIFESTS, UNPRODUCTIVE, inspect
from pytest_forge.toolchains.go.runs import RUNS
from pytest_forge.toolchains.go.testing import is_code

TOOLCHAIN = Toolchain(
    language="go",
    manifests=MANIFESTS,
    inspect=inspect,
    runs=RUNS,
    lockfiles=("go.sum",),
    checks=CHECKS,
    preparation=PREPARATION,
    unavailable=UNAVAILABLE,
    unproductive=UNPRODUCTIVE,
    is_code=is_code,
    suppressions=(
        Suppression("//nolint", "*.go", r"//\s*nolint\b"),
        Suppression("#nosec", "*.go", r"#\s*nosec\b"),
    ),
)
