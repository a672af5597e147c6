"""One package of a Rust project: name, version, targets and dependencies, as cargo reads them."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pytest_forge.conventions import unproductive_part
from pytest_forge.projects import Tree
from pytest_forge.toolchains.rust.manifest import Manifest, package_value
from pytest_forge.toolchains.rust.targets import Targets, find_targets

_TABLES = ("dependencies", "build-dependencies")
_OLD_NAMES = {"build-dependencies": "build_dependencies", "dev-dependencies": "dev_dependencies"}


@dataclass(frozen=True)
class Dependency:
    """A declared dependency: the name of its package, and its directory where it has a path.

    The directory is relative to forge's root.
    """

    name: str
    directory: str


@dataclass(frozen=True)
class Package:
    """A package; its directory and `version_file` are relative to forge's root.

    `is_product` says that it is no example, benchmark or test as a whole, by convention, unless the
    user includes it; `published` that cargo would publish it. `files` are its own, relative to its
    directory.
    """

    manifest: Manifest
    name: str
    version: str
    version_file: str
    is_product: bool
    published: bool
    rust_version: str
    targets: Targets
    dependencies: tuple[Dependency, ...]
    files: frozenset[str]

    @property
    def directory(self) -> str:
        """Return the package's directory, relative to forge's root."""
        return self.manifest.directory

    @property
    def has_comparable_library(self) -> bool:
        """Tell whether it has an API that can be compared; a procedural macro has none."""
        library = self.targets.library
        return library is not None and not library.is_macro


def read_package(tree: Tree, manifest: Manifest, root: Manifest, files: frozenset[str]) -> Package:
    """Return the package that `manifest` declares in the workspace of `root`."""
    version, holder = package_value(manifest, root, "version")
    rust_version, _ = package_value(manifest, root, "rust-version")
    edition, _ = package_value(manifest, root, "edition")
    targets = find_targets(tree, manifest, str(edition or "2015"), files)
    below = posixpath.relpath(manifest.path, root.directory)
    product = unproductive_part(below) is None or manifest.path in tree.included
    return Package(
        manifest=manifest,
        name=manifest.text("package", "name"),
        version=str(version or "0.0.0"),
        version_file=holder.path if version else "",
        is_product=product,
        # What builds nothing for others is not published, whatever its manifest allows.
        published=product and _holds_code(targets) and may_be_published(manifest, root),
        rust_version=str(rust_version or ""),
        targets=targets,
        dependencies=tuple(dict.fromkeys(_dependencies(manifest, root, _TABLES))),
        files=files,
    )


def path_dependencies(manifest: Manifest, root: Manifest) -> Iterator[str]:
    """Return the directories of all dependencies with a path, those for development included."""
    for dependency in _dependencies(manifest, root, (*_TABLES, "dev-dependencies")):
        if dependency.directory:
            yield dependency.directory


def may_be_published(manifest: Manifest, root: Manifest | None = None) -> bool:
    """Tell whether cargo would publish the package; one without a version it refuses."""
    allowed, _ = package_value(manifest, root or manifest, "publish")
    return "version" in manifest.table("package") and allowed not in (False, [])


def _holds_code(targets: Targets) -> bool:
    return targets.library is not None or bool(targets.binaries)


def _dependencies(
    manifest: Manifest, root: Manifest, kinds: tuple[str, ...]
) -> Iterator[Dependency]:
    places: list[tuple[str, ...]] = [()]
    places += [("target", name) for name in manifest.table("target")]
    for place in places:
        for kind in kinds:
            for key in (kind, _OLD_NAMES.get(kind, "")):
                for name, stated in manifest.table(*place, key).items():
                    yield _dependency(name, stated, manifest, root)


def _dependency(name: str, stated: Any, manifest: Manifest, root: Manifest) -> Dependency:
    holder = manifest
    if isinstance(stated, Mapping) and stated.get("workspace") is True:
        stated, holder = root.table("workspace", "dependencies").get(name), root
    details: Mapping[str, Any] = stated if isinstance(stated, Mapping) else {}
    path = details.get("path")
    place = holder.place(path) if isinstance(path, str) else ""
    return Dependency(str(details.get("package", name)), place)
