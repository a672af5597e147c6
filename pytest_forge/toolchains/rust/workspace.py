"""Which packages belong to a workspace, by cargo's own rules.

They are "The members and exclude fields" of the Cargo Book, checked against `cargo metadata`: a
member's path dependencies inside the workspace's directory are members too; `exclude` names
directories, not globs, and a literal entry of `members` stands above it.
"""

import posixpath
from collections.abc import Iterator

from pytest_forge.globs import matches
from pytest_forge.projects import Tree
from pytest_forge.toolchains.rust.manifest import NAME, Manifest, read_manifest
from pytest_forge.toolchains.rust.packages import path_dependencies


def member_manifests(tree: Tree, root: Manifest) -> tuple[Manifest, ...]:
    """Return the manifests of the packages of a project, that of `root` itself first.

    `root` alone, where it is no workspace's.
    """
    if not root.has("workspace"):
        return (root,)
    found: dict[str, Manifest] = {}
    if root.has("package"):
        _add(tree, root, root.directory, found)
    for directory in _named(tree, root):
        _add(tree, root, directory, found)
    return tuple(one for one in found.values() if one.has("package"))


def _named(tree: Tree, root: Manifest) -> Iterator[str]:
    """Return the directories with a manifest that `members` and `default-members` name."""
    directories = [posixpath.dirname(path) or "." for path in tree.files if _is_manifest(path)]
    for entry in root.strings("workspace", "members"):
        place = root.place(entry)
        yield from (one for one in directories if matches(place, one))


def claiming_workspace(tree: Tree, manifest: Manifest) -> str:
    """Return the manifest of the workspace above that claims a package, "" where none does.

    Cargo takes the nearest one upwards that does not exclude the package; where that does not name
    it as a member either, cargo refuses to work with the package.
    """
    if manifest.has("workspace"):
        return ""
    claims = (
        above.path
        for above in manifests_above(tree, manifest)
        if above.has("workspace") and not _is_excluded(above, manifest.directory)
    )
    return next(claims, "")


def manifests_above(tree: Tree, manifest: Manifest) -> Iterator[Manifest]:
    """Return the manifests in the directories above one, the nearest first."""
    directory = manifest.directory
    while directory != ".":
        directory = posixpath.dirname(directory) or "."
        path = posixpath.normpath(posixpath.join(directory, NAME))
        if tree.has(path):
            yield read_manifest(tree, path)


def _is_manifest(path: str) -> bool:
    return posixpath.basename(path) == NAME


def _add(tree: Tree, root: Manifest, directory: str, found: dict[str, Manifest]) -> None:
    """Add the manifest in `directory` and those of its path dependencies inside the workspace."""
    waiting = [directory]
    while waiting:
        place = waiting.pop()
        path = posixpath.normpath(posixpath.join(place, NAME))
        if path in found or not tree.has(path) or _is_excluded(root, place):
            continue
        manifest = root if path == root.path else read_manifest(tree, path)
        found[path] = manifest
        near = (one for one in path_dependencies(manifest, root) if is_within(one, root.directory))
        waiting += reversed(list(near))


def _is_excluded(root: Manifest, directory: str) -> bool:
    def stands_in(key: str) -> bool:
        entries = root.strings("workspace", key)
        return any(is_within(directory, root.place(entry)) for entry in entries)

    return stands_in("exclude") and not stands_in("members")


def is_within(path: str, directory: str) -> bool:
    """Tell whether `path` is `directory` or lies below it; both are relative to forge's root."""
    if directory == ".":
        return not path.startswith("../") and path != ".."
    return path == directory or path.startswith(f"{directory}/")
