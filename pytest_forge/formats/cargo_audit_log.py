"""cargo-audit's standard error, which alone tells that there is no advisory data."""

import re

from pytest_forge.errors import NoReference
from pytest_forge.formats.reading import lines
from pytest_forge.model import Report

_NO_DATA = re.compile(
    r"error: (?P<what>.*(?:advisory database|advisory-db|repository is stale).*)$"
)
_SHOWN = 160


def parse(data: bytes) -> Report:
    """Return an empty report; raises `NoReference` where cargo-audit got no advisory data."""
    for line in lines(data):
        if found := _NO_DATA.match(line):
            raise NoReference(
                f"cargo-audit has no advisory data ({found['what'][:_SHOWN]})",
                'give it data with `advisories = { database = "DIR" }` or FORGE_ADVISORIES',
            )
    return Report()
