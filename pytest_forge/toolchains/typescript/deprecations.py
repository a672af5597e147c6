"""Deprecated items in TypeScript's and JavaScript's sources: the tag `@deprecated` of a JSDoc."""

import re
from collections.abc import Iterator

from pytest_forge.releases.deprecations import Mark

_TAG = re.compile(r"@deprecated\b[ \t]*(?P<note>[^\n*]*)")
_COMMENT = re.compile(r"/\*\*(?:(?!\*/).)*?\*/", re.DOTALL)
_SINCE = re.compile(r"\bsince\s+(?:version\s+)?v?(?P<version>\d+(?:\.\d+)+)", re.IGNORECASE)
_DECLARED = re.compile(
    r"\s*(?P<export>export\s+)?(?:default\s+)?(?:declare\s+)?"
    r"(?:(?:abstract|async|public|static|readonly|get|set|override)\s+)*"
    r"(?:(?:function\*?|class|interface|type|enum|const|let|var|namespace)\s+)?"
    r"(?P<name>[A-Za-z_$][\w$]*)"
)
_HIDDEN = re.compile(r"\s*(?:(?:static|readonly)\s+)*(?:private\b|protected\b|#)")
_TOP = re.compile(r"\S")


def marks(path: str, text: str) -> Iterator[Mark]:
    """Yield the items that are marked and public: exported ones, and members that are not private.

    A declaration at the left edge without `export` may be exported elsewhere by name.
    """
    for comment in _COMMENT.finditer(text):
        tag = _TAG.search(comment[0])
        declared = _DECLARED.match(text, comment.end())
        if not tag or not declared or _HIDDEN.match(text, comment.end()):
            continue
        line = text.count("\n", 0, declared.start("name")) + 1
        if _is_public(text, declared):
            note = tag["note"].strip()
            since = _SINCE.search(note)
            yield Mark(declared["name"], line, since["version"] if since else "", note)


def _is_public(text: str, declared: re.Match[str]) -> bool:
    begin = text.rfind("\n", 0, declared.start("name")) + 1
    inside = not _TOP.match(text, begin)
    name = re.escape(declared["name"])
    by_name = re.search(rf"export\s*(?:type\s*)?\{{[^}}]*\b{name}\b", text)
    return bool(declared["export"] or inside or by_name)
