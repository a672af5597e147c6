"""Every recorded case of the .NET SDK, through the whole engine: what forge makes of it.

A stand-in for `dotnet` answers each command from the recordings. All checks but those that a case
names must pass: the other commands are answered as over the clean specimen.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from replayed.recordings import RECORDINGS
from replayed.replay import Replay, replay

BUILD, TYPES = "compilation::dotnet-build", "types::nullable"
UNIT, INTEGRATION = "unit-tests::dotnet-test", "integration-tests::dotnet-test"
FORMAT, LINT, COMPLEX = "quality::dotnet-format", "quality::analyzers", "quality::code-metrics"
SAST, AUDIT = "security::security-analyzers", "security::dotnet-audit"
API = "breaking-changes::package-validation[Pager.Sdk]"
LICENSES = "licenses::licenses"
COMPILED = (BUILD, TYPES, LINT, COMPLEX, SAST)
RESTORED = (*COMPILED, UNIT, INTEGRATION, FORMAT, AUDIT, LICENSES, API)


@dataclass(frozen=True)
class Expected:
    """What a case must give: outcome, error and reason of each check that does not pass."""

    kinds: tuple[str, ...]
    bad: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)


def failed(reason: str) -> tuple[str, str, str]:
    return "failed", "", reason


def error(name: str, reason: str) -> tuple[str, str, str]:
    return "error", name, reason


def all_of(checks: tuple[str, ...], said: tuple[str, str, str]) -> dict[str, tuple[str, str, str]]:
    return dict.fromkeys(checks, said)


_NOT_ANALYSED = all_of(
    (TYPES, LINT, COMPLEX, SAST), error("nothing-measured", "the code does not compile")
)
CASES: dict[str, Expected] = {
    "dotnet-build/clean": Expected(("build",)),
    "dotnet-build/warning": Expected(("build",), {BUILD: failed("CS0219.*Extra.cs:10")}),
    "dotnet-build/warnaserror": Expected(("build",), {BUILD: failed("CS0219.*Extra.cs:10")}),
    "dotnet-build/suppressed": Expected(("build",)),
    "dotnet-build/nullable": Expected(("build",), {TYPES: failed("CS8602|CS8618")}),
    "dotnet-build/type-error": Expected(
        ("build",), {BUILD: failed("CS0029.*Extra.cs:7"), **_NOT_ANALYSED}
    ),
    "dotnet-build/syntax-error": Expected(
        ("build",),
        {BUILD: failed("CS1026.*Extra.cs:6"), **_NOT_ANALYSED},
    ),
    "dotnet-build/incremental-lie": Expected(
        ("build",),
        all_of(COMPILED, error("output-unreadable", "of 3 compilations 0 left a log")),
    ),
    "dotnet-build/security-analyzers": Expected(
        ("build",), {SAST: failed("CA5351.*Extra.cs:11.*MD5")}
    ),
    # The logs of the test projects, with what is printed of them, were not kept.
    "dotnet-build/all-analyzers": Expected(
        ("build",), all_of(COMPILED, error("output-unreadable", "CA1707.*stands in no log"))
    ),
    "dotnet-build/complexity": Expected(("build",), {COMPLEX: failed("Name.*12|12.*Name")}),
    "dotnet-build/multi-target": Expected(("build",)),
    "dotnet-build/not-restored": Expected(
        ("build",), all_of(COMPILED, error("not-prepared", "NETSDK1004.*dotnet restore"))
    ),
    "dotnet-build/no-project": Expected(
        ("build",),
        {BUILD: failed("MSB1003"), **_NOT_ANALYSED},
    ),
    "dotnet-build/package-missing": Expected(
        ("restore",), all_of(RESTORED, error("not-prepared", "NU1101.*Pager.No.Such.Package"))
    ),
    "dotnet-build/sdk-missing": Expected(
        ("build",), all_of(RESTORED, error("tool-missing", "dotnet.*8.0.100.*10.0.401"))
    ),
    "dotnet-projects/clean": Expected(("msbuild",)),
    "dotnet-test/clean": Expected(("test",)),
    "dotnet-test/unit-only": Expected(("test",)),
    "dotnet-test/names": Expected(("test",)),
    "dotnet-test/failing": Expected(("test",), {UNIT: failed("Wrong|Throws")}),
    "dotnet-test/uncovered": Expected(("test",), {UNIT: failed("coverage")}),
    "dotnet-test/none": Expected(("test",), {UNIT: error("nothing-measured", "0 tests")}),
    "dotnet-test/all-skipped": Expected(("test",), {UNIT: error("nothing-measured", "0 tests")}),
    "dotnet-test/filter-misses": Expected(
        ("test",), {UNIT: error("nothing-measured|output-unreadable", "0 tests|coverage")}
    ),
    "dotnet-test/no-collector": Expected(
        ("test",), {UNIT: error("tool-missing", "coverlet.collector.*dotnet add")}
    ),
    "dotnet-test/hang": Expected(
        ("test",), {UNIT: error("tool-crashed", "Test host process crashed.*blame-hang")}
    ),
    "dotnet-test/crash": Expected(
        ("test",), {UNIT: error("tool-crashed", "Test host process crashed")}
    ),
    "dotnet-test/does-not-compile": Expected(
        ("test",), {UNIT: error("output-unreadable|tool-crashed", "CS0103|tests output")}
    ),
    "dotnet-integration-tests/clean": Expected(("integration",)),
    "dotnet-format/clean": Expected(("format",)),
    "dotnet-format/findings": Expected(("format",), {FORMAT: failed("WHITESPACE.*Extra.cs")}),
    "dotnet-format/style-rules": Expected(("format",), {FORMAT: failed("IMPORTS|IDE0005")}),
    "dotnet-format/broken-project": Expected(
        ("format",),
        {
            FORMAT: error("output-unreadable", "left a project out"),
            # Its file says nothing of a package any more.
            API.replace(".Sdk", ""): error("no-reference", "declared Pager.Sdk"),
        },
    ),
    "dotnet-format/no-project": Expected(
        ("format",), {FORMAT: error("tool-crashed", "Could not find a MSBuild project|status 1")}
    ),
    "dotnet-packages/clean": Expected(("packages",)),
    "licenses/clean": Expected(("packages",)),
    "dotnet-audit/vulnerable": Expected(
        ("source", "vulnerable"), {AUDIT: failed("GHSA-5crp-9r3c-p9vr.*Newtonsoft.Json 12.0.3")}
    ),
    "dotnet-audit/no-audit-data": Expected(
        ("source", "vulnerable"), {AUDIT: error("no-reference", "no data on vulnerabilities")}
    ),
    "dotnet-audit/empty-audit-source": Expected(
        ("source", "vulnerable"), {AUDIT: error("no-reference", "did not provide any")}
    ),
    "dotnet-audit/audit-source-down": Expected(
        ("source", "vulnerable"),
        {AUDIT: error("no-reference", "Unable to load the service index")},
    ),
    "dotnet-audit/lock-out-of-step": Expected(
        ("restore",), all_of(RESTORED, error("not-prepared", "NU1004"))
    ),
    "package-validation/clean": Expected(("pack",)),
    "package-validation/addition": Expected(("pack",)),
    "package-validation/breaking": Expected(("pack",), {API: failed("2 breaks|get_HasNext")}),
    "package-validation/semaphore": Expected(
        ("pack",), {API: error("tool-crashed", "exited with status 1")}
    ),
    "package-validation/no-baseline": Expected(
        ("pack",), {API: error("tool-crashed", "exited with status 1")}
    ),
}
"""Each case by run and name, and the kinds of commands that it answers."""

ELSEWHERE = {
    "dotnet-format/csharpier": "a formatter that no check runs: its text is read by nobody",
    "pack/clean": "what a package holds: the nuspec is read in tests/formats",
    "dotnet-run/clean": "BenchmarkDotNet's report: read in tests/formats",
    "dotnet-run/none": "a run without a report: nothing that could be read",
}
"""The cases that no check's command answers, with the reason."""


def _name(directory: Path) -> str:
    return f"{directory.parent.name.rpartition('-')[0]}/{directory.name}"


def test_every_recorded_case_is_replayed() -> None:
    recorded = {_name(path.parent) for path in RECORDINGS.glob("*/*/case.json")}

    assert recorded == {*CASES, *ELSEWHERE}
    assert len(recorded) == 51


@pytest.mark.real
@pytest.mark.parametrize("case", CASES)
def test_replayed(case: str, tmp_path: Path) -> None:
    run, _, name = case.partition("/")
    expected = CASES[case]
    replayed = replay(tmp_path, dict.fromkeys(expected.kinds, f"{run}-10.0.401/{name}"))

    assert_said(replayed, expected.bad)


def assert_said(replayed: Replay, bad: Mapping[str, tuple[str, str, str]]) -> None:
    """Assert that exactly these checks don't pass, each as it must."""
    said = {name: replayed.said(name) for name in replayed.bad}
    assert set(said) == set(bad), said
    for name, (outcome, named, reason) in bad.items():
        assert said[name][0] == outcome, said[name]
        assert re.fullmatch(named, said[name][1]), said[name]
        assert re.search(reason, said[name][2]), said[name]
        assert len(said[name][2].splitlines()) == 1
