"""What `dotnet format` really writes, and what forge reads in it."""

import json
from collections.abc import Callable

import pytest
from replayed.recordings import RECORDINGS, statuses, stored, values

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import (
    dotnet_format,
    dotnet_format_log,
)

Recorded = Callable[[str, str, str], bytes]


def test_nothing_to_format_is_an_empty_list(recorded: Recorded) -> None:
    assert recorded("dotnet-format", "clean", "report") == b"[]"
    assert dotnet_format.parse(b"[]").findings == ()


def test_findings_end_with_2_and_nothing_with_0() -> None:
    assert statuses("dotnet-format", "clean")[-1] == 0
    assert statuses("dotnet-format", "findings")[-1] == 2
    assert statuses("dotnet-format", "style-rules")[-1] == 2


def test_without_a_project_there_is_a_stack_trace() -> None:
    (printed,) = (RECORDINGS / "dotnet-format-10.0.401/no-project").glob("std*")

    assert statuses("dotnet-format", "no-project") == [1]
    assert b"   at Microsoft.CodeAnalysis.Tools" in printed.read_bytes()


def test_an_unused_using_is_told_where_editorconfig_asks_for_it() -> None:
    case = json.loads(stored("dotnet-format", "style-rules", "case.json"))

    assert "dotnet_diagnostic.IDE0005.severity" in case["laid"][".editorconfig"]


def test_an_unformatted_file_counts_once(recorded: Recorded) -> None:
    (finding,) = dotnet_format.parse(recorded("dotnet-format", "findings", "report")).findings

    assert (finding.measure, finding.rule, finding.line) == ("files.unformatted", "WHITESPACE", 9)


def test_rules_of_style_are_lint(recorded: Recorded) -> None:
    findings = dotnet_format.parse(recorded("dotnet-format", "style-rules", "report")).findings

    assert [(one.measure, one.rule, one.message) for one in findings] == [
        ("files.unformatted", "IMPORTS", "Fix imports ordering."),
        ("lint.findings", "IDE0005", "Using directive is unnecessary."),
    ]


def test_only_the_diagnostic_text_counts_files(recorded: Recorded) -> None:
    report = dotnet_format_log.parse(recorded("dotnet-format", "clean", "log"))

    assert report.measures == {"files.checked": 16}
    assert set(values(report, dotnet_format_log.PROJECT)) == {
        "Pager",
        "Pager.UnitTests",
        "Pager.IntegrationTests",
    }
    case = json.loads(stored("dotnet-format", "clean", "case.json"))
    assert "diag" not in case["commands"][1]
    assert not (RECORDINGS / "dotnet-format-10.0.401/clean/stdout-2.txt").exists()


def test_a_project_that_does_not_load_is_left_out_with_status_0(recorded: Recorded) -> None:
    case = json.loads(stored("dotnet-format", "broken-project", "case.json"))
    report = dotnet_format_log.parse(recorded("dotnet-format", "broken-project", "log"))

    assert case["exit_statuses"] == [0, 0]
    assert report.measures == {"files.checked": 9}
    assert "Pager" not in values(report, dotnet_format_log.PROJECT)
    with pytest.raises(OutputUnreadable, match="left a project out"):
        dotnet_format_log.parse_errors(recorded("dotnet-format", "broken-project", "errors"))
