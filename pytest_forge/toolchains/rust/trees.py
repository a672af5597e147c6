"""How cargo builds a copy of the project."""

from collections.abc import Mapping
from pathlib import Path

from pytest_forge.toolchains.declarations import Context


def tree_variables(context: Context, directory: Path, build: Path) -> Mapping[str, str]:
    """Return the directory in which cargo builds: one for each tree, and none in the tree."""
    # Each tree has a build directory of its own name in every run: `build-head`, `build-base`.
    return {"CARGO_TARGET_DIR": str(context.cache / f"measured-{build.name}")}
