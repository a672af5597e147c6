"""What the .NET SDK's tools really write, and what forge reads in it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_forge.errors import NoReference, NotPrepared, OutputUnreadable, ToolCrashed, ToolMissing
from pytest_forge.formats import (
    benchmark_dotnet,
    cobertura,
    dotnet_format,
    dotnet_format_log,
    dotnet_log,
    dotnet_packages,
    msbuild_project,
    nuget_assets,
    nuget_audit,
    nuspec,
    package_validation,
    roslyn,
    trx,
)
from pytest_forge.model import Report, Severity, TestCase, TestOutcome

Recorded = Callable[[str, str, str], bytes]

RECORDINGS = Path(__file__).parents[1] / "recordings" / "csharp"


def stored(run: str, case: str, name: str) -> bytes:
    return (RECORDINGS / f"{run}-10.0.401" / case / name).read_bytes()


def values(report: Report, measure: str) -> dict[str, float]:
    return {one.subject: one.value for one in report.samples if one.measure == measure}


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


def test_no_sdk_fits_is_told_by_every_command() -> None:
    case = json.loads(stored("dotnet-build", "sdk-missing", "case.json"))

    assert [command[1] for command in case["commands"]] == ["--version", "build"]
    assert case["exit_statuses"] == [155, 155]


# Tests.


def test_a_trx_of_tests_that_passed(recorded: Recorded) -> None:
    report = trx.parse(recorded("dotnet-test", "clean", "tests"))

    assert (report.value("tests.executed"), report.value("tests.failed")) == (8, 0)
    assert len(values(report, trx.RUN)) == 1


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
    with pytest.raises(ToolCrashed, match="Test host process crashed"):
        trx.parse(data)


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


def test_branches_are_counted_by_line(recorded: Recorded) -> None:
    report = cobertura.parse(recorded("dotnet-test", "uncovered", "coverage"))
    every, taken = (
        sum(one.value for one in report.samples if one.measure == measure)
        for measure in (cobertura.BRANCHES, cobertura.TAKEN)
    )
    assert (every, taken) == (30, 8)


# Formatting.


def test_nothing_to_format_is_an_empty_list(recorded: Recorded) -> None:
    assert recorded("dotnet-format", "clean", "report") == b"[]"
    assert dotnet_format.parse(b"[]").findings == ()


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


# Packages.


def test_every_package_with_its_version(recorded: Recorded) -> None:
    report = dotnet_packages.parse(recorded("dotnet-packages", "clean", "packages"))
    found = {one.name: one for one in report.components}

    assert len(found) == 14
    assert (found["Newtonsoft.Json"].version, found["Newtonsoft.Json"].direct) == ("13.0.3", True)
    assert not found["xunit.abstractions"].direct
    assert sum(one.measure == dotnet_packages.PROJECT for one in report.samples) == 3


def test_a_vulnerable_package_exits_with_0(recorded: Recorded) -> None:
    (finding,) = dotnet_packages.parse_vulnerable(
        recorded("dotnet-audit", "vulnerable", "vulnerable")
    ).findings

    assert json.loads(stored("dotnet-audit", "vulnerable", "case.json"))["exit_statuses"] == [0, 0]
    assert (finding.rule, finding.severity) == ("GHSA-5crp-9r3c-p9vr", Severity.HIGH)
    assert nuget_audit.parse(recorded("dotnet-audit", "vulnerable", "source")).measures == {
        "advisories": 1
    }


def test_a_source_without_data_is_silent(recorded: Recorded) -> None:
    data = recorded("dotnet-audit", "no-audit-data", "vulnerable")

    assert dotnet_packages.parse_vulnerable(data).findings == ()
    with pytest.raises(NoReference, match="no data on vulnerabilities"):
        nuget_audit.parse(recorded("dotnet-audit", "no-audit-data", "source"))


def test_a_configured_source_without_data_is_a_problem(recorded: Recorded) -> None:
    with pytest.raises(NoReference, match="did not provide any vulnerability data"):
        dotnet_packages.parse_vulnerable(
            recorded("dotnet-audit", "empty-audit-source", "vulnerable")
        )


def test_a_source_that_does_not_answer_prints_text(recorded: Recorded) -> None:
    for read, output in (
        (dotnet_packages.parse_vulnerable, "vulnerable"),
        (nuget_audit.parse, "source"),
    ):
        with pytest.raises(NoReference, match="Unable to load the service index"):
            read(recorded("dotnet-audit", "audit-source-down", output))


def test_a_lock_that_does_not_fit_ends_a_restore() -> None:
    case = json.loads(stored("dotnet-audit", "lock-out-of-step", "case.json"))

    assert case["exit_statuses"] == [0, 0, 1]
    assert b"error NU1004" in stored("dotnet-audit", "lock-out-of-step", "stdout-3.txt")


def test_what_a_project_ships(recorded: Recorded) -> None:
    report = nuget_assets.parse(recorded("licenses", "clean", "assets"))

    assert [(one.name, one.direct, one.ships) for one in report.components] == [
        ("Newtonsoft.Json", True, True)
    ]
    assert values(report, nuget_assets.FOLDER) == {"/home/user/.nuget/packages/": 1}


def test_what_only_development_needs_does_not_ship(recorded: Recorded) -> None:
    document = json.loads(recorded("licenses", "clean", "assets"))
    for framework in document["project"]["frameworks"].values():
        framework["dependencies"]["Newtonsoft.Json"]["suppressParent"] = "All"
    (component,) = nuget_assets.parse(json.dumps(document).encode()).components

    assert not component.ships


@pytest.mark.parametrize(
    ("name", "license"),
    [
        ("newtonsoft.json.nuspec", "MIT"),
        ("xunit.nuspec", "Apache-2.0"),
        (
            "xunit.abstractions.nuspec",
            "https://raw.githubusercontent.com/xunit/xunit/master/license.txt",
        ),
    ],
)
def test_licenses(name: str, license: str) -> None:
    (component,) = nuspec.parse(stored("licenses", "clean", name)).components

    assert component.license == license


def test_a_license_that_is_a_file_is_its_name(recorded: Recorded) -> None:
    data = recorded("licenses", "clean", "nuspec")
    given = data.replace(b'type="expression">MIT', b'type="file">LICENSE.md')
    (component,) = nuspec.parse(given).components

    assert component.license == "LICENSE.md"


def test_the_nuspec_of_a_package_that_was_packed(recorded: Recorded) -> None:
    (component,) = nuspec.parse(recorded("pack", "clean", "nuspec")).components

    assert (component.name, component.version, component.license) == ("Pager.Sdk", "1.0.0", "MIT")


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: b"\x00\xff not what you think",
        lambda data: b"{}",
        lambda data: b"<package />",
    ],
)
@pytest.mark.parametrize(
    ("read", "output"), [(nuspec.parse, "nuspec"), (nuget_assets.parse, "assets")]
)
def test_a_damaged_file_of_nuget_is_unreadable(
    recorded: Recorded,
    read: Callable[[bytes], Report],
    output: str,
    damage: Callable[[bytes], bytes],
) -> None:
    with pytest.raises(OutputUnreadable):
        read(damage(recorded("licenses", "clean", output)))


# Package validation.


def test_breaks_are_told_by_documentation_ids(recorded: Recorded) -> None:
    findings = package_validation.parse(
        recorded("package-validation", "breaking", "breaking")
    ).findings

    assert [(one.rule, one.message.partition(": ")[0]) for one in findings] == [
        ("CP0002", "M:Pager.Page.get_HasNext"),
        (
            "CP0002",
            "M:Pager.PageReader.#ctor(System.Func{System.String,System.String},System.Int32)",
        ),
    ]


def test_strict_mode_tells_additions_and_versions_too(recorded: Recorded) -> None:
    report = package_validation.parse_strict(recorded("package-validation", "addition", "changes"))
    assert [one.split(",")[0] for one in values(report, package_validation.CHANGED)] == [
        "CP0001 T:Pager.Extra",
        "CP0003 Pager",
    ]


def test_no_change_leaves_no_file() -> None:
    case = json.loads(stored("package-validation", "clean", "case.json"))

    assert (case["exit_statuses"], case["outputs"]["breaking"]) == ([0, 0, 0], None)


def test_what_is_validated_is_packed_and_what_was_packed_before_is_not() -> None:
    """The semaphore in obj/: the third command checks nothing, and makes no package."""
    made, lied, found = (
        values(
            package_validation.parse_log(stored("package-validation", "semaphore", name)),
            package_validation.VALIDATED,
        )
        for name in ("stdout-2.txt", "stdout-3.txt", "stdout-5.txt")
    )
    case = json.loads(stored("package-validation", "semaphore", "case.json"))
    assert case["exit_statuses"] == [0, 0, 0, 0, 1]
    assert (len(made), len(lied), len(found)) == (1, 0, 1)


def test_without_the_last_release_it_fails() -> None:
    case = json.loads(stored("package-validation", "no-baseline", "case.json"))

    assert case["exit_statuses"] == [1]
    assert b"not found" in stored("package-validation", "no-baseline", "stdout-1.txt")


# Benchmarks.


def test_benchmarks(recorded: Recorded) -> None:
    report = benchmark_dotnet.parse(recorded("dotnet-run", "clean", "report"))

    assert report.value("benchmarks") == 4


def test_a_filter_that_misses_leaves_no_report() -> None:
    case = json.loads(stored("dotnet-run", "none", "case.json"))

    assert (case["exit_statuses"], case["outputs"]["report"]) == ([0], None)


def test_csharpier_exits_alike_with_findings_and_without_a_folder() -> None:
    """It is run by no check: its status does not tell one from the other."""
    case = json.loads(stored("dotnet-format", "csharpier", "case.json"))

    assert case["exit_statuses"] == [0, 1, 1, 1]
