"""Deprecated items in Java's sources: `@Deprecated`, and what the comment says of each."""

import re
from collections.abc import Iterator

from pytest_forge.releases.deprecations import Mark

_MARK = re.compile(r"^[ \t]*@(?:java\.lang\.)?Deprecated\b(?:\((?P<inside>[^)]*)\))?", re.MULTILINE)
_SINCE = re.compile(r'since\s*=\s*"(?P<since>[^"]*)"')
_NOTE = re.compile(r"\*\s*@deprecated\s+(?P<note>.*?)(?=\n\s*\*\s*(?:@|/)|\*/)", re.DOTALL)
_COMMENT_LINE = re.compile(r"\s*\n\s*\*?\s*")
_OTHER = re.compile(r"\s*(?:@\w[\w.]*(?:\([^)]*\))?\s*|//[^\n]*\n\s*)*")
_DECLARED = re.compile(
    r"(?P<modifiers>(?:(?:public|protected|private|static|final|abstract|default|synchronized|native"
    r"|sealed|non-sealed|strictfp|volatile|transient)\s+)*)"
    r"(?:(?:class|interface|enum|record|@interface)\s+(?P<type>\w+)"
    r"|(?:<[^;{(]*?>\s+)?[\w.$<>\[\], ?&@]*?\b(?P<name>\w+)\s*[(;=])"
)


def marks(path: str, text: str) -> Iterator[Mark]:
    """Yield the public and protected items that are marked, named by their file's type.

    What an interface declares is public without a word.
    """
    owner = path.rpartition("/")[2].removesuffix(".java")
    in_interface = bool(re.search(rf"\binterface\s+{re.escape(owner)}\b", text))
    for mark in _MARK.finditer(text):
        start = _OTHER.match(text, mark.end())
        place = start.end() if start else mark.end()
        declared = _DECLARED.match(text, place)
        if declared and _is_public(declared["modifiers"], in_interface):
            name = declared["type"] or declared["name"]
            since = _SINCE.search(mark["inside"] or "")
            yield Mark(
                name=name if name == owner else f"{owner}.{name}",
                line=text.count("\n", 0, place) + 1,
                since=since["since"] if since else "",
                note=_note(text, mark.start()),
            )


def _is_public(modifiers: str, in_interface: bool) -> bool:
    words = modifiers.split()
    if "private" in words:
        return False
    return in_interface or "public" in words or "protected" in words


def _note(text: str, end: int) -> str:
    """Return what the comment right above says to use instead."""
    start = text.rfind("/**", 0, end)
    comment = text[start:end] if start >= 0 else ""
    closed = comment.find("*/")
    # Code between the comment and the mark means that it is another item's comment.
    if closed < 0 or re.search(r"[;{}]", comment[closed:]):
        return ""
    found = _NOTE.search(comment)
    return _COMMENT_LINE.sub(" ", found["note"]).strip() if found else ""
