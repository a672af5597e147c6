"""What a project's .pre-commit-config.yaml says of its tools: which run, and on which files.

Its YAML is read line by line: hooks stand in one form everywhere (`- id: ruff-check`, a key on each
line below it), and a YAML library would be a dependency for this one file alone.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from pytest_forge.toolchains.python.declared import Declared

_FILES = (".pre-commit-config.yaml", ".pre-commit-config.yml")
_KEY = re.compile(r"(?P<indent>\s*)(?P<dash>-\s+)?(?P<key>id|exclude)\s*:\s*(?P<value>.*)$")
_BLOCK = re.compile(r"[|>][-+]?\d*$")


@dataclass(frozen=True)
class Hooks:
    """The ids of the hooks, and what is left out: of all of them ("") and of one by its id."""

    names: frozenset[str]
    excludes: tuple[tuple[str, str], ...]


def hooks(place: Declared) -> Hooks:
    """Return the hooks that are configured in one directory."""
    text = next(filter(None, map(place.text, _FILES)), "")
    names: list[str] = []
    excludes = []
    for indent, key, value in _keys(text.splitlines()):
        if key == "id":
            names.append(value)
        else:
            excludes.append((names[-1] if indent and names else "", value))
    return Hooks(frozenset(names), tuple(excludes))


def excluded(place: Declared, names: Collection[str], files: Iterable[str]) -> tuple[str, ...]:
    """Return those of `files` that none of the hooks `names` would be given.

    pre-commit's `exclude` is a regular expression of Python that is searched for in each path. A
    project without one of these hooks leaves nothing out by them.
    """
    found = hooks(place)
    if not found.names & set(names):
        return ()
    patterns = [text for name, text in found.excludes if not name or name in names]
    return tuple(path for path in files if any(_finds(text, path) for text in patterns))


def _finds(pattern: str, path: str) -> bool:
    try:
        return re.search(pattern, path) is not None
    except re.error:
        return False  # pre-commit itself refuses the whole file


def _keys(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Yield indentation, key and value of each line `id: ...` or `exclude: ...`."""
    for number, line in enumerate(lines):
        found = _KEY.match(line)
        if found is None:
            continue
        indent = len(found["indent"])
        value = found["value"].strip()
        if _BLOCK.match(value):
            yield indent, found["key"], "\n".join(_block(lines[number + 1 :], indent))
        else:
            yield indent, found["key"], _scalar(value)


def _block(lines: list[str], indent: int) -> Iterator[str]:
    for line in lines:
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            return
        yield line.strip()


def _scalar(value: str) -> str:
    """Return a plain or quoted scalar without its comment."""
    quoted = re.match(r"'((?:[^']|'')*)'|\"((?:[^\"\\]|\\.)*)\"", value)
    if quoted is None:
        return re.sub(r"\s+#.*$", "", value)
    if quoted[1] is not None:
        return quoted[1].replace("''", "'")
    return re.sub(r"\\(.)", r"\1", quoted[2])
