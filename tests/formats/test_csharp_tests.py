"""What `dotnet test` and coverlet really write, and what forge reads in it."""

import json
import re
from collections.abc import Callable

import pytest
from replayed.recordings import RECORDINGS, statuses, stored, values

from pytest_forge.errors import OutputUnreadable, ToolCrashed, ToolMissing
from pytest_forge.formats import (
    cobertura,
    dotnet_log,
    trx,
)
from pytest_forge.model import TestCase, TestOutcome

Recorded = Callable[[str, str, str], bytes]

# Tests.


def test_a_trx_of_tests_that_passed(recorded: Recorded) -> None:
    report = trx.parse(recorded("dotnet-test", "clean", "tests"))

    assert (report.value("tests.executed"), report.value("tests.failed")) == (8, 0)
    assert len(values(report, trx.RUN)) == 1


def test_a_report_begins_with_a_byte_order_mark(recorded: Recorded) -> None:
    assert recorded("dotnet-test", "clean", "tests").startswith(b"\xef\xbb\xbf<?xml")


def test_failures_say_why(recorded: Recorded) -> None:
    report = trx.parse(recorded("dotnet-test", "failing", "tests"))
    failures = {one.name: one.message for one in report.tests if one.outcome == "failed"}

    assert set(failures) == {
        "Pager.UnitTests.ExtraTests.Wrong",
        "Pager.UnitTests.ExtraTests.Throws",
    }
    assert '"quoted" é中' in failures["Pager.UnitTests.ExtraTests.Throws"]


@pytest.mark.parametrize("case", ["none", "all-skipped", "filter-misses"])
def test_no_test_at_all_exits_with_0(recorded: Recorded, case: str) -> None:
    document = json.loads(stored("dotnet-test", case, "case.json"))
    report = trx.parse(recorded("dotnet-test", case, "tests"))

    assert document["exit_statuses"][:2] == [0, 0]
    assert report.value("tests.executed") == 0


def test_skipped_tests_are_not_counted_where_one_would_look(recorded: Recorded) -> None:
    data = recorded("dotnet-test", "all-skipped", "tests")

    assert b'notExecuted="0"' in data
    assert [one.outcome for one in trx.parse(data).tests] == [TestOutcome.SKIPPED]


@pytest.mark.parametrize("case", ["hang", "crash"])
def test_a_host_that_was_ended_is_no_success(recorded: Recorded, case: str) -> None:
    data = recorded("dotnet-test", case, "tests")

    assert b'failed="0"' in data
    assert statuses("dotnet-test", case)[-1] == 1
    with pytest.raises(ToolCrashed, match="Test host process crashed"):
        trx.parse(data)


@pytest.mark.parametrize(("case", "passed", "total"), [("hang", 8, 8), ("crash", 0, 0)])
def test_only_the_summary_tells_that_a_host_was_ended(
    recorded: Recorded, case: str, passed: int, total: int
) -> None:
    data = recorded("dotnet-test", case, "tests")

    (counters,) = re.findall(rb'<Counters total="(\d+)" executed="\d+" passed="(\d+)"', data)
    assert counters == (b"%d" % total, b"%d" % passed)
    assert b'<ResultSummary outcome="Failed">' in data
    assert re.search(rb'<RunInfo [^>]*outcome="Error"', data)


def test_a_runtime_that_is_not_there_is_named(recorded: Recorded) -> None:
    """The text is the one of .NET's host, as vstest's issue 3938 quotes it: none was recorded."""
    said = (
        b"Testhost process for source(s) '/repo/T.dll' exited with error: You must install or "
        b"update .NET to run this application.\nApp: /repo/testhost.dll\nArchitecture: x64\n"
        b"Framework: 'Microsoft.AspNetCore.App', version '8.0.0' (x64)\n"
    )
    data = recorded("dotnet-test", "hang", "tests")
    start = data.index(b"<Text>", data.index(b"<RunInfo ")) + len(b"<Text>")
    given = data[:start] + said + data[data.index(b"</Text>", start) :]

    with pytest.raises(ToolMissing, match=r"Microsoft\.AspNetCore\.App 8\.0\.0") as raised:
        trx.parse(given)
    assert "--runtime aspnetcore --version 8.0.0" in raised.value.mend


