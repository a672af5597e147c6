"""Deprecated items in Rust's sources: the attribute `#[deprecated]` (The Rust Reference)."""

import re
from collections.abc import Iterator

from pytest_forge.releases.deprecations import Mark

_STRING = r'"(?:[^"\\]|\\[\s\S])*"'
_ATTRIBUTE = re.compile(
    rf"^[ \t]*#\[deprecated\s*(?P<given>\((?:[^()\"]|{_STRING})*\)|=\s*{_STRING})?\s*\]",
    re.MULTILINE,
)
_GIVEN = re.compile(rf"(?P<name>since|note)\s*=\s*(?P<text>{_STRING})")
_BETWEEN = re.compile(rf"(?:\s+|#\[(?:[^\]\"]|{_STRING})*\]|//[^\n]*)*")
_ITEM = re.compile(
    r"(?P<public>pub(?:\s*\([^)]*\))?\s+)?"
    r"(?:(?:default|unsafe|async|const|extern(?:\s+\"[^\"]*\")?)\s+)*"
    r"(?:(?P<kind>fn|struct|enum|union|trait|type|const|static|mod|macro_rules!)\s+)?"
    r"(?:mut\s+)?(?P<name>\w+)"
)
_AROUND = re.compile(
    r"[ \t]*(?:pub(?:\([^)]*\))?\s+)?(?:unsafe\s+)?"
    r"(?:impl\b.*?(?P<type>\w+)(?:<[^{]*>)?\s*(?:where.*)?\{|(?:trait|enum|struct|mod)\s+(?P<name>\w+))"
)


def marks(path: str, text: str) -> Iterator[Mark]:
    """Yield the items that are marked, less those that say themselves that they are private.

    Variants, fields and what a trait holds are as public as the item around them.
    """
    for found in _ATTRIBUTE.finditer(text):
        between = _BETWEEN.match(text, found.end())
        item = _ITEM.match(text, between.end() if between else found.end())
        if item and not _is_private(item):
            given = _given(found["given"] or "")
            around = _around(text[: found.start()], _indent(found[0]))
            name = f"{around}::{item['name']}" if around else item["name"]
            line = text.count("\n", 0, item.start()) + 1
            yield Mark(name, line, given.get("since", ""), given.get("note", ""))


def _is_private(item: re.Match[str]) -> bool:
    return "(" in (item["public"] or "")


def _given(text: str) -> dict[str, str]:
    """Return what the attribute was given: `since` and `note`; `#[deprecated = ""]` is a note."""
    if text.startswith("="):
        return {"note": _plain(text[1:].strip())}
    return {found["name"]: _plain(found["text"]) for found in _GIVEN.finditer(text)}


def _plain(literal: str) -> str:
    return " ".join(re.sub(r"\\\n\s*|\\(.)", r"\1", literal[1:-1]).split())


def _indent(line: str) -> int:
    return len(line.lstrip("\n")) - len(line.lstrip())


def _around(before: str, indent: int) -> str:
    """Return the name of the innermost block around, as formatted code shows it by indentation."""
    if not indent:
        return ""
    for line in reversed(before.splitlines()):
        found = _AROUND.match(line) if line.strip() and _indent(line) < indent else None
        if found:
            return found["type"] or found["name"] or ""
    return ""
