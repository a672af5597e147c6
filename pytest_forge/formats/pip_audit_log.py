"""pip-audit's standard error, which alone tells that its feed did not answer."""

import re

from pytest_forge.errors import NoReference
from pytest_forge.formats.reading import lines
from pytest_forge.model import Report

_NO_ANSWER = re.compile(
    r"ERROR:pip_audit\S* .+|requests\.exceptions\.\w+: .+|\S*ServiceException: .+"
)
_SHOWN = 160


def parse(data: bytes) -> Report:
    """Return an empty report; raises `NoReference` where pip-audit got no advisory data."""
    for line in lines(data):
        if _NO_ANSWER.match(line):
            raise NoReference(
                f"pip-audit got no advisory data ({line[:_SHOWN]})",
                'give it data with `advisories = { database = "DIR" }` or FORGE_ADVISORIES',
            )
    return Report()
