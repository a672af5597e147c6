import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest

from pytest_forge.errors import ErrorName
from pytest_forge.model import Finding, Outcome, Severity, TestCase, TestOutcome
from pytest_forge.reports import sarif
from pytest_forge.results import CheckResult, LimitResult, RunReport

MakeCheck = Callable[..., CheckResult]
MakeRun = Callable[..., RunReport]


def runs(run: RunReport) -> list[dict[str, Any]]:
    document = json.loads(sarif.write(run))
    assert document["version"] == "2.1.0"
    found: list[dict[str, Any]] = document["runs"]
    return found


def results(run: RunReport) -> list[dict[str, Any]]:
    return [result for one in runs(run) for result in one["results"]]


def by_rule(run: RunReport) -> dict[str, dict[str, Any]]:
    return {result["ruleId"]: result for result in results(run)}


def place(result: dict[str, Any]) -> dict[str, Any]:
    physical: dict[str, Any] = result["locations"][0]["physicalLocation"]
    return physical


def assert_acceptable(run: RunReport) -> None:
    """Assert what GitHub's reference for SARIF asks of runs, rules and results."""
    assert len(runs(run)) <= 20
    categories = [one["automationDetails"]["id"] for one in runs(run)]
    assert len(set(categories)) == len(categories)
    for one in runs(run):
        rules = one["tool"]["driver"]["rules"]
        assert len({rule["id"] for rule in rules}) == len(rules)
        for rule in rules:
            assert 0 < len(rule["shortDescription"]["text"]) <= 1024
            assert rule["fullDescription"]["text"]
            assert rule["help"]["text"]
            assert re.fullmatch(r"https?://\S+", rule["helpUri"])
            assert len(rule["properties"]["tags"]) <= 10
            assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        for result in one["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            assert result["message"]["text"].strip()
            assert place(result)["region"]["startLine"] >= 1
            assert place(result)["region"].get("startColumn", 1) >= 1
            location = place(result)["artifactLocation"]
            assert location["uriBaseId"] in one["originalUriBaseIds"]
            assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", location["uri"])
            assert not location["uri"].startswith("/")
            assert result["partialFingerprints"]["primaryLocationLineHash"]


def test_a_run_with_every_outcome_is_acceptable(mixed: RunReport) -> None:
    assert_acceptable(mixed)


def test_hostile_text_is_acceptable_and_cannot_be_a_link(hostile: RunReport) -> None:
    assert_acceptable(hostile)
    text = sarif.write(hostile)
    text.encode()
    assert "](" not in "".join(result["message"]["text"] for result in results(hostile))
    assert "\x1b" not in text
    assert "\\u001b" not in text


def test_there_is_one_run_for_a_language_and_it_names_its_tools(mixed: RunReport) -> None:
    found = {one["automationDetails"]["id"]: one["properties"]["tools"] for one in runs(mixed)}
    assert list(found) == ["pytest-forge/python/", "pytest-forge/rust/"]
    assert "mypy 1.15" in found["pytest-forge/python/"]


def test_more_than_twenty_languages_share_the_last_run(check: MakeCheck, run: MakeRun) -> None:
    checks = [
        check(f"m{n}::types::t", Outcome.FAILED, language=f"language-{n:02}", reason="no")
        for n in range(25)
    ]
    found = runs(run(*checks))
    assert len(found) == 20
    assert [len(one["results"]) for one in found] == [1] * 19 + [6]


def test_a_run_without_checks_is_still_a_file_that_can_be_uploaded(run: MakeRun) -> None:
    assert [one["results"] for one in runs(run())] == [[]]


def test_a_finding_points_at_its_line_with_its_path_encoded(mixed: RunReport) -> None:
    found = place(by_rule(mixed)["mypy/arg-type"])
    assert found["artifactLocation"]["uri"] == "src/a%20b.py"
    assert found["region"] == {"startLine": 3}


def test_a_finding_without_a_place_stands_at_the_manifest(mixed: RunReport) -> None:
    found = place(by_rule(mixed)["pip-audit/GHSA-1"])
    assert found["artifactLocation"]["uri"] == "sdks/python/pyproject.toml"
    assert found["region"] == {"startLine": 1}


@pytest.mark.parametrize("path", ["/usr/lib/x.py", "../x.py", "a/../../x.py", "C:/x.py"])
def test_a_file_outside_the_root_is_named_but_not_pointed_at(
    check: MakeCheck, run: MakeRun, path: str
) -> None:
    finding = Finding("lint.findings", "E1", "bad", path=path, line=7)
    (found,) = results(run(check("m.toml::quality::t", findings=(finding,))))
    assert place(found)["artifactLocation"]["uri"] == "m.toml"
    assert place(found)["region"] == {"startLine": 1}
    assert found["message"]["text"] == f"{path}: bad"


@pytest.mark.parametrize("path", ["ü/ß.py", "a#b?c.py", "100%.py", "a:b/c.py"[1:]])
def test_paths_come_back_from_their_encoding(check: MakeCheck, run: MakeRun, path: str) -> None:
    finding = Finding("lint.findings", "E1", "bad", path=f"src/{path}", line=7)
    (found,) = results(run(check("m.toml::quality::t", findings=(finding,))))
    assert unquote(place(found)["artifactLocation"]["uri"]) == f"src/{path}"


def test_a_waived_finding_is_suppressed_with_who_and_why(mixed: RunReport) -> None:
    (suppression,) = by_rule(mixed)["bandit/B603"]["suppressions"]
    assert suppression == {
        "kind": "external",
        "status": "accepted",
        "justification": "B603 is waived until 2027-01-31: constant arguments (approved by Jo)",
    }


def test_what_nothing_holds_is_not_suppressed(mixed: RunReport) -> None:
    held = [result["ruleId"] for result in results(mixed) if "suppressions" in result]
    assert held == ["bandit/B603"]


def test_a_waived_limit_is_suppressed(check: MakeCheck, run: MakeRun) -> None:
    told = "coverage.line is waived until 2027-01-31: old code (approved by Jo)"
    limits = (LimitResult("coverage.line", 61.5, 80, ok=False),)
    (found,) = results(run(check("m::unit-tests::t", Outcome.WAIVED, reason=told, limits=limits)))
    assert found["ruleId"] == "limit/coverage.line"
    assert found["suppressions"][0]["justification"] == told


def test_a_missed_limit_that_no_finding_explains_is_a_result(mixed: RunReport) -> None:
    found = by_rule(mixed)
    assert "79.996" in found["limit/type.coverage"]["message"]["text"]
    assert "limit/type.errors" not in found
    assert "limit/tests.failed" not in found


def test_each_failed_test_is_a_result(check: MakeCheck, run: MakeRun) -> None:
    tests = tuple(TestCase(f"test_{n}", TestOutcome.FAILED, message="no") for n in range(3))
    found = results(run(check("m::unit-tests::pytest", Outcome.FAILED, tests=tests)))
    assert [one["ruleId"] for one in found] == ["pytest/failed-test"] * 3
    assert len({one["partialFingerprints"]["primaryLocationLineHash"] for one in found}) == 3


@pytest.mark.parametrize("name", list(ErrorName))
def test_a_named_error_is_a_result(check: MakeCheck, run: MakeRun, name: ErrorName) -> None:
    one = run(check("m::types::t", Outcome.ERROR, error=name, reason="mend it so"))
    (found,) = results(one)
    assert (found["ruleId"], found["level"]) == (f"error/{name}", "error")
    assert found["message"]["text"] == "mend it so"
    assert runs(one)[0]["invocations"] == [{"executionSuccessful": False}]


def test_a_failure_without_anything_else_is_a_result(check: MakeCheck, run: MakeRun) -> None:
    (found,) = results(run(check("m::types::t", Outcome.FAILED, reason="it is so")))
    assert (found["ruleId"], found["message"]["text"]) == ("t/failed", "it is so")


def test_what_is_blocked_passed_or_exempt_without_findings_is_none(
    check: MakeCheck, run: MakeRun
) -> None:
    outcomes = (Outcome.BLOCKED, Outcome.PASSED, Outcome.EXEMPT)
    checks = [check(f"m::types::{one}", one, reason="so") for one in outcomes]
    assert results(run(*checks)) == []


@pytest.mark.parametrize(
    ("severity", "level", "score"),
    [
        (Severity.CRITICAL, "error", "9.5"),
        (Severity.HIGH, "error", "8.0"),
        (Severity.MEDIUM, "warning", "5.5"),
        (Severity.LOW, "note", "2.0"),
        (Severity.UNKNOWN, "warning", "8.0"),
    ],
)
def test_security_findings_carry_a_score(
    check: MakeCheck, run: MakeRun, severity: Severity, level: str, score: str
) -> None:
    (one,) = runs(
        run(check("m::security::t", findings=(Finding("findings", "R", "bad", severity),)))
    )
    (rule,) = one["tool"]["driver"]["rules"]
    assert rule["properties"]["security-severity"] == score
    assert "security" in rule["properties"]["tags"]
    assert one["results"][0]["level"] == level


def test_a_rule_is_as_bad_as_its_worst_finding(check: MakeCheck, run: MakeRun) -> None:
    findings = tuple(
        Finding("findings", "R", "bad", severity, "a.py", 1)
        for severity in (Severity.LOW, Severity.CRITICAL)
    )
    (rule,) = runs(run(check("m::security::t", findings=findings)))[0]["tool"]["driver"]["rules"]
    assert rule["properties"]["security-severity"] == "9.5"
    assert rule["defaultConfiguration"]["level"] == "error"


def test_other_findings_carry_no_score(mixed: RunReport) -> None:
    rules = {rule["id"]: rule for one in runs(mixed) for rule in one["tool"]["driver"]["rules"]}
    assert "security-severity" not in rules["mypy/arg-type"]["properties"]
    assert rules["bandit/B603"]["helpUri"] == "https://bandit.example/b603"


def test_a_finding_of_unknown_severity_weighs_what_its_check_does(mixed: RunReport) -> None:
    assert by_rule(mixed)["mypy/arg-type"]["level"] == "error"


def test_equal_findings_keep_fingerprints_of_their_own(check: MakeCheck, run: MakeRun) -> None:
    twins = (Finding("lint.findings", "E1", "bad", path="a.py", line=1),) * 2
    found = results(run(check("m::quality::t", findings=twins)))
    prints = [one["partialFingerprints"]["primaryLocationLineHash"] for one in found]
    assert [one.rsplit(":")[-1] for one in prints] == ["1", "2"]
    assert len({one.rsplit(":")[0] for one in prints}) == 1


def test_a_fingerprint_does_not_depend_on_the_line(check: MakeCheck, run: MakeRun) -> None:
    prints = set()
    for line in (3, 30):
        finding = Finding("lint.findings", "E1", "bad", path="a.py", line=line, fingerprint="f")
        (found,) = results(run(check("m::quality::t", findings=(finding,))))
        prints.add(found["partialFingerprints"]["primaryLocationLineHash"])
    assert prints == {"f:1"}


def test_too_many_results_are_cut_after_the_worst_and_counted(
    check: MakeCheck, run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 3)
    severities = [Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.LOW, Severity.CRITICAL]
    findings = tuple(
        Finding("findings", f"R{n}", "bad", severity) for n, severity in enumerate(severities)
    )
    (one,) = runs(run(check("m::security::t", findings=findings)))
    assert [result["ruleId"] for result in one["results"]] == ["t/R4", "t/R2", "t/R1"]
    (notice,) = one["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"].startswith("2 results are left out")
    assert len(one["tool"]["driver"]["rules"]) == 3


def test_the_most_results_are_what_the_host_takes() -> None:
    assert (sarif.MOST_RUNS, sarif.MOST_RESULTS) == (20, 25_000)


def test_a_column_is_told_where_there_is_one(check: MakeCheck, run: MakeRun) -> None:
    finding = Finding("lint.findings", "E1", "bad", path="a.py", line=2, column=5)
    (found,) = results(run(check("m::quality::t", findings=(finding,))))
    assert place(found)["region"] == {"startLine": 2, "startColumn": 5}
