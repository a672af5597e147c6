"""What `uv build` prints on standard error: a wheel that was built, or why it was not.

The build backend prints there too, so only uv's own sentences are read.
"""

import re

from pytest_forge.formats.reading import lines, plain, unreadable
from pytest_forge.model import Finding, Report, Severity

_BUILT = re.compile(r"Successfully built .*\.whl$")
# uv before 0.9 drew its errors: a cross, then "├─▶ cause".
_FAILED = re.compile(r"\s*(?:error:|\u00d7) (?P<what>.+)$")
_CAUSE = re.compile(r"\s*(?:cause:|├─▶|╰─▶) (?P<what>.+)$")
_BACKEND_ERROR = re.compile(r"\w*(?:Error|Exception): .+$")
_SHOWN_CAUSES = 3


def parse(data: bytes) -> Report:
    """Return `builds` (1), and a failed build as a finding of `errors`.

    Raises `OutputUnreadable` where it tells neither.
    """
    text = lines(data)
    if any(_BUILT.match(line) for line in text):
        return Report(measures={"builds": 1})
    failed = next((number for number, line in enumerate(text) if _FAILED.match(line)), None)
    if failed is None:
        raise unreadable("uv build", "it tells neither a built wheel nor an error")
    return Report(findings=(_finding(text, failed),), measures={"builds": 1})


def _finding(text: list[str], failed: int) -> Finding:
    causes = [found["what"] for found in map(_CAUSE.match, text[failed + 1 :]) if found]
    backend = [line for line in text[:failed] if _BACKEND_ERROR.match(line)]
    told = [*causes[:_SHOWN_CAUSES], *backend[-1:]] or [text[failed].strip()]
    return Finding(
        measure="errors",
        rule="build-failed",
        message=plain("the wheel was not built: " + "; ".join(told)),
        severity=Severity.HIGH,
    )
