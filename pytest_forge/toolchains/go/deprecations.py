"""Deprecated items in Go's sources: a paragraph `Deprecated: ...` in the comment above them.

The form is Go's own ("Deprecated" in the Go wiki): what gopls and pkg.go.dev show.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from pytest_forge.releases.deprecations import Mark

_NOTE = re.compile(r"\s*// ?Deprecated: ?(?P<note>.*)")
_COMMENT = re.compile(r"\s*//")
_DECLARED = re.compile(
    r"func \((?:\w+ )?\*?(?P<receiver>\w+)[^)]*\) (?P<method>\w+)"
    r"|(?:func|type|var|const|package) (?P<item>\w+)"
    r"|\t+(?P<inner>\w+)"
)
_COMMAND = re.compile(r"^package main\b", re.MULTILINE)


def marks(path: str, text: str) -> Iterator[Mark]:
    """Yield the exported items that are marked: functions, methods, types, fields, packages.

    Tests, commands and internal packages have none.
    """
    outside = "internal" in PurePosixPath(path).parts or path.endswith("_test.go")
    if outside or _COMMAND.search(text):
        return
    lines = text.splitlines()
    for number, line in enumerate(lines):
        note = _NOTE.match(line)
        if note:
            yield from _marked(lines, number, note["note"].strip())


def _marked(lines: list[str], number: int, note: str) -> Iterator[Mark]:
    place = number
    while place < len(lines) and _COMMENT.match(lines[place]):
        place += 1
    declared = _DECLARED.match(lines[place]) if place < len(lines) else None
    name = _name(declared, lines[place]) if declared else ""
    if name:
        yield Mark(name, place + 1, note=note)


def _name(declared: re.Match[str], line: str) -> str:
    """Return what is declared, "" where it is not exported."""
    if line.startswith("package "):
        return f"package {declared['item']}"
    names = ("receiver", "method", "item", "inner")
    parts = [part for name in names if (part := declared[name])]
    return ".".join(parts) if all(part[0].isupper() for part in parts) else ""
