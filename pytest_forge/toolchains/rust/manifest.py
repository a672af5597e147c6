"""One Cargo.toml: its values by their keys, and those that it inherits from its workspace."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Tree
from pytest_forge.toolchains.reading import read_toml

NAME = "Cargo.toml"


@dataclass(frozen=True)
class Manifest:
    """A manifest at `path` (from forge's root) and its tables.

    A value of another type than cargo's raises `ConfigurationError` with the file and the key.
    """

    path: str
    data: Mapping[str, Any]

    @property
    def directory(self) -> str:
        """Return the manifest's directory, relative to forge's root."""
        return posixpath.dirname(self.path) or "."

    def place(self, name: str) -> str:
        """Return a path that the manifest names as one from forge's root ("../" leads out)."""
        return posixpath.normpath(posixpath.join(self.directory, name))

    def has(self, *keys: str) -> bool:
        """Tell whether something stands under `keys`."""
        return self._value(keys) is not None

    def table(self, *keys: str) -> Mapping[str, Any]:
        """Return the table under `keys`, {} where there is none."""
        value = self._value(keys)
        if value is None or isinstance(value, Mapping):
            return value or {}
        self._refuse(keys, "a table")

    def tables(self, *keys: str) -> tuple[Mapping[str, Any], ...]:
        """Return the array of tables under `keys`, () where there is none."""
        value = self._value(keys)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(one, Mapping) for one in value):
            return tuple(value)
        self._refuse(keys, "an array of tables")

    def strings(self, *keys: str) -> tuple[str, ...]:
        """Return the list of texts under `keys`, () where there is none."""
        value = self._value(keys)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        self._refuse(keys, "a list of texts")

    def text(self, *keys: str) -> str:
        """Return the text under `keys`, "" where there is none."""
        value = self._value(keys)
        if value is None or isinstance(value, str):
            return value or ""
        self._refuse(keys, "a text")

    def _value(self, keys: tuple[str, ...]) -> Any:
        value: Any = self.data
        for number, key in enumerate(keys):
            if not isinstance(value, Mapping):
                self._refuse(keys[:number], "a table")
            value = value.get(key)
            if value is None:
                return None
        return value

    def _refuse(self, keys: tuple[str, ...], wanted: str) -> NoReturn:
        raise ConfigurationError(
            f"{self.path}: {'.'.join(keys)} must be {wanted}; "
            "mend it, or take the file out of the run with `exclude`"
        )


def read_manifest(tree: Tree, path: str) -> Manifest:
    """Return the manifest at `path`; `ConfigurationError` where it can't be read."""
    return Manifest(path, read_toml(tree, path))


def package_name(tree: Tree, path: str) -> str:
    """Return the name of the package that a manifest declares, "" for a workspace without one."""
    return read_manifest(tree, path).text("package", "name")


def package_value(manifest: Manifest, root: Manifest, key: str) -> tuple[Any, Manifest]:
    """Return a value of `[package]`, and the manifest of the two that holds it.

    `key.workspace = true` takes it from the workspace's root. None stands for no value.
    """
    value = manifest.table("package").get(key)
    if isinstance(value, Mapping) and value.get("workspace") is True:
        return root.table("workspace", "package").get(key), root
    return value, manifest
