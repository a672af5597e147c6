"""The classes with which the configuration's keys are declared, and how a table is read."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from pytest_forge.configuration.values import Kind, Known, Place, unknown


@dataclass(frozen=True)
class Key:
    """One key: its name, kind, description and an example, which is the TOML of its value.

    `default` is what the reference says of a key that is not set. The value goes to the field
    `field` of the settings' dataclass: the name with underscores, unless another is given.
    """

    name: str
    kind: Kind
    description: str
    example: str
    default: str = ""
    required: bool = False
    field_name: str = ""

    @property
    def field(self) -> str:
        """Return the name of the settings' field."""
        return self.field_name or self.name.replace("-", "_")


@dataclass(frozen=True)
class Table:
    """A table: its keys, and how it stands in the file.

    `name` is "" for the table of forge itself. `header` is its name in TOML's brackets below
    `tool.pytest-forge`, with two pairs of brackets where it may be repeated.
    """

    name: str
    header: str
    description: str
    keys: tuple[Key, ...]

    def read(self, value: object, place: Place, known: Known) -> dict[str, Any]:
        """Return the fields of the settings' dataclass; raise `ConfigurationError`."""
        if not isinstance(value, dict):
            raise place.expected("a table", value)
        self._check_names(value, place)
        return {
            key.field: key.kind.read(value[key.name], place.key(key.name), known)
            for key in self.keys
            if key.name in value
        }

    def _check_names(self, given: Collection[str], place: Place) -> None:
        names = [key.name for key in self.keys]
        for name in given:
            if name not in names:
                raise place.key(name).wrong(unknown("key", name, names))
        for key in self.keys:
            if key.required and key.name not in given:
                raise place.wrong(f"the key {key.name} is missing ({key.kind.name})")


Build = Callable[[dict[str, Any], Place], Any]
"""Makes the settings' object from the fields that were read; raises `place.wrong(...)`."""


def one(table: Table, build: Build) -> Kind:
    """Return the kind of a value that is one such table."""

    def read(value: object, place: Place, known: Known) -> Any:
        return build(table.read(value, place, known), place)

    return Kind("table", read)


def many(table: Table, build: Build) -> Kind:
    """Return the kind of a value that is a list of such tables."""

    def read(value: object, place: Place, known: Known) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise place.expected(f"a list of tables, each under [[{place.path}]]", value)
        places = [place.item(at) for at in range(len(value))]
        return tuple(
            build(table.read(one, at, known), at) for one, at in zip(value, places, strict=True)
        )

    return Kind("list of tables", read)


def named(table: Table, build: Build) -> Kind:
    """Return the kind of a value that holds such tables by name; the name is the field `name`."""

    def read(value: object, place: Place, known: Known) -> tuple[Any, ...]:
        if not isinstance(value, dict):
            raise place.expected("a table", value)
        return tuple(
            build({"name": name, **table.read(fields, place.key(name), known)}, place.key(name))
            for name, fields in value.items()
        )

    return Kind("table of tables", read)
