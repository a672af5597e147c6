"""The version of go (`go env GOVERSION`), with which its standard library is linked."""

import re

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Component, Report

_VERSION = re.compile(r"go(?P<release>\d+\.\d+(?:\.\d+)?)(?P<stage>(?:rc|beta)\d+)?(?:[ -].*)?")


def parse(data: bytes) -> Report:
    """Return the standard library as the component `stdlib`, as advisories name it.

    Its license is that of go itself (https://go.dev/LICENSE). Raises `OutputUnreadable`.
    """
    text = lines(data)
    found = _VERSION.fullmatch(text[0]) if len(text) == 2 and not text[1] else None
    if not found:
        raise unreadable("go env", f"{text[0]!r} is no version of go")
    version = found["release"]
    if found["stage"]:
        # Advisories write go1.27rc1 as 1.27.0-rc.1.
        version += ".0" * (2 - version.count("."))
        version += re.sub(r"(rc|beta)(\d+)", r"-\1.\2", found["stage"])
    purl = f"pkg:golang/stdlib@{version}"
    return Report(components=(Component("stdlib", version, "Go", "BSD-3-Clause", purl=purl),))
