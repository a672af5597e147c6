"""Globs over the POSIX paths of a repository, relative to forge's root."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePosixPath

_SET = re.compile(r"\[(!?)(\]?[^]]*)\]")


def matches(glob: str, path: str) -> bool:
    """Tell whether the whole of `path` fits `glob`; both are relative to forge's root.

    `*` stands for any part of one name, `?` for one character and `[abc]` or `[!abc]` for one
    character of a set; none of them fits a slash. `**` as a whole name stands for any number of
    directories, none included: `a/**/b` fits `a/b` and `a/x/y/b`, and `a/**` fits `a` itself and
    everything below. `a/` is short for `a/**`, a leading `./` is ignored, and the root is ".".
    """
    return _compiled(glob).fullmatch(_normal(path)) is not None


def fits(path: str, globs: Iterable[str]) -> bool:
    """Tell whether `path`, or a directory above it, fits one of `globs`."""
    return any(matches(glob, place) for glob in globs for place in (path, *parents(path)))


def parents(path: str) -> tuple[str, ...]:
    """Return the directories above `path`, the nearest first, the root left out."""
    return tuple(parent.as_posix() for parent in PurePosixPath(path).parents)[:-1]


def _normal(path: str) -> str:
    path = path.removeprefix("./").rstrip("/")
    return "" if path == "." else path


@lru_cache(maxsize=1024)
def _compiled(glob: str) -> re.Pattern[str]:
    names = _names(glob)
    pattern = ""
    for place, name in enumerate(names):
        last = place == len(names) - 1
        if name != "**":
            pattern += _name_pattern(name) + ("" if last else "/")
        elif last:
            # The slash before it is optional: "a/**" fits "a" as well.
            pattern = pattern.removesuffix("/") + (r"(?:/.*)?" if pattern else ".*")
        else:
            pattern += "(?:[^/]+/)*"
    return re.compile(pattern, re.DOTALL)


def _names(glob: str) -> list[str]:
    """Return the names between a glob's slashes, several `**` in a row as one."""
    names = [name for name in _normal(glob).split("/") if name]
    if glob.endswith("/") and glob != "./":
        names.append("**")
    return [
        name
        for name, before in zip(names, ["", *names], strict=False)
        if (name, before) != ("**", "**")
    ]


def _name_pattern(name: str) -> str:
    pattern, at = "", 0
    while at < len(name):
        found = _SET.match(name, at)
        if found:
            members = found[2].replace("\\", r"\\").replace("[", r"\[").replace("]", r"\]")
            pattern += f"(?!/)[{'^' if found[1] else ''}{members}]"
            at = found.end()
        else:
            pattern += {"*": "[^/]*", "?": "[^/]"}.get(name[at], re.escape(name[at]))
            at += 1
    return pattern
