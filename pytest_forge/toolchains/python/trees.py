"""How Python finds the code of a copy of the project."""

import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from pytest_forge.toolchains.declarations import Context


def tree_variables(context: Context, directory: Path, build: Path) -> Mapping[str, str]:
    """Return the path of imports, and a place for bytecode outside of the tree.

    PYTHONPATH stands before the environment's packages: before the project too, which may be
    installed there in place. Its dependencies are those of the environment in either tree.
    """
    parents = (PurePosixPath(source).parent for source in context.project.words("sources"))
    places = dict.fromkeys(str(directory / parent) for parent in parents)
    return {"PYTHONPATH": os.pathsep.join(places), "PYTHONPYCACHEPREFIX": str(build / "bytecode")}
