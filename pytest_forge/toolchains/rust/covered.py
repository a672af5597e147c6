"""Which files of a Rust project its unit tests should reach."""

import posixpath
import re
from pathlib import PurePosixPath

from pytest_forge.projects import Project, Tree

# A function with a body: LLVM knows nothing of a trait's declarations, modules and types.
_FUNCTION = re.compile(rb"\bfn\s+\w[^;{]*\{")
_ALL_FOR_TESTS = re.compile(rb"^\s*#!\[cfg\(test\)\]", re.MULTILINE)
_TESTS = frozenset({"tests", "test"})


def is_code(project: Project, tree: Tree, path: str) -> bool:
    """Tell whether a file ships functions, and is neither a build script nor a module of tests."""
    own = posixpath.relpath(path, project.directory)
    place = PurePosixPath(own)
    if own not in project.words("sources") or place.name == "build.rs":
        return False
    if _TESTS & {place.stem, *place.parent.parts}:
        return False
    content = tree.read(path)
    return _FUNCTION.search(content) is not None and not _ALL_FOR_TESTS.search(content)
