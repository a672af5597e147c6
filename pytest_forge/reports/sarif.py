"""SARIF 2.1.0 that GitHub code scanning accepts.

One run for each language, since a file may hold 20 runs; the tools of a language stand in the
names of its rules (`ruff/E501`). Runs differ in `automationDetails.id`, because a file with two
runs of one tool and one category is refused. GitHub's limits are stated in its reference "SARIF
support for code scanning"; what they leave out is counted in the run's notifications.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from pytest_forge.model import Outcome
from pytest_forge.reports.json import portable
from pytest_forge.reports.order import ordered
from pytest_forge.reports.sarif_results import LEVELS, Result, results_of
from pytest_forge.results import CheckResult, RunReport

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
HOME = "https://github.com/pytest-forge/pytest-forge"
ROOT = "%SRCROOT%"
MOST_RUNS = 20
MOST_RESULTS = 25_000
"""More are refused. GitHub shows the first 5,000 by severity, so the worst stand first."""


def write(run: RunReport) -> str:
    """Return the run's findings, missed limits, failed tests and errors as SARIF."""
    run = ordered(run)
    document = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [_run(run, name, checks) for name, checks in _by_language(run.checks).items()],
    }
    return json.dumps(portable(document), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _by_language(checks: Sequence[CheckResult]) -> dict[str, list[CheckResult]]:
    """Group checks by language; those of the twentieth and further languages share one group."""
    names = sorted({check.language for check in checks})
    rest = set(names[MOST_RUNS - 1 :]) if len(names) > MOST_RUNS else set()
    grouped: dict[str, list[CheckResult]] = {}
    for check in checks:
        grouped.setdefault("other" if check.language in rest else check.language, []).append(check)
    return dict(sorted(grouped.items())) or {"none": []}


def _run(run: RunReport, name: str, checks: Sequence[CheckResult]) -> dict[str, Any]:
    found = sorted(
        (result for check in checks for result in results_of(check)),
        key=lambda result: result.place,
    )
    kept = found[:MOST_RESULTS]
    rules = _rules(kept)
    index = {rule["id"]: place for place, rule in enumerate(rules)}
    return {
        "tool": {
            "driver": {
                "name": "pytest-forge",
                "version": run.version,
                "informationUri": HOME,
                "rules": rules,
            }
        },
        "automationDetails": {"id": f"pytest-forge/{name}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [_invocation(checks, len(found) - len(kept))],
        "results": [_result(one, index[one.rule], place) for one, place in _counted(kept)],
        "properties": {
            "commit": run.commit,
            "dirty": run.dirty,
            "complete": run.complete,
            "tools": sorted({f"{one.tool} {one.tool_version}".strip() for one in checks}),
        },
    }


def _invocation(checks: Sequence[CheckResult], left_out: int) -> dict[str, Any]:
    successful = all(check.outcome is not Outcome.ERROR for check in checks)
    invocation: dict[str, Any] = {"executionSuccessful": successful}
    if left_out:
        text = f"{left_out} results are left out; report.json has them all."
        invocation["toolExecutionNotifications"] = [{"message": {"text": text}, "level": "warning"}]
    return invocation


def _rules(results: Sequence[Result]) -> list[dict[str, Any]]:
    """Describe each rule once, by the worst of its results."""
    grouped: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        grouped[result.rule].append(result)
    return [_rule(name, grouped[name]) for name in sorted(grouped)]


def _rule(name: str, results: Sequence[Result]) -> dict[str, Any]:
    first = results[0]
    link = next((one.help_url for one in results if one.help_url), HOME)
    return {
        "id": name,
        "name": name,
        "shortDescription": {"text": first.title},
        "fullDescription": {"text": f"{first.title}, found in the gate {first.gate}."},
        "helpUri": link,
        "help": {"text": f"{first.title}. See {link}"},
        "defaultConfiguration": {"level": min((one.level for one in results), key=LEVELS.index)},
        "properties": _properties(results),
    }


def _properties(results: Sequence[Result]) -> dict[str, Any]:
    """Return a rule's tags, and its score where its results have one."""
    tags = sorted({one.gate for one in results})[:9]
    score = max((one.score for one in results if one.score is not None), default=None)
    if score is None:
        return {"tags": tags}
    tags = ["security", *(tag for tag in tags if tag != "security")]
    return {"tags": tags, "security-severity": f"{score:.1f}"}


def _counted(results: Sequence[Result]) -> list[tuple[Result, int]]:
    """Pair each result with how many alike stand before it, so that equal ones stay apart."""
    seen: dict[tuple[str, str, str], int] = defaultdict(int)
    pairs = []
    for result in results:
        key = (result.rule, result.uri, result.fingerprint)
        pairs.append((result, seen[key]))
        seen[key] += 1
    return pairs


def _result(result: Result, index: int, occurrence: int) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": result.line}
    if result.column:
        region["startColumn"] = result.column
    location = {"uri": result.uri, "uriBaseId": ROOT}
    # GitHub tells alerts apart by path, rule and this fingerprint, whose form is HASH:OCCURRENCE.
    fingerprint = f"{result.fingerprint}:{occurrence + 1}"
    document: dict[str, Any] = {
        "ruleId": result.rule,
        "ruleIndex": index,
        "level": result.level,
        "message": {"text": result.message},
        "locations": [{"physicalLocation": {"artifactLocation": location, "region": region}}],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
        "properties": {"check": result.check, "gate": result.gate, "tool": result.tool},
    }
    if result.held_because:
        document["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": result.held_because}
        ]
    return document
