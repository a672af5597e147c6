"""A tree of files for the tests of the toolchains."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pytest_forge.projects import Tree

Files = Mapping[str, str | bytes]


@pytest.fixture
def tree_of(tmp_path: Path) -> Callable[[Files], Tree]:
    """Return a function that writes files by their paths and returns the tree of them."""

    def write(files: Files) -> Tree:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return Tree(tmp_path, tuple(sorted(files)))

    return write
