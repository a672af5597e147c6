from collections.abc import Callable

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import (
    checkstyle,
    cyclonedx,
    jacoco,
    japicmp,
    junit,
    maven_tree,
    pmd,
    spotbugs,
)
from pytest_forge.model import Severity, TestOutcome

Recorded = Callable[[str, str, str], bytes]
TILL = "com/example/shop/Till.java"


def test_jacoco_counts_lines_branches_and_methods(recorded: Recorded) -> None:
    report = jacoco.parse(recorded("maven-verify", "findings", "coverage"))

    assert report.measures["coverage.statements"] == 14
    assert report.measures["coverage.line"] == 100 * 5 / 14
    assert report.measures["coverage.branch"] == 75
    assert report.measures["coverage.function"] == 100 / 6
    assert report.lines[TILL].covered == frozenset()
    assert 17 in report.lines[TILL].uncovered
    assert 12 in report.lines["com/example/shop/Prices.java"].covered


def test_jacoco_reports_of_several_modules_add_up(recorded: Recorded) -> None:
    report = jacoco.parse(recorded("maven-verify", "findings", "coverage"))
    both = jacoco.shares((*report.samples, *report.samples))

    assert both["coverage.statements"] == 28
    assert both["coverage.line"] == report.measures["coverage.line"]


def test_jacoco_must_hold_what_it_counts(recorded: Recorded) -> None:
    data = recorded("maven-verify", "findings", "coverage")
    start = data.index(b'<sourcefile name="Till.java">')
    end = data.index(b"</sourcefile>", start) + len(b"</sourcefile>")

    with pytest.raises(OutputUnreadable, match="its files hold others"):
        jacoco.parse(data[:start] + data[end:])


def test_checkstyle_tells_its_checks_and_files(recorded: Recorded) -> None:
    report = checkstyle.parse(recorded("maven-verify", "findings", "checkstyle"))

    assert report.measures == {"files.checked": 2}
    assert [(one.rule, one.severity, one.line) for one in report.findings] == [
        ("UnusedImportsCheck", Severity.MEDIUM, 8),
        ("IndentationCheck", Severity.HIGH, 17),
    ]


def test_checkstyle_without_a_finding_still_names_its_files(recorded: Recorded) -> None:
    report = checkstyle.parse(recorded("maven-verify", "clean", "checkstyle"))

    assert (report.findings, report.measures) == ((), {"files.checked": 1})


@pytest.mark.parametrize(
    "inside",
    ['<error line="1" severity="fatal" message="m" source="s"/>', "<exception>no</exception>"],
)
def test_checkstyle_that_could_not_look_is_unreadable(inside: str) -> None:
    text = f'<checkstyle version="9.3"><file name="A.java">{inside}</file></checkstyle>'
    with pytest.raises(OutputUnreadable):
        checkstyle.parse(text.encode())


def test_pmd_tells_rules_places_and_priorities(recorded: Recorded) -> None:
    report = pmd.parse(recorded("maven-verify", "findings", "pmd"))

    assert [(one.rule, one.severity, one.line) for one in report.findings] == [
        ("UnnecessaryImport", Severity.LOW, 8),
        ("UnusedPrivateField", Severity.MEDIUM, 13),
    ]
    assert all(one.help_url.startswith("https://") for one in report.findings)


def test_pmd_that_could_not_read_a_file_is_unreadable() -> None:
    text = '<pmd version="7.7.0"><error filename="A.java" msg="ParseException"/></pmd>'
    with pytest.raises(OutputUnreadable, match="ParseException"):
        pmd.parse(text.encode())


def test_spotbugs_security_stands_apart_from_other_bugs(recorded: Recorded) -> None:
    report = spotbugs.parse(recorded("maven-verify", "findings", "spotbugs"))

    assert [(one.measure, one.rule, one.severity) for one in report.findings] == [
        ("findings", "EI_EXPOSE_REP", Severity.LOW),
        ("findings", "SQL_NONCONSTANT_STRING_PASSED_TO_EXECUTE", Severity.HIGH),
        ("bugs", "UUF_UNUSED_FIELD", Severity.LOW),
    ]
    assert report.findings[0].path == TILL


def test_another_tools_sarif_is_no_report_of_spotbugs() -> None:
    text = b'{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": []}]}'
    with pytest.raises(OutputUnreadable):
        spotbugs.parse(text)


def test_the_tree_tells_what_ships_and_what_is_direct(recorded: Recorded) -> None:
    report = maven_tree.parse(recorded("maven-verify", "findings", "needed"))
    kinds = {one.subject: one.value for one in report.samples if one.measure == maven_tree.NEEDED}

    both = maven_tree.DIRECT + maven_tree.SHIPS
    assert kinds["com.google.code.gson:gson@2.11.0"] == both
    assert kinds["org.junit.jupiter:junit-jupiter@5.11.4"] == maven_tree.DIRECT
    assert kinds["org.junit.jupiter:junit-jupiter-api@5.11.4"] == 0
    assert [one.subject for one in report.samples if one.measure == maven_tree.MODULE] == [
        "com.example:shop@1.1.0"
    ]


def test_the_bill_of_materials_tells_licenses(recorded: Recorded) -> None:
    report = cyclonedx.parse(recorded("maven-verify", "findings", "stated"))
    licenses = {one.name: one.license for one in report.components}

    assert licenses["com.google.code.gson:gson"] == "Apache-2.0"
    assert licenses["org.junit.jupiter:junit-jupiter"] == "EPL-2.0"
    assert {one.ecosystem for one in report.components} == {"Maven"}
    assert report.components[0].purl.startswith("pkg:maven/")


def test_several_licenses_leave_the_choice() -> None:
    stated = '[{"license": {"id": "MIT"}}, {"license": {"name": "GPL 2"}}]'
    part = f'{{"name": "a", "version": "1", "purl": "pkg:maven/g/a@1", "licenses": {stated}}}'
    text = f'{{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{part}]}}'

    assert cyclonedx.parse(text.encode()).components[0].license == "MIT OR (GPL 2)"


def test_surefires_reports_are_junits(recorded: Recorded) -> None:
    tests = junit.parse(recorded("maven-verify", "failures", "tests")).tests

    assert {one.name.partition("::")[2]: one.outcome for one in tests} == {
        "valuesAreAdded": TestOutcome.FAILED,
        "discountsAreTaken": TestOutcome.SKIPPED,
    }
    assert "expected: <4> but was: <3>" in tests[1].message + tests[0].message


def test_japicmp_tells_breaks_and_additions(recorded: Recorded) -> None:
    report = japicmp.parse(recorded("japicmp", "breaking", "changes"))

    assert [(one.rule, one.subject) for one in report.findings] == [
        ("CLASS_REMOVED", "com.example.shop.Gone"),
        ("METHOD_REMOVED", "com.example.shop.Prices.total(int[])"),
    ]
    # The method in its new form, and a class.
    assert report.measures == {"api.additions": 2, "api.compared": 2}


def test_japicmp_without_a_change_has_compared_all_the_same(recorded: Recorded) -> None:
    report = japicmp.parse(recorded("japicmp", "same", "changes"))

    assert (report.findings, report.measures) == ((), {"api.additions": 0, "api.compared": 1})
