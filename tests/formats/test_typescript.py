"""What TypeScript's tools print, as it was recorded."""

import json
from collections.abc import Callable

import pytest

from pytest_forge.errors import NoReference, NotPrepared, OutputUnreadable
from pytest_forge.formats import (
    eslint,
    istanbul,
    jest,
    junit,
    mocha,
    node_packages,
    node_test,
    npm_audit,
    prettier_files,
    tap,
    tsc,
    type_coverage,
    typescript_api,
)
from pytest_forge.model import Report, Severity, TestOutcome

Recorded = Callable[[str, str, str], bytes]


def rules(report: Report) -> list[str]:
    return [one.rule for one in report.findings]


def test_the_compiler_lists_what_it_looked_at(recorded: Recorded) -> None:
    report = tsc.parse(recorded("tsc", "clean", "report"))
    assert (report.findings, report.measures) == ((), {"files.checked": 1})
    assert [one.path for one in report.samples] == ["/project/src/index.ts"]
    assert tsc.parse(recorded("tsc", "javascript", "report")).measures == {"files.checked": 1}


def test_errors_stand_where_they_are(recorded: Recorded) -> None:
    (finding,) = tsc.parse(recorded("tsc", "type-error", "report")).findings
    assert (finding.rule, finding.path, finding.line) == ("TS2322", "src/index.ts", 28)
    assert rules(tsc.parse(recorded("tsc", "syntax-error", "report"))) == ["TS1109"]


def test_no_file_is_nothing_checked(recorded: Recorded) -> None:
    report = tsc.parse(recorded("tsc", "nothing", "report"))
    assert (rules(report), report.measures["files.checked"]) == (["TS18003"], 0)


def test_a_build_tells_each_project(recorded: Recorded) -> None:
    report = tsc.parse(recorded("tsc", "references", "report"))
    assert rules(report) == ["TS2322"]
    assert report.measures["files.checked"] == 3


@pytest.mark.parametrize("case", ["clean", "type-error", "nothing"])
def test_a_compilation_that_is_cut_off_is_none(case: str, recorded: Recorded) -> None:
    data = recorded("tsc", case, "report")
    last = data.rindex(b"Total time")
    for end in range(0, last, 7):
        with pytest.raises(OutputUnreadable):
            tsc.parse(data[:end])


def test_a_file_that_is_not_listed_is_missed(recorded: Recorded) -> None:
    data = recorded("tsc", "clean", "report").replace(b"/project/src/index.ts\n", b"")
    with pytest.raises(OutputUnreadable, match="but counts"):
        tsc.parse(data)


def test_type_coverage_is_computed_from_counts(recorded: Recorded) -> None:
    report = type_coverage.parse(recorded("tsc-type-coverage", "untyped", "report"))
    assert report.measures == {"identifiers": 28, "type.coverage": 100 * 27 / 28}
    assert [one.subject for one in report.samples] == ["one"]


def test_nothing_typed_is_no_coverage(recorded: Recorded) -> None:
    report = type_coverage.parse(recorded("tsc-type-coverage", "nothing", "report"))
    assert report.measures == {"identifiers": 0}


def test_an_error_of_type_coverage_is_told() -> None:
    with pytest.raises(OutputUnreadable, match="needs the compiler"):
        type_coverage.parse(b'{"succeeded": false, "error": "it needs the compiler\\nand more"}')


def test_coverage_is_computed_from_counters(recorded: Recorded) -> None:
    report = istanbul.parse(recorded("vitest", "clean", "coverage"))
    assert report.measures == {
        "coverage.line": 100.0,
        "coverage.branch": 100.0,
        "coverage.function": 100.0,
        "coverage.statements": 8,
    }
    (lines,) = report.lines.values()
    assert 10 in lines.covered
    assert not lines.uncovered


def test_no_file_is_no_coverage() -> None:
    assert istanbul.parse(b"{}").measures == {"coverage.statements": 0}


def test_a_branch_that_was_taken_less_than_never_was_not_taken() -> None:
    # vite: -1722 of an `else` that is not there, in vitest's coverage by V8.
    place = {"start": {"line": 1}}
    file = {
        **{"s": {"0": 3}, "statementMap": {"0": place}, "f": {}, "fnMap": {}},
        **{"b": {"0": [3, -1722]}, "branchMap": {"0": place}},
    }
    measures = istanbul.parse(json.dumps({"a.js": file}).encode()).measures
    assert (measures["coverage.branch"], measures["coverage.line"]) == (50, 100)


