import json
from collections.abc import Callable
from typing import Any

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats.sarif import parse
from pytest_forge.model import Finding, Severity

Recorded = Callable[[str, str, str], bytes]


def _document(*results: dict[str, Any], **driver: Any) -> bytes:
    run = {"tool": {"driver": {"name": "t", **driver}}, "results": list(results)}
    return json.dumps({"version": "2.1.0", "runs": [run]}).encode()


def _only(data: bytes) -> Finding:
    (finding,) = parse(data).findings
    return finding


def test_results_of_a_real_tool(recorded: Recorded) -> None:
    report = parse(recorded("sarif", "findings", "report"))

    assert [(one.rule, one.line, one.column) for one in report.findings] == [
        ("I001", 1, 1),
        ("F401", 1, 8),
    ]
    assert {one.measure for one in report.findings} == {"findings"}
    assert {one.path for one in report.findings} == {"/project/src/shop/mess.py"}


def test_no_result_of_a_real_tool(recorded: Recorded) -> None:
    assert parse(recorded("sarif", "clean", "report")).findings == ()


@pytest.mark.parametrize(
    ("level", "severity"),
    [
        ("error", Severity.HIGH),
        ("warning", Severity.MEDIUM),
        ("note", Severity.LOW),
        ("none", Severity.INFO),
    ],
)
def test_a_level_is_a_severity(level: str, severity: Severity) -> None:
    result = {"ruleId": "R", "level": level, "message": {"text": "m"}}

    assert _only(_document(result)).severity is severity


def test_without_a_level_the_rules_default_counts() -> None:
    rule = {"id": "R", "defaultConfiguration": {"level": "error"}}
    data = _document({"ruleId": "R", "message": {"text": "m"}}, rules=[rule])

    assert _only(data).severity is Severity.HIGH


def test_without_any_level_it_is_a_warning() -> None:
    data = _document({"ruleId": "R", "message": {"text": "m"}})

    assert _only(data).severity is Severity.MEDIUM


@pytest.mark.parametrize(
    ("score", "severity"),
    [
        ("9.0", Severity.CRITICAL),
        ("8.9", Severity.HIGH),
        ("7.0", Severity.HIGH),
        ("4.0", Severity.MEDIUM),
        ("3.9", Severity.LOW),
    ],
)
def test_security_severity_stands_above_the_level(score: str, severity: Severity) -> None:
    rule = {"id": "R", "properties": {"security-severity": score}}
    result = {"ruleId": "R", "level": "error", "message": {"text": "m"}}

    assert _only(_document(result, rules=[rule])).severity is severity


def test_a_score_that_is_none_is_unreadable() -> None:
    rule = {"id": "R", "properties": {"security-severity": "bad"}}

    with pytest.raises(OutputUnreadable):
        parse(_document({"ruleId": "R", "message": {"text": "m"}}, rules=[rule]))


def test_an_unknown_level_is_unreadable() -> None:
    with pytest.raises(OutputUnreadable, match="fatal"):
        parse(_document({"ruleId": "R", "level": "fatal", "message": {"text": "m"}}))


def test_a_rule_by_its_index_and_a_message_by_its_id() -> None:
    rule = {"id": "R", "helpUri": "https://e.x", "messageStrings": {"k": {"text": "told"}}}
    finding = _only(_document({"ruleIndex": 0, "message": {"id": "k"}}, rules=[rule]))

    assert (finding.rule, finding.message, finding.help_url) == ("R", "told", "https://e.x")


def test_a_result_without_a_rule_is_unreadable() -> None:
    with pytest.raises(OutputUnreadable, match="names no rule"):
        parse(_document({"message": {"text": "m"}}))


def test_what_is_no_failure_is_left_out_and_what_is_suppressed_is_noted() -> None:
    passed = {"ruleId": "R", "kind": "pass", "message": {"text": "m"}}
    held = {"ruleId": "R", "suppressions": [{"kind": "inSource"}], "message": {"text": "m"}}
    report = parse(_document(passed, held))

    assert report.findings == ()
    assert report.notes == ("suppressed in the source: 1",)


def test_a_place_is_decoded() -> None:
    place = {
        "physicalLocation": {
            "artifactLocation": {"uri": "file:///a%20b.py"},
            "region": {"startLine": 3},
        }
    }
    finding = _only(_document({"ruleId": "R", "message": {"text": "m"}, "locations": [place]}))

    assert (finding.path, finding.line, finding.column) == ("/a b.py", 3, None)


@pytest.mark.parametrize(
    "change",
    [
        {"version": "2.0.0"},
        {"runs": []},
        {
            "runs": [
                {
                    "tool": {"driver": {"name": "t"}},
                    "results": [],
                    "invocations": [{"executionSuccessful": False}],
                }
            ]
        },
        {"runs": [{"tool": {"driver": {"name": "t"}}}]},
    ],
)
def test_a_run_that_did_not_succeed_is_unreadable(change: dict[str, Any]) -> None:
    document = {**json.loads(_document()), **change}

    with pytest.raises(OutputUnreadable):
        parse(json.dumps(document).encode())


def test_results_may_be_left_out_by_a_tool_that_says_it_succeeded() -> None:
    run = {"tool": {"driver": {"name": "t"}}, "invocations": [{"executionSuccessful": True}]}
    report = parse(json.dumps({"version": "2.1.0", "runs": [run]}).encode())

    assert report.findings == ()
