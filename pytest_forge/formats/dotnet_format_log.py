"""What `dotnet format -v diag` prints: how many files it looked at, and of which projects.

A project that it can't load it leaves out, with exit status 0: then its name is missing here, and
only the diagnostic output says why.
"""

import re

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Report, Sample

PROJECT = "format.project"
"""The measure of a sample for each project that was loaded."""

_TOOL = "dotnet format"
_FILES = re.compile(r"^Formatted (?P<changed>\d+) of (?P<files>\d+) files\.$")
_PROJECT = re.compile(r"^Project (?P<name>.+?)(?:\([\w.]+\))? is using configuration from '")
_FAILED = re.compile(r"^Msbuild failed when processing the file '(?P<path>[^']*)' with message: ")


def parse(data: bytes) -> Report:
    """Return `files.checked`, and the projects as samples; raises `OutputUnreadable`."""
    text = lines(data)
    counted = [found for line in text if (found := _FILES.match(line))]
    if len(counted) != 1 or not any(line.startswith("Format complete in ") for line in text):
        raise unreadable(_TOOL, "it does not say how many files it looked at")
    names = (found["name"] for line in text if (found := _PROJECT.match(line)))
    return Report(
        measures={"files.checked": int(counted[0]["files"])},
        samples=tuple(Sample(PROJECT, 1, name) for name in dict.fromkeys(names)),
    )


def parse_errors(data: bytes) -> Report:
    """Return nothing; raises `OutputUnreadable` where a project could not be loaded."""
    for line in lines(data):
        failed = _FAILED.match(line)
        if failed:
            raise unreadable(_TOOL, f"it left a project out: {line[failed.end() :]}")
    return Report()