def test_a_test_project_that_does_not_compile_has_no_trx(recorded: Recorded) -> None:
    found = sorted((RECORDINGS / "dotnet-test-10.0.401/does-not-compile").glob("*.trx"))
    (passed,) = (trx.parse(path.read_bytes()) for path in found)

    assert all("IntegrationTests" in one.name for one in passed.tests)


def test_names_are_kept_as_they_are(recorded: Recorded) -> None:
    names = {one.name.partition("ExtraTests")[2] for one in _names(recorded)}

    assert '.Named(text: "a \\"b\\" <c> & d")' in names
    assert any("中文" in name for name in names)
    assert "+Nested.Waits" in names
    assert "a sentence, with a comma" in {one.name for one in _names(recorded)}


def _names(recorded: Recorded) -> tuple[TestCase, ...]:
    return trx.parse(recorded("dotnet-test", "names", "tests")).tests


def test_results_that_are_missing_are_seen(recorded: Recorded) -> None:
    data = recorded("dotnet-test", "clean", "tests")

    with pytest.raises(OutputUnreadable, match="announces 9 total, but holds 8"):
        trx.parse(data.replace(b'total="8"', b'total="9"'))


def test_a_filter_picks_one_project_alone() -> None:
    found = sorted((RECORDINGS / "dotnet-integration-tests-10.0.401/clean").glob("*.trx"))

    assert sorted(trx.parse(path.read_bytes()).value("tests.executed") or 0 for path in found) == [
        0,
        1,
    ]


def test_without_a_collector_a_line_says_so(recorded: Recorded) -> None:
    assert not list((RECORDINGS / "dotnet-test-10.0.401/no-collector").glob("coverage*"))
    assert statuses("dotnet-test", "no-collector")[-1] == 0
    with pytest.raises(ToolMissing, match="coverlet"):
        dotnet_log.parse_test(recorded("dotnet-test", "no-collector", "log"))


# Coverage.


def test_a_files_name_is_relative_to_the_source(recorded: Recorded) -> None:
    report = cobertura.parse(recorded("dotnet-test", "clean", "coverage"))

    assert set(report.lines) == {"/repo/src/Pager/Page.cs", "/repo/src/Pager/PageReader.cs"}
    assert values(report, cobertura.FILE) == {"": 36}


def test_an_iterator_has_its_methods_name(recorded: Recorded) -> None:
    report = cobertura.parse(recorded("dotnet-test", "clean", "coverage"))

    assert "Pager.PageReader.ReadAll" in values(report, cobertura.FUNCTION)
    assert len(values(report, cobertura.FUNCTION)) == 8


def test_the_files_of_all_test_projects_are_over_the_same_lines() -> None:
    found = sorted((RECORDINGS / "dotnet-test-10.0.401/clean").glob("coverage*.xml"))
    first, second = (cobertura.parse(path.read_bytes()) for path in found)
    merged = first.merged(second)

    for path, one in merged.lines.items():
        assert (
            one.covered | one.uncovered == first.lines[path].covered | first.lines[path].uncovered
        )
        assert one.covered >= second.lines[path].covered


def test_an_assembly_that_is_excluded_leaves_a_file_without_lines(recorded: Recorded) -> None:
    text = recorded("dotnet-test", "clean", "coverage").decode()
    emptied = re.sub(r"<packages>.*</packages>", "<packages />", text, flags=re.DOTALL)
    given = re.sub(r'lines-valid="\d+"', 'lines-valid="0"', emptied)
    report = cobertura.parse(given.encode())

    assert (report.lines, values(report, cobertura.FILE)) == ({}, {"": 0})


def test_branches_are_counted_by_line(recorded: Recorded) -> None:
    report = cobertura.parse(recorded("dotnet-test", "uncovered", "coverage"))
    every, taken = (
        sum(one.value for one in report.samples if one.measure == measure)
        for measure in (cobertura.BRANCHES, cobertura.TAKEN)
    )
    assert (every, taken) == (30, 8)
