"""What a Rust project states for its tools beside its manifests.

Each tool's configuration is taken from where the tool itself looks: rustup upwards from the
project, nextest, cargo-deny and tarpaulin in the workspace's root.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Tree
from pytest_forge.toolchains.reading import decoded, read, read_toml, strings, table

_TOOLCHAIN_FILES = ("rust-toolchain", "rust-toolchain.toml")
_NEXTEST = ".config/nextest.toml"
_TARPAULIN = (".tarpaulin.toml", "tarpaulin.toml")
_DENY = ("deny.toml", ".deny.toml", ".cargo/deny.toml")


@dataclass(frozen=True)
class Pin:
    """The toolchain that rustup is told to take, "" for none, and its compilation targets."""

    channel: str = ""
    targets: tuple[str, ...] = ()


def toolchain_pin(tree: Tree, directory: str) -> Pin:
    """Return the pin in the nearest rust-toolchain(.toml), from `directory` upwards.

    The old form is one line with the toolchain's name. Of two files rustup takes the one without a
    suffix.
    """
    for place in _upwards(directory):
        for name in _TOOLCHAIN_FILES:
            path = _join(place, name)
            if tree.has(path):
                return _pin(tree, path)
    return Pin()


def uses_nextest(tree: Tree, directory: str) -> bool:
    """Tell whether the project configures nextest."""
    return bool(_toml(tree, directory, (_NEXTEST,))[0])


def coverage_tool(tree: Tree, directory: str) -> str:
    """Return "tarpaulin" where that is configured, else "llvm-cov"."""
    return "tarpaulin" if _toml(tree, directory, _TARPAULIN)[0] else "llvm-cov"


def coverage_limit(tree: Tree, directory: str) -> float:
    """Return the share of lines in percent that tarpaulin demands, 0 where it demands none."""
    path, data = _toml(tree, directory, _TARPAULIN)
    stated = [one["fail-under"] for one in data.values() if "fail-under" in _table(one)]
    for value in stated:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ConfigurationError(f"{path}: fail-under must be a number; mend it")
    return max(map(float, stated), default=0.0)


def deny_config(tree: Tree, directory: str) -> tuple[str, bool]:
    """Return cargo-deny's file, relative to `directory`, and whether it speaks of licenses."""
    path, data = _toml(tree, directory, _DENY)
    return path.removeprefix("" if directory == "." else f"{directory}/"), "licenses" in data


def _pin(tree: Tree, path: str) -> Pin:
    text = decoded(read(tree, path)).strip()
    if not path.endswith(".toml") and re.fullmatch(r"[^\s\[\]=]*", text):
        return Pin(text)
    data = read_toml(tree, path)
    stated = table(data, "toolchain")
    channel = stated.get("channel", "")
    if not isinstance(channel, str):
        raise ConfigurationError(f"{path}: toolchain.channel must be a text; mend it")
    return Pin(channel, strings(stated.get("targets")))


def _toml(tree: Tree, directory: str, names: tuple[str, ...]) -> tuple[str, Mapping[str, Any]]:
    """Return the path of the first of `names` that is there, and its tables; "" and {} for none."""
    paths = (_join(directory, name) for name in names)
    path = next(filter(tree.has, paths), "")
    return path, read_toml(tree, path) if path else {}


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _upwards(directory: str) -> Iterator[str]:
    place = PurePosixPath(directory)
    yield from (str(one) for one in (place, *place.parents))


def _join(directory: str, name: str) -> str:
    return str(PurePosixPath(directory) / name)
