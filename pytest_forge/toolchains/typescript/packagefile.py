"""package.json: what a package says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from pytest_forge.projects import Tree
from pytest_forge.toolchains.reading import strings, table
from pytest_forge.toolchains.typescript.jsonc import read_json

_LOCAL = ("file:", "link:", "portal:")


@dataclass(frozen=True)
class PackageFile:
    """One package.json: `manifest` is its path below forge's root."""

    manifest: str
    data: Mapping[str, Any]

    @property
    def directory(self) -> str:
        """Return its directory, relative to forge's root."""
        return str(PurePosixPath(self.manifest).parent)

    @property
    def scripts(self) -> Mapping[str, str]:
        """Return the scripts by name."""
        stated = table(self.data, "scripts")
        return {name: text for name, text in stated.items() if isinstance(text, str)}

    @property
    def is_private(self) -> bool:
        """Tell whether npm refuses to publish it."""
        return self.data.get("private") is True

    def text(self, *keys: str) -> str:
        """Return a text that stands under `keys`, "" for none."""
        *above, last = keys
        value = table(self.data, *above).get(last)
        return value.strip() if isinstance(value, str) else ""

    def table(self, *keys: str) -> Mapping[str, Any]:
        """Return the object that stands under `keys`, {} for none."""
        return table(self.data, *keys)

    def dependencies(self, *kinds: str) -> Mapping[str, str]:
        """Return what it depends on, name -> range, of these kinds ("dependencies", ...)."""
        found: dict[str, str] = {}
        for kind in kinds:
            for name, wanted in table(self.data, kind).items():
                found.setdefault(name, wanted if isinstance(wanted, str) else "")
        return found

    @property
    def path_dependencies(self) -> tuple[str, ...]:
        """Return the directories, relative to its own, on which it is built."""
        kinds = ("dependencies", "devDependencies", "optionalDependencies")
        stated = self.dependencies(*kinds).values()
        return tuple(
            str(PurePosixPath(wanted.partition(":")[2]))
            for wanted in stated
            if wanted.startswith(_LOCAL)
        )

    @property
    def workspaces(self) -> tuple[str, ...]:
        """Return the patterns of its members, a list or under `packages` (yarn)."""
        stated = self.data.get("workspaces")
        return strings(stated.get("packages") if isinstance(stated, Mapping) else stated)


def read_package(tree: Tree, manifest: str) -> PackageFile:
    """Read a package.json of the tree; `ConfigurationError` where it can't be read."""
    return PackageFile(manifest, read_json(tree, manifest, comments=False))


def package_name(tree: Tree, manifest: str) -> str:
    """Return the name that a package.json declares, "" for none."""
    return read_package(tree, manifest).text("name")
