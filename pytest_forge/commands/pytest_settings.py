"""Which of a repository's pytest settings end pytest before forge is asked.

They take effect while pytest starts: `required_plugins`, `minversion`, and `-p` in `addopts`.
"""

import configparser
import shlex
import tomllib
from collections.abc import Iterable, Mapping
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import InvalidRequirement, Requirement
from packaging.version import InvalidVersion, Version

_INI_FILES = (
    # In pytest's own order; see "Finding the rootdir" in its reference.
    ("pytest.toml", "pytest"),
    (".pytest.toml", "pytest"),
    ("pytest.ini", "pytest"),
    (".pytest.ini", "pytest"),
    ("pyproject.toml", "tool.pytest"),
    ("tox.ini", "pytest"),
    ("setup.cfg", "tool:pytest"),
)


def obstacles(start: Path) -> list[str]:
    """Return what keeps pytest from starting in `start`, with the file that says so.

    Where there is any, the gates are run with `pytest-forge run`.
    """
    for directory in (start, *start.parents):
        for name, section in _INI_FILES:
            settings = _settings(directory / name, section)
            if settings is not None:
                return [f"{name}: {what}" for what in _unmet(settings)]
    return []


def _settings(path: Path, section: str) -> Mapping[str, Any] | None:
    """Return pytest's settings in a file, None where the file has none."""
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    try:
        if path.suffix == ".toml":
            return _toml_table(tomllib.loads(text), section)
        parser = configparser.ConfigParser(interpolation=None, strict=False, allow_no_value=True)
        parser.read_string(text)
    except (tomllib.TOMLDecodeError, configparser.Error):
        return None
    if parser.has_section(section):
        return dict(parser.items(section))
    return {} if path.name.endswith("pytest.ini") else None


def _toml_table(data: Mapping[str, Any], section: str) -> Mapping[str, Any] | None:
    table: Any = data
    for name in section.split("."):
        table = table.get(name) if isinstance(table, dict) else None
    if isinstance(table, dict) and isinstance(table.get("ini_options"), dict):
        table = table["ini_options"]
    return table if isinstance(table, dict) else None


def _unmet(settings: Mapping[str, Any]) -> list[str]:
    required = _words(settings, "required_plugins", False)
    unmet = [f"required_plugins names {one}" for one in required if not _is_installed(one)]
    minimum = str(settings.get("minversion") or "")
    if minimum and not _is_new_enough(minimum):
        unmet.append(f"minversion is {minimum}, here is pytest {pytest.__version__}")
    plugins = _plugins(_words(settings, "addopts", True))
    unmet += [f"addopts load the plugin {one}" for one in plugins if not _is_plugin(one)]
    return unmet


def _words(settings: Mapping[str, Any], key: str, shell: bool) -> list[str]:
    value = settings.get(key) or ""
    if isinstance(value, list):
        return [str(one) for one in value]
    try:
        return shlex.split(str(value)) if shell else str(value).split()
    except ValueError:
        return []


def _plugins(options: Iterable[str]) -> list[str]:
    """Return the plugins that `-p NAME` and `-pNAME` load; `no:NAME` loads none."""
    words = iter(options)
    named = []
    for word in words:
        if word == "-p":
            named.append(next(words, "no:"))
        elif word.startswith("-p"):
            named.append(word[2:])
    return [name for name in (one.strip() for one in named) if not name.startswith("no:")]


def _is_installed(requirement: str) -> bool:
    try:
        wanted = Requirement(requirement)
        return wanted.specifier.contains(metadata.version(wanted.name), prereleases=True)
    except (InvalidRequirement, metadata.PackageNotFoundError):
        return False


def _is_new_enough(minimum: str) -> bool:
    try:
        return Version(pytest.__version__) >= Version(minimum)
    except InvalidVersion:
        return False


def _is_plugin(name: str) -> bool:
    if any(entry.name == name for entry in metadata.entry_points(group="pytest11")):
        return True
    return any(_is_importable(module) for module in (name, f"_pytest.{name}"))


def _is_importable(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except Exception:  # the package above it is imported, and may fail in any way
        return False
