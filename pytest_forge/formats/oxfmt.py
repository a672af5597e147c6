"""What `oxfmt --check` prints: the files that it would change, then how many it looked at."""

import re
from collections.abc import Sequence

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Finding, Report, Severity

_CHANGED = re.compile(r"(?P<path>.+) \(\d+(?:\.\d+)?m?s\)")
_FOUND = re.compile(r"Format issues found in above (?P<count>\d+) files?\..*")
_CLEAN = "All matched files use the correct format."
_MESSAGE = "oxfmt would change this file"
_SEEN = re.compile(r"Finished in \S+ on (?P<count>\d+) files? using \d+ threads?\.")


def parse(data: bytes) -> Report:
    """Return each file that is not formatted as a finding of `files.unformatted`.

    Raises `OutputUnreadable`, also where it names more or fewer files than it counts.
    """
    printed = lines(data)
    paths = [found["path"] for one in printed if (found := _CHANGED.fullmatch(one))]
    told = 0 if _CLEAN in printed else _count(_FOUND, printed, "how many files it would change")
    if told != len(paths):
        raise unreadable("oxfmt", f"it names {len(paths)} files, but counts {told}")
    return Report(
        findings=tuple(
            Finding("files.unformatted", "oxfmt", _MESSAGE, Severity.LOW, path) for path in paths
        ),
        measures={"files.checked": _count(_SEEN, printed, "how many files it looked at")},
    )


def _count(pattern: re.Pattern[str], printed: Sequence[str], what: str) -> int:
    found = [int(match["count"]) for one in printed if (match := pattern.fullmatch(one))]
    if len(found) != 1:
        raise unreadable("oxfmt", f"it does not say once {what}")
    return found[0]