def test_unknown_is_nothing_that_was_measured() -> None:
    summary = b'{"total": {"lines": {"total": 0, "covered": 0, "skipped": 0, "pct": "Unknown"}}}'
    with pytest.raises(OutputUnreadable):
        istanbul.parse(summary)


def test_counters_belong_to_what_they_count(recorded: Recorded) -> None:
    document = json.loads(recorded("vitest", "clean", "coverage"))
    for file in document.values():
        file["s"].popitem()
    with pytest.raises(OutputUnreadable, match="one counter for each"):
        istanbul.parse(json.dumps(document).encode())


RUNNERS = {
    "vitest": junit.parse,
    "jest": jest.parse,
    "mocha": mocha.parse,
    "ava": tap.parse,
    "node-test": node_test.parse,
}


@pytest.mark.parametrize("run", sorted(RUNNERS))
def test_a_runner_tells_each_test(run: str, recorded: Recorded) -> None:
    clean = RUNNERS[run](recorded(run, "clean", "tests"))
    assert sorted(one.outcome for one in clean.tests) == [TestOutcome.PASSED, TestOutcome.SKIPPED]
    failing = RUNNERS[run](recorded(run, "failing", "tests"))
    (failed,) = [one for one in failing.tests if one.outcome is TestOutcome.FAILED]
    assert failed.message
    nothing = RUNNERS[run](recorded(run, "nothing", "tests"))
    assert (len(nothing.tests), nothing.value("tests.executed")) == (2, 0)


@pytest.mark.parametrize("run", ["jest", "mocha"])
def test_a_runner_names_the_files_that_it_ran(run: str, recorded: Recorded) -> None:
    report = RUNNERS[run](recorded(run, "clean", "tests"))
    assert {(one.measure, one.path) for one in report.samples} == {
        (jest.RAN, "/project/test/index.test.js")
    }


def test_a_file_without_a_test_is_no_test(recorded: Recorded) -> None:
    # Node.js counts such a file as a test that has passed.
    report = node_test.parse(recorded("node-test", "empty", "tests"))
    (only,) = report.tests
    assert (only.outcome, report.value("tests.executed")) == (TestOutcome.SKIPPED, 0)
    assert "no test of this file was run" in only.message


@pytest.mark.parametrize("name", ["/kit/test/a.test.js", "test/a.test.mjs"])
def test_a_file_that_breaks_has_failed(name: str) -> None:
    case = f'<testcase name="{name}"><failure message="test failed"/></testcase>'
    data = f"<testsuites>{case}<!-- tests 1 --></testsuites>".encode()
    (only,) = node_test.parse(data).tests
    assert only.outcome is TestOutcome.FAILED


def test_a_test_may_be_named_like_a_file() -> None:
    cases = '<testcase name="reads a.js"/><testsuite name="b"><testcase name="b.js"/></testsuite>'
    data = f"<testsuites>{cases}<!-- tests 2 --></testsuites>".encode()
    assert {one.outcome for one in node_test.parse(data).tests} == {TestOutcome.PASSED}


def test_a_module_of_tests_that_breaks_has_failed(recorded: Recorded) -> None:
    report = junit.parse(recorded("vitest", "broken", "tests"))
    assert [(one.outcome, one.message) for one in report.tests] == [(TestOutcome.FAILED, "no till")]


@pytest.mark.parametrize("run", ["jest", "mocha", "node-test"])
def test_a_test_that_is_lost_is_missed(run: str, recorded: Recorded) -> None:
    data = recorded(run, "failing", "tests")
    if run == "node-test":
        data = data[: data.index(b"\t<testcase")] + data[data.index(b"\t<!--") :]
    else:
        document = json.loads(data)
        lost = document["failures"] if run == "mocha" else document["testResults"]
        lost.clear()
        data = json.dumps(document).encode()
    with pytest.raises(OutputUnreadable):
        RUNNERS[run](data)


