"""Which linter a Go project has chosen, and what its configuration states.

golangci-lint takes the nearest `.golangci.*` on the way up, of one directory the first of its
formats (pkg/config/base_loader.go). Its settings have two forms, told apart by `version`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import yaml

from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Tree
from pytest_forge.toolchains.reading import decoded, read, read_toml, strings, table

_NAMES = (".golangci.yml", ".golangci.yaml", ".golangci.toml", ".golangci.json")
_COMPLEXITY = {"gocyclo": "min-complexity", "cyclop": "max-complexity"}
"""Linters of cyclomatic complexity, each with its setting: both report what lies above it."""


@dataclass(frozen=True)
class Golangci:
    """A configuration of golangci-lint: its path below forge's root, "" without one."""

    path: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def build_tags(self) -> tuple[str, ...]:
        """Return the tags with which the linters look at the code."""
        return strings(table(self.data, "run").get("build-tags"))

    @property
    def complexity(self) -> float | None:
        """Return the highest complexity of a function that an enabled linter is told to allow."""
        stated = (
            self._settings(linter).get(key)
            for linter, key in _COMPLEXITY.items()
            if self._enables(linter)
        )
        return min((float(one) for one in stated if isinstance(one, int | float)), default=None)

    @property
    def _is_second(self) -> bool:
        return str(self.data.get("version", "")) == "2"

    def _settings(self, linter: str) -> Mapping[str, Any]:
        if self._is_second:
            return table(self.data, "linters", "settings", linter)
        return table(self.data, "linters-settings", linter)

    def _enables(self, linter: str) -> bool:
        linters = table(self.data, "linters")
        if self._is_second:
            every = linters.get("default") == "all"
        else:
            presets = strings(linters.get("presets"))
            every = linters.get("enable-all") is True or "complexity" in presets
        named = linter in strings(linters.get("enable"))
        return named or (every and linter not in strings(linters.get("disable")))


def golangci(tree: Tree, directory: str) -> Golangci:
    """Return the configuration that golangci-lint takes in `directory`.

    Raises `ConfigurationError` where it can't be read.
    """
    place = PurePosixPath(directory)
    for parent in (place, *place.parents):
        for name in _NAMES:
            path = str(parent / name)
            if tree.has(path):
                return Golangci(path, _read(tree, path))
    return Golangci()


def _read(tree: Tree, path: str) -> Mapping[str, Any]:
    if path.endswith(".toml"):
        return read_toml(tree, path)
    text = decoded(read(tree, path))
    try:
        data = json.loads(text) if path.endswith(".json") else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError) as error:
        raise ConfigurationError(
            f"{path}: {' '.join(str(error).split())}; mend it, or take it out of the run with "
            "`exclude`"
        ) from error
    return data if isinstance(data, Mapping) else {}
