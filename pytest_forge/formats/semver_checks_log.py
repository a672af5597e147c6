"""cargo-semver-checks' progress on standard error: what it compared, and the sum of its lints."""

import re

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Report

_CHECKED = re.compile(r"\s*Checked \[.*\] (?P<all>\d+) checks: .*?(?:(?P<failed>\d+) fail\b.*)?$")
_FINISHED = re.compile(r"\s*Finished \[.*\] (?P<name>\S+)$")
_NO_ADDITIONS = "cargo-semver-checks looks for what breaks, not for what is new"


def parse(data: bytes) -> Report:
    """Return `api.compared`, the libraries that were compared, and `lints.failed`.

    Raises `OutputUnreadable` where a comparison did not come to its end.
    """
    text = lines(data)
    if text[-1]:
        raise unreadable("cargo-semver-checks", "its last line is cut off")
    checked, finished = _matches(_CHECKED, text), _matches(_FINISHED, text)
    if not checked or len(checked) != len(finished):
        raise unreadable("cargo-semver-checks", "it does not tell that a comparison was finished")
    return Report(
        measures={
            "api.compared": len(finished),
            "lints": sum(int(found["all"]) for found in checked),
            "lints.failed": sum(int(found["failed"] or 0) for found in checked),
        },
        unavailable={"api.additions": _NO_ADDITIONS},
    )


def _matches(pattern: re.Pattern[str], text: list[str]) -> list[re.Match[str]]:
    return [found for found in map(pattern.match, text) if found]
