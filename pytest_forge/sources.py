"""The source lines of the tree, each file read once."""

from pytest_forge.projects import Tree


class SourceLines:
    """Gives lines by path (relative to the root) and number; safe for threads.

    The files are read once and kept: a tool may have thousands of findings in one of them.
    """

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._files: dict[str, tuple[str, ...]] = {}

    def __call__(self, path: str, line: int) -> str:
        """Return a line, counted from 1; "" where there is no such line or file."""
        if path not in self._files:
            self._files[path] = self._read(path)
        lines = self._files[path]
        return lines[line - 1] if 0 < line <= len(lines) else ""

    def _read(self, path: str) -> tuple[str, ...]:
        try:
            return tuple(self._tree.read(path).decode("utf-8", "replace").splitlines())
        except (OSError, ValueError):
            return ()
