"""POSIX paths below forge's root: joined, and seen from a directory."""

import posixpath


def join(directory: str, path: str) -> str:
    """Return a path from `directory` as one from forge's root; it may begin with `..`."""
    return posixpath.normpath(posixpath.join(directory, path))


def relative(path: str, directory: str) -> str:
    """Return a path from forge's root as one from `directory`."""
    return posixpath.relpath(path, directory)
