from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_forge.errors import NothingMeasured, NotPrepared, OutputUnreadable, ToolMissing
from pytest_forge.formats import maven_log, spotless
from pytest_forge.formats.maven_log import COMPILED, GOALS_FAILED, SKIPPED
from pytest_forge.model import Severity

Recorded = Callable[[str, str, str], bytes]

END = b"[INFO] BUILD FAILURE\n[INFO] Finished at: now\n"
STARTED = b"[INFO] Compiling 2 source files with javac [debug release 17] to target/classes\n"


def test_a_warning_of_the_compiler_stands_at_its_place(recorded: Recorded) -> None:
    report = maven_log.parse(recorded("maven-verify", "findings", "log"))

    (finding,) = report.findings
    assert (finding.measure, finding.severity) == ("warnings", Severity.MEDIUM)
    assert (finding.path or "").endswith("src/main/java/com/example/shop/Till.java")
    assert finding.line == 37
    assert "marked for removal" in finding.message
    assert report.measures[COMPILED] == 3


def test_lints_are_rules(recorded: Recorded) -> None:
    findings = maven_log.parse(recorded("javac-lint", "findings", "log")).findings

    rules = [one.rule for one in findings]
    assert {"rawtypes", "unchecked", "cast", "removal"} <= set(rules)
    assert rules.count("rawtypes") == 2
    assert all(one.measure == "warnings" for one in findings)


def test_errors_are_told_once_with_what_belongs_to_them(recorded: Recorded) -> None:
    findings = maven_log.parse(recorded("maven-verify", "errors", "log")).findings

    assert [one.measure for one in findings] == ["errors", "errors"]
    assert findings[0].message.startswith("incompatible types: java.lang.String")
    assert findings[1].message.startswith("cannot find symbol; symbol: variable summ")


def test_a_dependency_that_nobody_has_is_no_error_of_the_code(recorded: Recorded) -> None:
    with pytest.raises(NotPrepared, match=r"com\.example:nowhere:jar:1\.0\.0"):
        maven_log.parse(recorded("maven-verify", "unresolved", "log"))


def test_a_jdk_that_is_too_old_is_a_missing_tool(recorded: Recorded) -> None:
    with pytest.raises(ToolMissing, match=r"release version 99 not supported"):
        maven_log.parse(recorded("maven-verify", "too-new", "log"))


@pytest.mark.parametrize(
    ("case", "asked"),
    [
        ("old-maven", r"requires Maven version 3\.9\.6"),
        ("enforced", r"Detected Maven Version: 3\.8\.7 is not in the allowed range"),
    ],
)
def test_a_maven_that_is_too_old_is_a_missing_tool(
    recorded: Recorded, case: str, asked: str
) -> None:
    with pytest.raises(ToolMissing, match=asked):
        maven_log.parse(recorded("maven-verify", case, "log"))


def test_a_pom_that_maven_cannot_read_is_an_error(recorded: Recorded) -> None:
    (finding,) = maven_log.parse(recorded("maven-verify", "no-version", "log")).findings

    assert (finding.measure, finding.rule) == ("errors", "pom")
    assert "com.google.code.gson:gson" in finding.message


def test_a_goal_of_ours_that_fails_is_told_apart(recorded: Recorded) -> None:
    findings = maven_log.parse(recorded("maven-verify", "no-ruleset", "log")).findings

    (failed,) = [one for one in findings if one.measure == GOALS_FAILED]
    assert failed.rule.startswith("maven-checkstyle-plugin:")
    assert not [one for one in findings if one.measure == "errors"]


def test_spotbugs_that_ends_in_silence_is_a_goal_that_failed(recorded: Recorded) -> None:
    data = recorded("maven-verify", "silent-goal", "log")
    (failed,) = maven_log.parse(data).findings

    assert b"BUILD SUCCESS" in data
    assert (failed.measure, failed.rule) == (GOALS_FAILED, "spotbugs-maven-plugin:spotbugs")
    assert failed.message == "shop: SpotBugs execution failed with exit code 1"


def test_spotbugs_of_the_build_itself_is_its_own_matter(recorded: Recorded) -> None:
    data = recorded("maven-verify", "silent-goal", "log").replace(b"(default-cli)", b"(bugs)")
    assert maven_log.parse(data).findings == ()


