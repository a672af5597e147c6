"""The files of a revision as git has stored them, read without a checkout."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pytest_forge.config import FORGE_TOML, PYPROJECT, Root, root_of
from pytest_forge.errors import ConfigurationError
from pytest_forge.git import GitError, git
from pytest_forge.policy.reference import Reference
from pytest_forge.projects import Tree


@dataclass(frozen=True)
class RevisionTree(Tree):
    """The files that a commit has below `root`, by their paths relative to it.

    `blobs` names their contents. A symbolic link's content is the path to which it leads.
    """

    blobs: Mapping[str, str] = field(default_factory=dict)

    def read(self, path: str) -> bytes:
        """Return what a file holds in the commit; OSError where it isn't there."""
        try:
            content = git(self.root, "cat-file", "blob", self.blobs[path])
        except (KeyError, GitError) as error:
            raise FileNotFoundError(f"{path} can't be read from git") from error
        return content.encode("utf-8", "surrogateescape")


def tree_at(root: Path, commit: str) -> RevisionTree:
    """Return the tree of a commit below `root`. Raises `GitError`."""
    listed = git(root, "ls-tree", "-r", "-z", commit).split("\0")
    entries = (entry.partition("\t") for entry in listed if entry)
    blobs = {
        path: described.split(" ")[2]
        for described, _, path in entries
        if described.split(" ")[1] == "blob"
    }
    return RevisionTree(root, tuple(sorted(blobs)), blobs=blobs)


def root_at(start: Path, root: Root, reference: Reference) -> Root:
    """Return forge's root as it was at the reference, seen from the directory `start`.

    Where nothing was configured there, it is the root of today without settings. Raises
    `ConfigurationError` where the settings were those of another directory: they can't judge.
    """
    top = Path(git(root.directory, "rev-parse", "--show-toplevel").rstrip("\n"))
    tree = tree_at(top, reference.commit)
    at = f" of {reference.text}"
    for directory in (start.resolve(), *start.resolve().parents):
        found = root_of(directory, _files(tree, directory.relative_to(top).as_posix()), at)
        if found is not None:
            return _same(found, root, reference)
        if directory == top:
            break
    return Root(root.directory, None)


def _files(tree: Tree, directory: str) -> dict[str, bytes]:
    places = {
        name: (PurePosixPath(directory) / name).as_posix() for name in (FORGE_TOML, PYPROJECT)
    }
    return {name: tree.read(place) for name, place in places.items() if tree.has(place)}


def _same(found: Root, root: Root, reference: Reference) -> Root:
    if found.directory != root.directory:
        raise ConfigurationError(
            f"this branch moves forge's root from {found.directory} to {root.directory}, so the "
            f"settings of {reference.text} can't judge it; move the root in a change of its own"
        )
    return found
