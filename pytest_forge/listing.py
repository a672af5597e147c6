"""The files of a repository: what git tracks or does not ignore, each counted once."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pytest_forge.git import git
from pytest_forge.projects import Tree

FORGE_DIRECTORY = ".forge"
"""Where forge keeps what it writes; it is never part of a tree."""

_NOT_SOURCES = frozenset({"node_modules", "__pycache__"})


def list_tree(root: Path) -> Tree:
    """Return the files below `root` as sorted POSIX paths relative to it.

    In git these are the tracked files that exist and the untracked ones that are not ignored;
    a submodule or another repository below is listed by its own git, while a linked work tree is
    left out, being a second checkout of the same files. Outside git hidden directories, Python
    environments, node_modules and __pycache__ are left out. A symbolic link counts only if the
    file it leads to is not in the tree by itself. Raises `GitError` where git refuses.
    """
    paths = {path for path in _list(root) if FORGE_DIRECTORY not in path.split("/")}
    return Tree(root, tuple(sorted(_counted_once(root, paths))))


def _list(directory: Path) -> Iterator[str]:
    if not _in_git(directory):
        yield from _walk(directory)
        return
    listed = git(directory, "ls-files", "-co", "--exclude-standard", "-z").split("\0")
    entries = dict.fromkeys(path for path in listed if path)
    if not entries and _is_ignored_as_a_whole(directory):
        yield from _walk(directory)
        return
    for entry in entries:
        yield from _expanded(directory, entry)


def _in_git(directory: Path) -> bool:
    """Tell by the `.git` entry: once there is one, a git that refuses must not be passed over."""
    directory = directory.resolve()
    return any(os.path.lexists(place / ".git") for place in (directory, *directory.parents))


def _is_ignored_as_a_whole(directory: Path) -> bool:
    """Tell whether the repository around `directory` ignores it as a whole."""
    if os.path.lexists(directory / ".git"):
        return False
    status = git(directory, "status", "--porcelain", "--ignored", "-z", "--", ".")
    return any(line.startswith("!! ") for line in status.split("\0"))


def _expanded(directory: Path, entry: str) -> Iterator[str]:
    """Return a file as it is, and in place of a repository below what its own git lists."""
    path = directory / entry
    if path.is_symlink() or not path.is_dir():
        yield entry
    elif os.path.lexists(path / ".git") and not is_linked_work_tree(path):
        yield from (f"{entry.rstrip('/')}/{below}" for below in _list(path))


def is_linked_work_tree(directory: Path) -> bool:
    """Tell whether a directory is a second checkout of a repository (git-worktree(1))."""
    pointer = directory / ".git"
    return pointer.is_file() and b"/worktrees/" in pointer.read_bytes()


def _walk(directory: Path) -> Iterator[str]:
    for place, directories, files in os.walk(directory):
        here = Path(place)
        relative = here.relative_to(directory)
        walked = {name for name in directories if _is_walked(here / name)}
        own_git = {name for name in walked if os.path.lexists(here / name / ".git")}
        directories[:] = walked - own_git
        yield from ((relative / name).as_posix() for name in files)
        for name in own_git:
            yield from ((relative / name / below).as_posix() for below in _list(here / name))


def _is_walked(directory: Path) -> bool:
    name = directory.name
    if name.startswith(".") or name in _NOT_SOURCES or directory.is_symlink():
        return False
    return not (directory / "pyvenv.cfg").exists()


def _counted_once(root: Path, paths: Iterable[str]) -> Iterator[str]:
    links = []
    seen = set()
    for path in paths:
        place = root / path
        if place.is_symlink():
            links.append(path)
        elif place.is_file():
            seen.add(os.path.realpath(place))
            yield path
    for path in sorted(links):
        target = os.path.realpath(root / path)
        if target not in seen and os.path.isfile(target):
            seen.add(target)
            yield path
