"""Versions of every kind that projects carry: their order, and what the step between two promises.

`packaging` reads what PEP 440 allows (also CalVer and versions of four parts); anything else is
read by the rules of Semantic Versioning 2.0.0, with any number of leading parts, so that Maven's
`-SNAPSHOT` and `-M1` have a place too. Both give keys of one shape, which compare with each other.

(`semver` refuses the missing and the fourth part, and `univers` brings four packages into an
environment that may be the project's own: neither pays for the ten lines that it would save.)
"""

import re
from enum import IntEnum
from typing import TypeAlias

from packaging.version import InvalidVersion, Version

Identifier: TypeAlias = tuple[int, int | str]
Key: TypeAlias = tuple[
    int, tuple[int, ...], tuple[int, tuple[Identifier, ...]], int, tuple[int, int]
]
"""Epoch, release without trailing zeros, stage, post release, development release."""

_DEVELOPMENT = (-1, ())
_FINAL = (1, ())
_LATEST = (1, 0)
_SEMANTIC = re.compile(r"v?(\d+(?:\.\d+)*)(?:[-.]([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?")


class Bump(IntEnum):
    """The step from one version to the next, smallest first."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


def order(version: str) -> Key:
    """Return the key by which versions sort; ValueError where `version` is none."""
    try:
        return _pep440_key(Version(version))
    except InvalidVersion:
        return semantic_order(version)


def semantic_order(version: str) -> Key:
    """Return the key by SemVer's rule 11: `1.2.3-1` comes before `1.2.3`, build metadata is moot.

    A leading `v` and any number of parts are allowed. Raises ValueError.
    """
    found = _SEMANTIC.fullmatch(version)
    if not found:
        raise ValueError(f"{version!r} is no version")
    label = found[2]
    stage = (0, tuple(_identifier(part) for part in label.split("."))) if label else _FINAL
    return (0, _release(found[1]), stage, -1, _LATEST)


def is_version(text: str) -> bool:
    """Tell whether `text` has a place in the order of versions."""
    try:
        order(text)
    except ValueError:
        return False
    return True


def is_prerelease(version: str) -> bool:
    """Tell whether `version` comes before a final release (alpha, rc, dev, SNAPSHOT, M1)."""
    stage, development = order(version)[2], order(version)[4]
    return stage != _FINAL or development != _LATEST


def base(version: str) -> str:
    """Return the final release that `version` belongs to: `1.3.0` for `1.3.0rc1` or `1.3.0.dev2`.

    Raises ValueError.
    """
    try:
        return Version(version).base_version
    except InvalidVersion:
        found = _SEMANTIC.fullmatch(version)
        if not found:
            raise ValueError(f"{version!r} is no version") from None
        return found[1]


def bump(previous: str, declared: str) -> Bump:
    """Return the step from `previous` to `declared`; NONE where it doesn't go up.

    Only the final releases that they belong to count: `1.3.0` to `1.3.0rc2` is NONE, and `1.3.0`
    to `2.0.0b1` is MAJOR. A step of the epoch is MAJOR, one of the third part or of a later one
    (and a post release) is PATCH.
    """
    if order(declared) <= order(previous):
        return Bump.NONE
    if order(declared)[0] != order(previous)[0]:
        return Bump.MAJOR
    before, after = _parts(previous), _parts(declared)
    for step, place in ((Bump.MAJOR, 0), (Bump.MINOR, 1)):
        if before[place] != after[place]:
            return step
    same_release = before == after and order(declared)[3] <= order(previous)[3]
    return Bump.NONE if same_release else Bump.PATCH


def allows(previous: str, declared: str) -> Bump:
    """Return the largest change that the step from `previous` to `declared` may carry.

    SemVer's rule 4: before 1.0.0 a minor step may break. A pre-release promises nothing (rule 9):
    after it everything is allowed, as long as the version goes up.
    """
    step = bump(previous, declared)
    if is_prerelease(previous) and order(declared) > order(previous):
        return Bump.MAJOR
    if step is Bump.MINOR and _parts(previous)[0] == 0:
        return Bump.MAJOR
    return step


def next_version(previous: str, step: Bump) -> str:
    """Return the smallest final version after `previous` that carries `step`.

    Before 1.0.0 a breaking change asks for a minor step. A pre-release carries everything itself:
    its own final release is next. Raises ValueError.
    """
    if is_prerelease(previous):
        return base(previous)
    if step is Bump.NONE:
        return previous
    parts = _parts(previous)
    places = {Bump.MAJOR: 0 if parts[0] else 1, Bump.MINOR: 1, Bump.PATCH: len(parts) - 1}
    place = places[step]
    following = (*parts[:place], parts[place] + 1, *[0] * (len(parts) - place - 1))
    epoch, mark, _ = base(previous).rpartition("!")
    return epoch + mark + ".".join(str(part) for part in following)


def _pep440_key(version: Version) -> Key:
    stage: tuple[int, tuple[Identifier, ...]] = _FINAL
    if version.pre is not None:
        stage = (0, (_identifier(version.pre[0]), (0, version.pre[1])))
    elif version.post is None and version.dev is not None:
        stage = _DEVELOPMENT
    post = -1 if version.post is None else version.post
    development = _LATEST if version.dev is None else (0, version.dev)
    return (version.epoch, _release(version.base_version), stage, post, development)


def _release(text: str) -> tuple[int, ...]:
    parts = [int(part) for part in text.rpartition("!")[2].split(".")]
    while len(parts) > 1 and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


def _parts(version: str) -> tuple[int, ...]:
    """Return the numbers of the final release, at least three of them."""
    parts = tuple(int(part) for part in base(version).rpartition("!")[2].split("."))
    return parts + (0,) * (3 - len(parts))


def _identifier(text: str) -> Identifier:
    if text.isdigit():
        return (0, int(text))
    short = {"a": "alpha", "b": "beta"}
    return (1, short.get(text.lower(), text.lower()))
