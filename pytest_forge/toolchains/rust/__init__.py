"""Rust: projects by their Cargo manifests, measured by cargo and its subcommands."""

from pytest_forge.toolchains.declarations import Suppression, Toolchain
from pytest_forge.toolchains.rust.checks import CHECKS, UNAVAILABLE
from pytest_forge.toolchains.rust.covered import is_code
from pytest_forge.toolchains.rust.preparation import PREPARATION
from pytest_forge.toolchains.rust.project import MANIFESTS, inspect
from pytest_forge.toolchains.rust.runs import RUNS
from pytest_forge.toolchains.rust.trees import tree_variables

TOOLCHAIN = Toolchain(
    language="rust",
    manifests=MANIFESTS,
    inspect=inspect,
    runs=RUNS,
    checks=CHECKS,
    lockfiles=("Cargo.lock",),
    tree_variables=tree_variables,
    preparation=PREPARATION,
    is_code=is_code,
    unavailable=UNAVAILABLE,
    suppressions=(
        Suppression("#[allow]", "*.rs", r"#!?\[\s*allow\b"),
        Suppression("#[expect]", "*.rs", r"#!?\[\s*expect\b"),
        Suppression("#[coverage(off)]", "*.rs", r"\bcoverage\(off\)"),
    ),
)
