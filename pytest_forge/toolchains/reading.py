"""Reading the configuration files of a project: text, TOML and the values in it, XML."""

import tomllib
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Tree


def read(tree: Tree, path: str) -> bytes:
    """Return the content of a file of the tree; `ConfigurationError` where it can't be read."""
    try:
        return tree.read(path)
    except OSError as error:
        raise ConfigurationError(f"{path}: can't be read: {error.strerror}") from error


def read_toml(tree: Tree, path: str) -> dict[str, Any]:
    """Return the tables of a TOML file; `ConfigurationError` with path and line where it is none.

    A byte-order mark is dropped.
    """
    data = read(tree, path)
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(
            f"{path}: not UTF-8 (at line {line}); save it as UTF-8, which TOML requires"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(
            f"{path}: {error}; mend it, or take it out of the run with `exclude`"
        ) from error


def read_xml(tree: Tree, path: str) -> Element:
    """Return the root of an XML file, its elements without namespaces.

    A byte-order mark is no matter. Raises `ConfigurationError` with the path where it is no XML.
    """
    try:
        # Bytes: the declaration names the encoding.
        root: Element = defusedxml.ElementTree.fromstring(read(tree, path))
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise ConfigurationError(
            f"{path}: not XML ({error}); mend it, or take it out of the run with `exclude`"
        ) from error
    for element in root.iter():
        element.tag = str(element.tag).rpartition("}")[2]
    return root


def decoded(data: bytes) -> str:
    """Return text as UTF-8 without its mark, or as Latin-1, which can be read whatever it holds."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def table(data: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    """Return the table that stands under `keys` in `data`, {} where there is none."""
    for key in keys:
        value = data.get(key)
        if not isinstance(value, Mapping):
            return {}
        data = value
    return data


def strings(value: object) -> tuple[str, ...]:
    """Return the strings of a list, a single string as a list of one, anything else as ()."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list | tuple):
        return tuple(item for item in value if isinstance(item, str))
    return ()
