"""What the C# compiler's logs and MSBuild's text say, and what forge reads in them."""

import json
from collections.abc import Callable

import pytest
from replayed.recordings import RECORDINGS, statuses, stored, values

from pytest_forge.errors import NotPrepared, OutputUnreadable, ToolMissing
from pytest_forge.formats import (
    dotnet_log,
    msbuild_project,
    roslyn,
)
from pytest_forge.model import Severity
from pytest_forge.toolchains.csharp.commands import EVALUATE

Recorded = Callable[[str, str, str], bytes]

# The compiler's logs.


def test_a_clean_log_is_one_compilation(recorded: Recorded) -> None:
    report = roslyn.parse(recorded("dotnet-build", "clean", "compilations"))

    assert (report.findings, report.notes) == ((), ())
    assert [one.measure for one in report.samples] == [roslyn.LOG]


@pytest.mark.parametrize(
    ("case", "measure", "rules"),
    [
        ("warning", "warnings", {"CS0219"}),
        ("type-error", "errors", {"CS0029"}),
        ("syntax-error", "errors", {"CS1026"}),
        ("nullable", "type.errors", {"CS8602", "CS8618"}),
        ("security-analyzers", "findings", {"CA5351"}),
        ("suppressed", "warnings", set()),
        ("all-analyzers", "lint.findings", set()),
    ],
)
def test_categories_sort_the_results(
    recorded: Recorded, case: str, measure: str, rules: set[str]
) -> None:
    findings = roslyn.parse(recorded("dotnet-build", case, "compilations")).findings

    assert {one.rule for one in findings} == rules
    assert {one.measure for one in findings} == ({measure} if rules else set())


def test_a_finding_has_its_place(recorded: Recorded) -> None:
    (finding,) = roslyn.parse(recorded("dotnet-build", "warning", "compilations")).findings

    assert finding.path == "/repo/src/Pager/Extra.cs"
    assert (finding.line, finding.column, finding.last_line) == (10, 13, 10)


def test_logs_are_those_of_their_compilation_alone() -> None:
    case = json.loads(stored("dotnet-build", "clean", "case.json"))

    assert sorted(case["written"]) == [
        "sarif/Pager.IntegrationTests.net10.0.sarif",
        "sarif/Pager.UnitTests.net10.0.sarif",
        "sarif/Pager.net10.0.sarif",
    ]


def test_a_log_may_begin_with_a_byte_order_mark(recorded: Recorded) -> None:
    """It was seen in some, and stands in no recorded one."""
    data = recorded("dotnet-build", "warning", "compilations")

    assert roslyn.parse(b"\xef\xbb\xbf" + data) == roslyn.parse(data)


def test_warnings_alone_exit_with_0(recorded: Recorded) -> None:
    assert statuses("dotnet-build", "warning")[-1] == 0
    assert statuses("dotnet-build", "warnaserror")[-1] == 1


def test_under_warnaserror_the_log_still_says_warning(recorded: Recorded) -> None:
    (finding,) = roslyn.parse(recorded("dotnet-build", "warnaserror", "compilations")).findings
    (told,) = (
        one
        for one in dotnet_log.parse(recorded("dotnet-build", "warnaserror", "log")).samples
        if one.measure == dotnet_log.COMPILED
    )
    assert finding.measure == "warnings"
    assert (told.subject, told.line) == ("CS0219", 10)


def test_what_a_pragma_silences_is_a_note(recorded: Recorded) -> None:
    report = roslyn.parse(recorded("dotnet-build", "suppressed", "compilations"))

    assert report.notes == ("suppressed in the source: 1",)


def test_a_suggestion_is_no_finding(recorded: Recorded) -> None:
    data = recorded("dotnet-build", "nullable", "compilations")

    assert b"CA2211" in data
    assert "CA2211" not in {one.rule for one in roslyn.parse(data).findings}


def test_a_syntax_errors_log_tells_nothing_of_its_rules(recorded: Recorded) -> None:
    data = recorded("dotnet-build", "syntax-error", "compilations")

    assert b"invocations" not in data
    assert [one.measure for one in roslyn.parse(data).samples] == [roslyn.LOG]


def test_security_rules_state_no_severity_and_are_off_by_default(recorded: Recorded) -> None:
    report = roslyn.parse(recorded("dotnet-build", "security-analyzers", "compilations"))
    clean = roslyn.parse(recorded("dotnet-build", "clean", "compilations"))

    assert [one.severity for one in report.findings] == [Severity.UNKNOWN]
    assert len(values(report, roslyn.GUARDED)) == 1
    assert not values(clean, roslyn.GUARDED)


def test_complexity_is_mccabes_of_each_function(recorded: Recorded) -> None:
    report = roslyn.parse(recorded("dotnet-build", "complexity", "compilations"))

    assert values(report, "complexity.max") == {"Name": 12}
    assert len(values(report, roslyn.MEASURED)) == 1
    assert report.findings == ()


def test_coverlets_complexity_is_another(recorded: Recorded) -> None:
    assert b'complexity="22"' in recorded("dotnet-test", "uncovered", "coverage")


def test_forges_own_metrics_must_be_understood(recorded: Recorded) -> None:
    data = recorded("dotnet-build", "complexity", "compilations")

    with pytest.raises(OutputUnreadable, match="metrics are refused"):
        roslyn.parse(data.replace(b"CA1502", b"CA1509"))


def test_each_framework_has_a_log_of_its_own() -> None:
    logs = [
        roslyn.parse(path.read_bytes())
        for path in (RECORDINGS / "dotnet-build-10.0.401/multi-target").glob("*.sarif")
    ]
    assert len(logs) == 4
    assert all(len(values(one, roslyn.LOG)) == 1 for one in logs)


