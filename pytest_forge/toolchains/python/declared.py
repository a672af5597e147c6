"""What the files of a Python project's directory say, read without running any of them."""

import ast
from collections.abc import Iterator, Mapping
from configparser import ConfigParser, Error
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Tree
from pytest_forge.toolchains.reading import decoded, read, read_toml, table


@dataclass(frozen=True)
class Declared:
    """The configuration files of one directory (relative to forge's root, "." for the root).

    Each is read when it is first asked for; a file that is not there says nothing. A file that
    can't be read raises `ConfigurationError` with its path and line.
    """

    tree: Tree
    directory: str

    def path(self, name: str) -> str:
        """Return the path of `name`, relative to the directory, from forge's root."""
        return name if self.directory == "." else f"{self.directory}/{name}"

    def has(self, name: str) -> bool:
        """Tell whether the file `name` is in the tree."""
        return self.tree.has(self.path(name))

    def text(self, name: str) -> str:
        """Return a file as text, "" where it is not there; a byte-order mark is dropped."""
        return decoded(read(self.tree, self.path(name))) if self.has(name) else ""

    @cached_property
    def pyproject(self) -> Mapping[str, Any]:
        """The tables of pyproject.toml, {} where there is none."""
        return self.toml("pyproject.toml")

    @cached_property
    def setup_py(self) -> "SetupScript | None":
        """What setup.py hands to setup() as literals, None where it doesn't call it."""
        if not self.has("setup.py"):
            return None
        return setup_script(read(self.tree, self.path("setup.py")))

    def table(self, *keys: str) -> Mapping[str, Any]:
        """Return a table of pyproject.toml by its keys, {} where it is not there."""
        return table(self.pyproject, *keys)

    def toml(self, name: str) -> Mapping[str, Any]:
        """Return the tables of a TOML file, {} where it is not there."""
        if not self.has(name):
            return {}
        return read_toml(self.tree, self.path(name))

    def ini(self, name: str) -> ConfigParser:
        """Return an INI file's sections, none where it is not there."""
        parser = ConfigParser(interpolation=None, strict=False, allow_no_value=True)
        try:
            parser.read_string(self.text(name), self.path(name))
        except Error as error:
            raise ConfigurationError(" ".join(str(error).split())) from error
        return parser


@dataclass(frozen=True)
class SetupScript:
    """The literal arguments of a setup.py's call of setup(); what it computes is not known.

    `finds` is the directory that its find_packages() looks into, None where it doesn't call it.
    """

    arguments: Mapping[str, Any]
    finds: str | None


def chain(tree: Tree, directory: str) -> tuple[Declared, ...]:
    """Return the files of `directory`, then of each directory above it up to forge's root.

    Most of Python's tools take the nearest configuration that they find on the way up.
    """
    place = PurePosixPath(directory)
    return tuple(Declared(tree, str(one)) for one in (place, *place.parents))


def setup_script(data: bytes) -> SetupScript | None:
    """Read a setup.py; None where it is not Python 3 or calls no setup()."""
    try:
        module = ast.parse(data)
    except (SyntaxError, ValueError):
        return None
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    setups = [call for call in calls if _name(call.func) == "setup"]
    if not setups or not _imports_a_setup(module):
        return None
    finds = next(filter(None, (_found_in(call) for call in calls)), None)
    return SetupScript(dict(_literals(setups[-1])), finds)


def _imports_a_setup(module: ast.Module) -> bool:
    """A function named setup may be anybody's: it counts if a packaging library is imported."""
    names: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return any(name.split(".")[0] in ("setuptools", "distutils", "skbuild") for name in names)


def _literals(call: ast.Call) -> Iterator[tuple[str, Any]]:
    for keyword in call.keywords:
        if keyword.arg is None:
            continue
        try:
            yield keyword.arg, ast.literal_eval(keyword.value)
        except (ValueError, TypeError, SyntaxError):
            continue


def _found_in(call: ast.Call) -> str | None:
    if _name(call.func) not in ("find_packages", "find_namespace_packages"):
        return None
    given = [*call.args[:1], *(word.value for word in call.keywords if word.arg == "where")]
    values = [one.value for one in given if isinstance(one, ast.Constant)]
    return str(values[0]) if values else "."


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
