"""`oasdiff changelog --format json`: every change from one OpenAPI document to another.

An empty list is what it prints where nothing has changed. So that no list is taken for empty that
was lost, it counts the changes once more in its other form, `--format text`; and what it has read
of the documents is a third output (`openapi_document`).
"""

import re

from pytest_forge.formats.reading import Value, lines, parse_json, unreadable
from pytest_forge.model import Finding, Report, Severity

# Levels: 1 is a change that breaks nobody, 2 one that may break somebody, 3 one that does.
_HARMLESS = 1
_SEVERITIES = {2: Severity.MEDIUM, 3: Severity.HIGH}
_ABOUT_ITSELF = "info"
"""The section of the title and the version, which are no part of what clients use."""

CHANGES = "changes"
TOLD = "changes.told"
"""The measure of the changes as the text counts them."""

_TOLD = re.compile(r"(?P<all>\d+) changes: \d+ error, \d+ warning, \d+ info")
_HEAD = re.compile(r"(?:error|warning|info)\s+\[")
_NONE = "No changes detected"


def parse(data: bytes) -> Report:
    """Return what breaks, or may break, as `api.breaking`, and count the rest: `api.additions`.

    `oasdiff breaking` takes both levels for breaks as well. `changes` counts all that is listed.
    Raises `OutputUnreadable`.
    """
    changes = tuple(parse_json(data, "oasdiff").items())
    levels = [change.key("level").integer() for change in changes]
    additions = sum(
        level == _HARMLESS and change.key("section").text() != _ABOUT_ITSELF
        for change, level in zip(changes, levels, strict=True)
    )
    return Report(
        findings=tuple(
            _finding(change, level)
            for change, level in zip(changes, levels, strict=True)
            if level != _HARMLESS
        ),
        measures={"api.additions": additions, CHANGES: len(changes)},
    )


def parse_text(data: bytes) -> Report:
    """Return `changes.told`, the number in the text's first line.

    Raises `OutputUnreadable`, also where another number follows than the line says.
    """
    text = lines(data)
    if text[-1]:
        raise unreadable("oasdiff", f"its last line is cut off: {text[-1]}")
    found = _TOLD.fullmatch(text[0])
    if not found and text[0] != _NONE:
        raise unreadable("oasdiff", text[0] or "it is empty")
    told = int(found["all"]) if found else 0
    if told != sum(map(bool, map(_HEAD.match, text))):
        raise unreadable("oasdiff", f"it does not tell {told} changes")
    return Report(measures={TOLD: told})


def _finding(change: Value, level: int) -> Finding:
    if level not in _SEVERITIES:
        raise unreadable("oasdiff", f"{change.at}.level is {level}")
    # Only a place in the present document can be shown; what is gone has none.
    place = change.optional("revisionSource")
    return Finding(
        measure="api.breaking",
        rule=change.key("id").text(),
        message=f"{_subject(change)}{change.key('text').text()}",
        severity=_SEVERITIES[level],
        path=place.key("file").text() if place else None,
        line=place.key("line").count() if place else None,
    )


def _subject(change: Value) -> str:
    operation, path = change.optional("operation"), change.optional("path")
    words = [one.text() for one in (operation, path) if one]
    return f"{' '.join(words)}: " if words else ""
