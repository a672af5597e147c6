"""The order of Maven's versions (maven-artifact's `ComparableVersion`).

See https://maven.apache.org/pom.html#version-order-specification: parts are split at dots, dashes
and between digits and letters; known qualifiers stand before or behind the release, other words
behind it in the order of the alphabet. Gives keys of the shape of `pytest_forge.versions`.
"""

import re
from collections.abc import Iterable
from itertools import takewhile

from pytest_forge.versions import Identifier, Key

_VERSION = re.compile(r"\d+[0-9A-Za-z.+_-]*")
_PART = re.compile(r"\d+|[a-z]+")
# The empty qualifier is the release itself.
_QUALIFIERS = ("alpha", "beta", "milestone", "rc", "snapshot", "", "sp")
_SHORT = {"a": "alpha", "b": "beta", "m": "milestone", "cr": "rc"}
_SAME = frozenset({"ga", "final", "release"})
_RELEASE = _QUALIFIERS.index("")
_LATEST = (1, 0)


def maven_order(version: str) -> Key:
    """Return the key by which Maven sorts a version; ValueError where it does not begin so."""
    if not _VERSION.fullmatch(version):
        raise ValueError(f"{version!r} is no version")
    parts = [_meant(part) for part in _PART.findall(version.lower())]
    numbers = tuple(takewhile(lambda part: isinstance(part, int), parts))
    rest = tuple(_identifier(part) for part in parts[len(numbers) :] if part != "")
    # What follows the numbers decides as its first qualifier does; a number alone stands behind.
    behind = rest[0][0] if rest else _RELEASE
    stage = behind if isinstance(behind, int) else _RELEASE
    return (0, _without_zeros(int(one) for one in numbers), (stage, rest), -1, _LATEST)


def _without_zeros(numbers: Iterable[int]) -> tuple[int, ...]:
    """Return the numbers without zeros at their end; the first always counts."""
    kept = list(numbers)
    while len(kept) > 1 and kept[-1] == 0:
        kept.pop()
    return tuple(kept)


def _meant(part: str) -> int | str:
    if part.isdigit():
        return int(part)
    word = _SHORT.get(part, part)
    return "" if word in _SAME else word


def _identifier(part: int | str) -> Identifier:
    if isinstance(part, int):
        return (len(_QUALIFIERS) + 1, part)
    if part in _QUALIFIERS:
        return (_QUALIFIERS.index(part), part)
    return (len(_QUALIFIERS), part)
