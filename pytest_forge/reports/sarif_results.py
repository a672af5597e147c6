"""What of a check becomes a result in SARIF: findings, failed tests, missed limits, errors."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from pytest_forge.model import Finding, Outcome, Severity, TestOutcome
from pytest_forge.reports.escape import one_line, plain
from pytest_forge.reports.order import waived_because
from pytest_forge.reports.wording import held
from pytest_forge.results import CheckResult, LimitResult

LEVELS = ("error", "warning", "note")
LONGEST = 1000
"""Columns of a message; GitHub cuts descriptions at 1,024 characters."""

# GitHub shows a score above 9.0 as critical, from 7.0 as high, from 4.0 as medium, else as low.
SCORES = {
    Severity.CRITICAL: 9.5,
    Severity.HIGH: 8.0,
    Severity.MEDIUM: 5.5,
    Severity.LOW: 2.0,
    Severity.INFO: 0.1,
    Severity.UNKNOWN: 8.0,
}
SECURITY = frozenset({"findings", "secrets"})
"""Measures whose findings are about security, and so carry a score."""

_LEVEL_OF = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
_ADDRESS = re.compile(r"https?://[!#-;=?-Z_a-z~%\[\]]+")


@dataclass(frozen=True, slots=True)
class Result:
    """One result; `uri` is relative to the root and percent-encoded, `line` counts from 1."""

    rule: str
    title: str
    message: str
    level: str
    check: str
    gate: str
    tool: str
    uri: str
    fingerprint: str
    line: int = 1
    column: int = 0
    score: float | None = None
    help_url: str = ""
    held_because: str = ""

    @property
    def place(self) -> tuple[bool, int, float, str, int, str]:
        """The key of the order worst first; what is held comes last."""
        level = LEVELS.index(self.level)
        return bool(self.held_because), level, -(self.score or 0), self.uri, self.line, self.rule


def results_of(check: CheckResult) -> Iterator[Result]:
    """Yield what a check has to tell.

    A check that failed or could not measure always yields a result. Blocked ones yield none: the
    failure that blocks them is a result already.
    """
    if check.outcome is Outcome.BLOCKED:
        return
    told = [*(_found(check, one) for one in check.findings), *_tests(check), *_limits(check)]
    if check.outcome is Outcome.ERROR:
        told.append(_own(check, f"error/{check.error or 'unknown'}", check.reason))
    elif check.outcome is Outcome.FAILED and all(one.held_because for one in told):
        told.append(_own(check, f"{_word(check.tool)}/failed", check.reason))
    yield from told


def _found(check: CheckResult, finding: Finding) -> Result:
    name = finding.rule or finding.measure
    rule = _word(name)
    path, line, column = _place(finding)
    message = one_line(finding.message, LONGEST) or name
    if finding.path and not path:
        message = f"{one_line(finding.path)}: {message}"
    return Result(
        rule=f"{_word(check.tool)}/{rule}",
        title=one_line(f"{check.tool} {name}", LONGEST),
        message=_unlinked(message),
        level=_level(finding, check),
        check=check.id,
        gate=check.gate,
        tool=check.tool,
        uri=_uri(path or check.manifest),
        fingerprint=finding.fingerprint or _digest(rule, finding.path or "", message),
        line=line,
        column=column,
        score=SCORES[finding.severity] if finding.measure in SECURITY else None,
        help_url=_address(finding),
        held_because=_held_because(check, finding),
    )


def _tests(check: CheckResult) -> Iterator[Result]:
    for test in check.tests:
        if test.outcome is TestOutcome.FAILED:
            rule = f"{_word(check.tool)}/failed-test"
            message = f"{test.name}: {test.message}" if test.message else f"{test.name} failed"
            yield _own(check, rule, message, _digest(rule, check.id, test.name))


def _limits(check: CheckResult) -> Iterator[Result]:
    for limit in check.limits:
        if not limit.ok and not _is_told(limit, check):
            message = f"{limit.name} is {limit.actual!r}, the limit is {limit.limit!r}"
            if waiver := waived_because(check, limit.name):
                yield _own(check, f"limit/{_word(limit.name)}", message, held_because=waiver)
            else:
                text = f"{message}: {check.reason}" if check.reason else message
                yield _own(check, f"limit/{_word(limit.name)}", text)


def _is_told(limit: LimitResult, check: CheckResult) -> bool:
    """Tell whether findings or tests that stand here explain the missed limit already."""
    if limit.name == "tests.failed":
        return any(test.outcome is TestOutcome.FAILED for test in check.tests)
    return any(
        one.held_by is None and limit.name in (one.measure, f"{one.measure}.{one.severity}")
        for one in check.findings
    )


def _own(
    check: CheckResult, rule: str, message: str, fingerprint: str = "", held_because: str = ""
) -> Result:
    """Return a result of forge's own, placed at the manifest."""
    return Result(
        rule=rule,
        title=one_line(rule.replace("/", " "), LONGEST),
        message=_unlinked(one_line(message, LONGEST)) or f"{check.id} did not pass",
        level="error",
        check=check.id,
        gate=check.gate,
        tool=check.tool,
        uri=_uri(check.manifest),
        fingerprint=fingerprint or _digest(rule, check.id),
        held_because=held_because,
    )


def _level(finding: Finding, check: CheckResult) -> str:
    """Give the level of a finding; one without a severity weighs what its check's outcome does."""
    fallback = "error" if check.outcome is Outcome.FAILED else "warning"
    return _LEVEL_OF.get(finding.severity, fallback)


def _held_because(check: CheckResult, finding: Finding) -> str:
    if finding.held_by is None:
        return ""
    return one_line(waived_because(check, finding.rule) or held(finding.held_by), LONGEST)


def _address(finding: Finding) -> str:
    return finding.help_url if _ADDRESS.fullmatch(finding.help_url) else ""


def _place(finding: Finding) -> tuple[str, int, int]:
    """Return path, line and column; ("", 1, 0) for what cannot be shown beside the code."""
    if not finding.path or not _inside(finding.path):
        return "", 1, 0
    column = max(finding.column or 0, 0) if finding.line else 0
    return finding.path, max(finding.line or 1, 1), column


def _inside(path: str) -> bool:
    """Tell whether a path lies below the root; only such a path can be shown beside the code."""
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts and ":" not in pure.parts[0]


def _uri(path: str) -> str:
    return quote(plain(path).replace("\n", " "), safe="/")


def _word(text: str) -> str:
    """Return `text` as one word, as rule ids are."""
    return "-".join(one_line(text, 200).split()) or "unnamed"


def _unlinked(text: str) -> str:
    """Break `[text](target)`, which SARIF takes for a link even in plain text."""
    return text.replace("](", "] (")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(map(plain, parts)).encode()).hexdigest()