def test_eslint_names_the_files_that_it_looked_at(recorded: Recorded) -> None:
    clean = eslint.parse(recorded("eslint", "clean", "report"))
    assert clean.measures == {"files.checked": 5}
    assert "/project/src/index.ts" in {one.path for one in clean.samples}
    found = eslint.parse(recorded("eslint", "findings", "report"))
    assert rules(found) == ["syntax", "prefer-const", "@typescript-eslint/no-unused-vars"]
    assert eslint.parse(recorded("eslint", "nothing", "report")).measures == {"files.checked": 0}


def test_a_runner_that_finds_no_test_counts_none(recorded: Recorded) -> None:
    report = junit.parse(recorded("vitest", "absent", "tests"))
    assert report.value("tests.executed") == 0
    assert istanbul.parse(recorded("vitest", "absent", "coverage")).measures["coverage.line"] == 0


def test_plain_javascript_is_compared_as_it_is_called(recorded: Recorded) -> None:
    report = typescript_api.parse(recorded("typescript-api", "javascript", "report"))
    assert (report.findings, report.measures["api.compared"]) == ((), 1)


def test_an_entry_point_that_is_no_module_exports_nothing(recorded: Recorded) -> None:
    report = typescript_api.parse(recorded("typescript-api", "ambient", "report"))
    assert report.findings == ()
    assert report.measures == {"api.additions": 0, "api.compared": 2}


def test_xo_speaks_as_eslint(recorded: Recorded) -> None:
    assert eslint.parse(recorded("xo", "nothing", "report")).measures == {"files.checked": 0}
    assert "@stylistic/indent" in rules(eslint.parse(recorded("xo", "findings", "report")))


def test_a_lost_message_is_missed(recorded: Recorded) -> None:
    document = json.loads(recorded("eslint", "findings", "report"))
    for entry in document:
        entry["messages"] = entry["messages"][1:]
    with pytest.raises(OutputUnreadable, match="number of its messages"):
        eslint.parse(json.dumps(document).encode())


def test_what_prettier_ignores_is_not_checked(recorded: Recorded) -> None:
    report = prettier_files.parse(recorded("prettier", "findings", "report"))
    assert {one.path for one in report.findings} == {"src/index.ts", "src/broken.ts"}
    assert report.measures == {"files.checked": 6}
    nothing = prettier_files.parse(recorded("prettier", "nothing", "report"))
    assert nothing.measures == {"files.checked": 0}


def test_an_advisory_has_its_id_and_severity(recorded: Recorded) -> None:
    (finding,) = npm_audit.parse(recorded("npm-audit", "findings", "report")).findings
    assert (finding.rule, finding.severity) == ("GHSA-35jh-r3h4-6jhm", Severity.HIGH)
    assert "lodash" in finding.message
    clean = npm_audit.parse(recorded("npm-audit", "clean", "report"))
    assert (clean.findings, clean.measures) == ((), {"components.audited": 1})


def test_a_registry_that_does_not_answer_is_no_clean_audit(recorded: Recorded) -> None:
    with pytest.raises(NoReference, match="no advisory data"):
        npm_audit.parse(recorded("npm-audit", "no-answer", "report"))


def test_packages_ship_or_do_not(recorded: Recorded) -> None:
    report = node_packages.parse(recorded("packages", "clean", "report"))
    found = {one.name: (one.license, one.direct, one.ships) for one in report.components}
    assert found == {
        "a": ("MIT", True, True),
        "c": ("MIT OR Apache-2.0", False, True),
        "@b/b": ("BSD-3-Clause", True, False),
    }
    assert {one.purl for one in report.components} >= {"pkg:npm/%40b/b@1.2.3"}
    assert report.measures == {"packages": 4}


def test_what_is_not_installed_is_named(recorded: Recorded) -> None:
    with pytest.raises(NotPrepared, match="absent, which shop depends on"):
        node_packages.parse(recorded("packages", "missing", "report"))


def test_changes_of_the_api_are_told_apart(recorded: Recorded) -> None:
    report = typescript_api.parse(recorded("typescript-api", "changes", "report"))
    assert sorted(rules(report)) == ["optional", "removed", "signature", "type"]
    assert report.measures == {"api.additions": 1, "api.compared": 1}
    same = typescript_api.parse(recorded("typescript-api", "same", "report"))
    assert (same.findings, same.measures) == ((), {"api.additions": 0, "api.compared": 1})
    nothing = typescript_api.parse(recorded("typescript-api", "nothing", "report"))
    assert nothing.measures["api.compared"] == 0
