"""Fingerprints of findings: they hold while lines shift, and two equal lines keep two of them."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from pytest_forge.model import Finding

SourceLine = Callable[[str, int], str]
"""The text of a line (counted from 1) of a path below forge's root; "" where there is none."""


def with_fingerprints(findings: Sequence[Finding], source_line: SourceLine) -> tuple[Finding, ...]:
    """Give each finding a fingerprint of rule, path, content and occurrence, in the order given.

    The content is the source line without its white space, or the message where there is no line;
    a finding with a subject is known by that, whatever becomes of the line.
    The occurrence counts findings that are alike in all three, in the order of their places. A
    fingerprint that a finding has already is kept.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    prints: dict[int, str] = {}
    for place in sorted(range(len(findings)), key=lambda place: _place(findings[place])):
        parts = _parts(findings[place], source_line)
        prints[place] = _digest(*parts, str(seen[parts]))
        seen[parts] += 1
    return tuple(
        replace(finding, fingerprint=finding.fingerprint or prints[place])
        for place, finding in enumerate(findings)
    )


def content_of(finding: Finding, source_line: SourceLine) -> str:
    """Return a short digest of a finding's rule and content alone, wherever its file lies."""
    rule, _, content = _parts(finding, source_line)
    return _digest(rule, content)[:16]


def _place(finding: Finding) -> tuple[int, int, str]:
    return (finding.line or 0, finding.column or 0, finding.message)


def _parts(finding: Finding, source_line: SourceLine) -> tuple[str, ...]:
    line = ""
    if not finding.subject and finding.path is not None and finding.line is not None:
        line = "".join(source_line(finding.path, finding.line).split())
    content = finding.subject or line or " ".join(finding.message.split())
    return (finding.rule, finding.path or "", content)


def _digest(*parts: str) -> str:
    # The zero byte can't stand in a part's text, so that no two lists of parts look alike.
    # A file name that is not UTF-8 has half characters in it.
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
