"""Deprecated items in C#'s sources: the attribute `[Obsolete("...")]` above them."""

import re
from collections.abc import Iterator

from pytest_forge.releases.deprecations import Mark

_STRING = r'@?"(?:[^"\\\n]|\\.)*"'
_ATTRIBUTE = re.compile(
    rf"^[ \t]*\[(?:System\.)?Obsolete(?:Attribute)?(?:\((?P<note>\s*{_STRING})?[^\])]*\))?\]",
    re.MULTILINE,
)
_BETWEEN = re.compile(r"(?:\s+|\[[^\]]*\]|//[^\n]*)*")
_ITEM = re.compile(
    r"(?P<modifiers>(?:(?:public|protected|internal|private|static|sealed|abstract|virtual|override"
    r"|readonly|partial|async|unsafe|extern|new|const|required|event|ref)\s+)*)"
    r"(?:(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate)\s+)?"
    r"(?:[\w.<>,?\[\]]+\s+)??(?P<name>\w+)\s*(?:[({;=:<]|$|\s*$)",
    re.MULTILINE,
)
_HIDDEN = re.compile(r"\b(?:private|internal)\b")


def marks(path: str, text: str) -> Iterator[Mark]:
    """Yield the items that are marked, less those that say that nobody outside sees them."""
    for found in _ATTRIBUTE.finditer(text):
        between = _BETWEEN.match(text, found.end())
        item = _ITEM.match(text, between.end() if between else found.end())
        if item and not _HIDDEN.search(item["modifiers"]):
            line = text.count("\n", 0, item.start()) + 1
            yield Mark(item["name"], line, note=_plain(found["note"] or ""))


def _plain(literal: str) -> str:
    return " ".join(literal.strip().removeprefix("@").strip('"').split())