def test_a_module_that_was_never_built_is_told(recorded: Recorded) -> None:
    report = maven_log.parse(recorded("maven-verify", "skipped", "log"))

    assert [(one.measure, one.subject) for one in report.samples] == [(SKIPPED, "till")]
    assert maven_log.parse(recorded("maven-verify", "failed-goal", "log")).samples == ()


def test_a_goal_of_the_build_that_fails_is_an_error() -> None:
    goal = b"org.apache.maven.plugins:maven-enforcer-plugin:3.5.0:enforce (rules) on project shop"
    data = (
        STARTED + END + b"[ERROR] Failed to execute goal " + goal + b": Rule 0 failed -> [Help 1]\n"
    )
    (finding,) = maven_log.parse(data).findings

    assert (finding.measure, finding.rule) == ("errors", "maven-enforcer-plugin:enforce")
    assert finding.message.startswith("shop: Rule 0 failed")


def test_warnings_about_options_have_no_place() -> None:
    said = b"[WARNING] [options] system modules path not set in conjunction with -source 11\n"
    (finding,) = maven_log.parse(STARTED + said + END.replace(b"FAILURE", b"SUCCESS")).findings

    assert (finding.measure, finding.rule, finding.path) == ("warnings", "options", None)


@pytest.mark.parametrize(
    "data",
    [STARTED, STARTED + END.partition(b"\n")[0] + b"\n", STARTED + END],
    ids=["no end", "cut behind the end", "a failure without a word"],
)
def test_a_log_that_does_not_tell_the_end_is_unreadable(data: bytes) -> None:
    with pytest.raises(OutputUnreadable):
        maven_log.parse(data)


def test_errors_that_are_counted_must_be_told() -> None:
    with pytest.raises(OutputUnreadable, match="counts 2 errors"):
        maven_log.parse(STARTED + b"[INFO] 2 errors \n" + END)


@pytest.mark.parametrize("case", ["findings", "errors"])
def test_no_cut_makes_fewer_findings(recorded: Recorded, case: str) -> None:
    data = recorded("maven-verify", case, "log")
    whole = maven_log.parse(data).findings

    for end in range(0, len(data), 97):
        try:
            assert maven_log.parse(data[:end]).findings == whole
        except OutputUnreadable:
            continue


def test_spotless_names_each_file_that_it_changes(recorded: Recorded) -> None:
    report = spotless.parse(recorded("spotless", "findings", "log"))

    assert [Path(one.path or "").name for one in report.findings] == [
        "PricesTest.java",
        "Prices.java",
    ]
    assert {one.measure for one in report.findings} == {"files.unformatted"}
    assert report.measures == {"files.checked": 2}


def test_spotless_finds_nothing_where_all_is_formatted(recorded: Recorded) -> None:
    report = spotless.parse(recorded("spotless", "clean", "log"))

    assert (report.findings, report.measures) == ((), {"files.checked": 2})
    assert spotless.parse(recorded("spotless", "nothing", "log")).measures == {"files.checked": 0}


def test_spotless_that_cannot_begin_says_why(recorded: Recorded) -> None:
    with pytest.raises(OutputUnreadable, match="Cannot find 'startWithNewline'"):
        spotless.parse(recorded("spotless", "broken", "log"))


def test_spotless_must_name_what_it_counts(recorded: Recorded) -> None:
    data = recorded("spotless", "findings", "log")

    with pytest.raises(OutputUnreadable, match="changed 3 files, but names 2"):
        spotless.parse(data.replace(b"2 were changed", b"3 were changed"))


def test_lints_are_only_told_by_a_compiler_that_is_forked(recorded: Recorded) -> None:
    data = recorded("javac-lint", "clean", "log")
    assert maven_log.parse_linted(data) == maven_log.parse(data)

    with pytest.raises(NothingMeasured, match="does not fork"):
        maven_log.parse_linted(data.replace(b"[forked debug", b"[debug"))


def test_a_pom_that_forbids_to_fork_loses_no_lint(recorded: Recorded) -> None:
    findings = maven_log.parse_linted(recorded("javac-lint", "findings", "log")).findings
    unforked = maven_log.parse_linted(recorded("javac-lint", "unforked", "log")).findings

    assert [(one.rule, one.line) for one in unforked] == [(one.rule, one.line) for one in findings]
