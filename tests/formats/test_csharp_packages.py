"""What NuGet, package validation and BenchmarkDotNet write, and what forge reads in it."""

import json
from collections.abc import Callable

import pytest
from replayed.recordings import statuses, stored, values

from pytest_forge.errors import NoReference, OutputUnreadable
from pytest_forge.formats import (
    benchmark_dotnet,
    dotnet_packages,
    nuget_assets,
    nuget_audit,
    nuspec,
    package_validation,
)
from pytest_forge.model import Report, Severity

Recorded = Callable[[str, str, str], bytes]

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
    assert statuses("dotnet-audit", "audit-source-down")[-1] == 1
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


def test_a_break_is_a_failure_or_a_file(recorded: Recorded) -> None:
    """With the file asked for the exit status is 0 all the same."""
    case = json.loads(stored("package-validation", "breaking", "case.json"))
    packs = [
        ("-p:ApiCompatGenerateSuppressionFile=true" in command, status)
        for command, status in zip(case["commands"], case["exit_statuses"], strict=True)
    ]
    assert packs == [(False, 0), (False, 1), (True, 0)]


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
