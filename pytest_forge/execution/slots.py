"""Slots in commands: `{python}` becomes text, an element that is a list slot becomes its items."""

import re
from collections.abc import Iterable, Mapping

from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import FactValue

_SLOT = re.compile(r"\{([a-z][a-z0-9_-]*(?::[A-Za-z0-9_.-]+)?)\}")


class Verbatim(str):
    """An element of a command that stands as it is: a file may be named `{like}.this`."""

    __slots__ = ()


def verbatim(words: Iterable[str]) -> tuple[Verbatim, ...]:
    """Return words, names of the project's files above all, in which no slot is filled."""
    return tuple(map(Verbatim, words))


def fill(argv: Iterable[str], values: Mapping[str, FactValue]) -> tuple[str, ...]:
    """Return the command with its slots filled.

    An element that is exactly one slot whose value is a tuple is replaced by the tuple's items
    (none for an empty one); one that is `Verbatim` stays. Raises `ConfigurationError` for a slot
    that has no value.
    """
    filled: list[str] = []
    for element in argv:
        if isinstance(element, Verbatim):
            filled.append(str(element))
            continue
        whole = _SLOT.fullmatch(element)
        value = _value(whole[1], values) if whole else None
        if isinstance(value, tuple):
            filled.extend(value)
        else:
            filled.append(fill_text(element, values))
    return tuple(filled)


def fill_text(text: str, values: Mapping[str, FactValue]) -> str:
    """Return one text with its slots filled; a tuple is joined by blanks."""

    def replacement(match: re.Match[str]) -> str:
        value = _value(match[1], values)
        return " ".join(value) if isinstance(value, tuple) else str(value)

    return _SLOT.sub(replacement, text)


def _value(name: str, values: Mapping[str, FactValue]) -> FactValue:
    if name not in values:
        known = ", ".join(sorted(values))
        raise ConfigurationError(f"unknown slot {{{name}}} in a command; known slots: {known}")
    return values[name]
