"""What cargo-semver-checks prints on standard output: a block for each lint that failed."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Finding, Report, Severity

_LINT = re.compile(r"--- (?P<kind>failure|warning) (?P<rule>\w+): (?P<title>.+) ---$")
_REFERENCE = re.compile(r"\s+ref: (?P<url>\S+)$")
_FAILED = "Failed in:"
# Behind an item: where it was in the last release, or where it is now.
_BEFORE = re.compile(r",? (?:previously )?(?:in|at) (?:file )?(?P<path>\S.*):(?P<line>\d+)$")


def parse(data: bytes) -> Report:
    """Return each item that breaks as `api.breaking`, and `lints.told`, where blocks tell lints.

    Raises `OutputUnreadable`, also where a lint names no item.
    """
    text = lines(data)
    if text[-1]:
        raise unreadable("cargo-semver-checks", "its last line is cut off")
    findings: list[Finding] = []
    told = 0
    for kind, block in _blocks(text):
        if kind == "failure":
            told += 1
            findings.extend(_findings(block))
    return Report(findings=tuple(findings), measures={"lints.told": told} if told else {})


def _blocks(text: list[str]) -> Iterator[tuple[str, list[str]]]:
    starts = [number for number, line in enumerate(text) if _LINT.match(line)]
    for line in text[: starts[0] if starts else None]:
        if line.strip():
            raise unreadable("cargo-semver-checks", line)
    for start, end in pairwise((*starts, len(text))):
        found = _LINT.match(text[start])
        yield found["kind"] if found else "", text[start:end]


def _findings(block: list[str]) -> Iterator[Finding]:
    found = _LINT.match(block[0])
    items = [line.strip() for line in block[block.index(_FAILED) + 1 :]] if _FAILED in block else []
    if not found or not any(items):
        raise unreadable("cargo-semver-checks", f"{block[0]} names no item")
    urls = [reference["url"] for reference in map(_REFERENCE.match, block) if reference]
    for item in filter(None, items):
        yield Finding(
            measure="api.breaking",
            rule=found["rule"],
            message=f"{_BEFORE.sub('', item)}: {found['title']}",
            severity=Severity.HIGH,
            help_url=urls[0] if urls else "",
        )