# What is printed.


def test_a_second_build_compiles_nothing_and_says_nothing() -> None:
    """Neither a warning nor a log: what it names as built is all that is left."""
    report = dotnet_log.parse(stored("dotnet-build", "incremental-lie", "stdout-3.txt"))

    assert report.findings == ()
    assert len(values(report, dotnet_log.BUILT)) == 3
    assert not list((RECORDINGS / "dotnet-build-10.0.401/incremental-lie").glob("*.sarif"))


def test_each_warning_is_printed_twice_and_counts_once(recorded: Recorded) -> None:
    data = recorded("dotnet-build", "warning", "log")
    told = [one for one in dotnet_log.parse(data).samples if one.measure == dotnet_log.COMPILED]
    assert data.count(b"CS0219") == 2
    assert [(one.subject, one.path, one.line) for one in told] == [
        ("CS0219", "/repo/src/Pager/Extra.cs", 10)
    ]


def test_a_broken_project_stops_its_dependents(recorded: Recorded) -> None:
    report = dotnet_log.parse(recorded("dotnet-build", "syntax-error", "log"))

    assert not values(report, dotnet_log.BUILT)
    assert len(list((RECORDINGS / "dotnet-build-10.0.401/syntax-error").glob("*.sarif"))) == 1


def test_an_error_of_msbuild_is_one_of_the_build(recorded: Recorded) -> None:
    (finding,) = dotnet_log.parse(recorded("dotnet-build", "no-project", "log")).findings

    assert (finding.measure, finding.rule, finding.path) == ("errors", "MSB1003", None)


@pytest.mark.parametrize(
    ("case", "rule"), [("not-restored", "NETSDK1004"), ("package-missing", "NU1101")]
)
def test_what_a_restore_must_bring_is_missing(recorded: Recorded, case: str, rule: str) -> None:
    with pytest.raises(NotPrepared, match=f"{rule}.*") as raised:
        dotnet_log.parse(recorded("dotnet-build", case, "log"))

    assert "dotnet restore" in raised.value.mend


def test_warnings_of_nugets_audit_are_left_to_security() -> None:
    """Written after `packages-vulnerable`, where a restore prints it in the same form."""
    line = stored("dotnet-audit", "vulnerable", "stdout-1.txt").split(b"\n")[3]
    built = b"  Pager -> /repo/src/Pager/bin/Debug/net10.0/Pager.dll\n"

    assert b"warning NU1903" in line
    assert dotnet_log.parse(line + b"\n" + built + b"Time Elapsed 00:00:01.00\n").findings == ()


@pytest.mark.parametrize(
    ("line", "mend"),
    [
        (
            "error NETSDK1147: To build this project, the following workloads must be installed:"
            " wasm-tools",
            "dotnet workload restore",
        ),
        (
            "error NETSDK1045: The current .NET SDK does not support targeting .NET 11.0.",
            "dotnet-install.sh --channel",
        ),
    ],
)
def test_what_the_sdk_does_not_bring_is_named(line: str, mend: str) -> None:
    """The wording is that of the SDK's documentation: neither was recorded."""
    text = (
        f"/sdk/Microsoft.NET.Sdk.targets(1,5): {line} [/repo/Kit.csproj]\nTime Elapsed 00:00:01\n"
    )

    with pytest.raises(ToolMissing, match="NETSDK1") as raised:
        dotnet_log.parse(text.encode())
    assert mend in raised.value.mend


def test_no_sdk_fits_is_told_by_every_command() -> None:
    case = json.loads(stored("dotnet-build", "sdk-missing", "case.json"))

    assert [command[1] for command in case["commands"]] == ["--version", "build"]
    assert case["exit_statuses"] == [155, 155]


# What MSBuild says.


def test_what_msbuild_says_of_a_library(recorded: Recorded) -> None:
    report = msbuild_project.parse(recorded("dotnet-projects", "clean", "projects"))

    assert values(report, msbuild_project.FRAMEWORKS) == {"Pager": 1}
    assert values(report, msbuild_project.TEST) == {"Pager": 0}
    assert values(report, msbuild_project.NULLABLE) == {"Pager": 1}
    assert [one.path for one in report.samples if one.measure == msbuild_project.SOURCE] == [
        "/repo/src/Pager/Page.cs",
        "/repo/src/Pager/PageReader.cs",
    ]


def test_msbuild_is_asked_what_was_recorded() -> None:
    """It prints JSON for these options, after a restore."""
    case = json.loads(stored("dotnet-projects", "clean", "case.json"))
    recorded = {tuple(one[3:]) for one in case["commands"] if one[1] == "msbuild"}
    asked = [word for word in EVALUATE if word.startswith("-get")]

    assert set(asked) in [set(words) for words in recorded]


def test_what_msbuild_says_of_a_test_project(recorded: Recorded) -> None:
    report = msbuild_project.parse(recorded("dotnet-projects", "clean", "test-project"))

    assert list(values(report, msbuild_project.TEST).values()) == [1]


def test_a_solution_lists_the_projects_that_forge_finds(recorded: Recorded) -> None:
    listed = recorded("dotnet-projects", "clean", "solution").decode().split("\n")[2:]

    assert [line for line in listed if line] == [
        "src/Pager/Pager.csproj",
        "tests/Pager.IntegrationTests/Pager.IntegrationTests.csproj",
        "tests/Pager.UnitTests/Pager.UnitTests.csproj",
    ]
