"""The entries of release notes, by their headings, and the versions of which these speak."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pytest_forge.versions import base, is_version, order

_UNRELEASED = re.compile(r"\W*(?:unreleased|upcoming|next|dev(?:elopment)?|main|tbd)\b", re.I)

VERSION = re.compile(r"(?<![\w.])v?\d+(?:\.\d+)+[\w.+-]*")
"""A version in a line of text."""

_UNDERLINE = re.compile(r"([=\-~^*+\"'#`])\1{2,}\s*")

_HEADING = re.compile(r"\s{0,3}(?:#{1,6}|={1,6})\s+\S|<release\s")

# A version that opens a line, in whatever brackets, titles the entry below it ("1.2.3 (2026-01)").
_TITLE = re.compile(r"[\s*_\[(]{0,4}(?:version|release)?\s{0,2}v?\d+(?:\.\d+)+", re.IGNORECASE)


def entries(text: str, version: str) -> Iterator[tuple[str, list[str]]]:
    """Yield heading and body of each entry that speaks of `version` and says anything at all."""
    lines = text.splitlines()
    titles = _titles(lines)
    for start, end in pairwise([*titles, len(lines)]):
        title, body = titles[start], lines[start + 1 : end]
        headed = headings(body)
        said = any(
            line.strip() and number not in headed and not _UNDERLINE.fullmatch(line)
            for number, line in enumerate(body)
        )
        if said and _speaks_of(title, version):
            yield title, body


def headings(lines: list[str]) -> dict[int, str]:
    """Return the headings of a text in Markdown, reStructuredText or AsciiDoc, by line."""
    found = {}
    for number, line in enumerate(lines):
        underlined = number + 1 < len(lines) and _UNDERLINE.fullmatch(lines[number + 1])
        is_text = bool(line.strip()) and not _UNDERLINE.fullmatch(line)
        if is_text and (_HEADING.match(line) or underlined):
            found[number] = line.strip(" #=")
    return found


def _titles(lines: list[str]) -> dict[int, str]:
    """Return the lines that open an entry: headings of a version or "Unreleased", and the like."""
    found = {
        number: heading
        for number, heading in headings(lines).items()
        if VERSION.search(heading) or _UNRELEASED.match(heading)
    }
    opened = {number: line.strip() for number, line in enumerate(lines) if _TITLE.match(line)}
    return dict(sorted({**opened, **found}.items()))


def _speaks_of(title: str, version: str) -> bool:
    if _UNRELEASED.match(title):
        return True
    return any(same(found.lstrip("v"), version) for found in VERSION.findall(title))


def same(found: str, version: str) -> bool:
    """Tell whether what was found is the version, or the final release that it leads to."""
    found = found.rstrip(".-+")
    if not (is_version(found) and is_version(version)):
        return found == version
    return order(found) in (order(version), order(base(version)))
