"""Outputs of the .NET SDK that say something that no tool says: each is refused with a reason.

They are recorded ones with one thing changed in them.
"""

import re
from collections.abc import Callable

import pytest

from pytest_forge.errors import OutputUnreadable, ToolCrashed
from pytest_forge.formats import (
    cobertura,
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
from pytest_forge.model import Report

Recorded = Callable[[str, str, str], bytes]
Read = Callable[[bytes], Report]

LOG = ("dotnet-build", "warning", "compilations")
COMPLEX = ("dotnet-build", "complexity", "compilations")
TESTS = ("dotnet-test", "clean", "tests")
COVERAGE = ("dotnet-test", "clean", "coverage")
PROJECT = ("dotnet-projects", "clean", "projects")
PACKAGES = ("dotnet-packages", "clean", "packages")
ASSETS = ("licenses", "clean", "assets")
NUSPEC = ("licenses", "clean", "nuspec")
BREAKS = ("package-validation", "breaking", "breaking")

CHANGED: list[tuple[Read, tuple[str, str, str], str, str, str]] = [
    (roslyn.parse, LOG, r'"version":"2\.1\.0"', '"version":"1.0.0"', "not 2.1.0"),
    (roslyn.parse, LOG, r'"runs":\[(.*)\]\}\s*$', r'"runs":[\1,\1]}', "2 compilations"),
    (roslyn.parse, LOG, '"level":"warning"', '"level":"perhaps"', "level 'perhaps'"),
    (roslyn.parse, LOG, '"executionSuccessful":true', '"executionSuccessful":false', "succeed"),
    (roslyn.parse, COMPLEX, "cyclomatic complexity of", "difficulty of", "CA1502 says"),
    (trx.parse, TESTS, 'outcome="Passed"', 'outcome="Odd"', "outcome 'Odd'"),
    (trx.parse, TESTS, 'duration="[^"]*"', 'duration="soon"', "duration is 'soon'"),
    (trx.parse, TESTS, 'total="8"', 'total="many"', "total"),
    (trx.parse, TESTS, '<ResultSummary outcome="[^"]*"', "<ResultSummary", "outcome"),
    (cobertura.parse, COVERAGE, "(<source>.*</source>)", r"\1\1", "2 places"),
    (cobertura.parse, COVERAGE, 'lines-valid="36"', 'lines-valid="3"', "announces 3 lines"),
    (cobertura.parse, COVERAGE, 'condition-coverage="[^"]*"', 'condition-coverage="?"', "how many"),
    (msbuild_project.parse, PROJECT, r'"net10\.0"', '""', "no target framework"),
    (msbuild_project.parse, PROJECT, '("IsTestProject": )"[^"]*"', r'\1"maybe"', "is 'maybe'"),
    (dotnet_packages.parse, PACKAGES, '"version": 1,', '"version": 9,', "version is not 1"),
    (dotnet_packages.parse, PACKAGES, r'(?s)"projects": \[.*\]', '"projects": []', "no project"),
    (nuget_assets.parse, ASSETS, '"version": [34],', '"version": 9,', "neither 3 nor 4"),
    (nuspec.parse, NUSPEC, "<id>.*</id>", "<id />", "no package"),
    (nuspec.parse, NUSPEC, 'type="expression"', 'type="mood"', "type 'mood'"),
    (package_validation.parse, BREAKS, "<Target>.*</Target>", "<Target />", "names no change"),
]


@pytest.mark.parametrize(("read", "recording", "old", "new", "why"), CHANGED)
def test_what_no_tool_says_is_refused(
    recorded: Recorded, read: Read, recording: tuple[str, str, str], old: str, new: str, why: str
) -> None:
    text = recorded(*recording).decode("utf-8-sig")
    changed = re.sub(old, new, text)
    assert changed != text
    read(text.encode())

    with pytest.raises(OutputUnreadable, match=re.escape(why)):
        read(changed.encode())


@pytest.mark.parametrize(
    "read",
    [
        dotnet_log.parse,
        dotnet_log.parse_test,
        dotnet_format_log.parse,
        nuget_audit.parse,
        package_validation.parse_log,
    ],
)
@pytest.mark.parametrize("text", ["", "Everything is fine.\n"])
def test_a_text_that_names_nothing_is_refused(read: Read, text: str) -> None:
    with pytest.raises(OutputUnreadable):
        read(text.encode())


def test_a_level_that_is_not_stated_is_that_of_the_rule(recorded: Recorded) -> None:
    text = recorded(*LOG).decode("utf-8-sig")
    silent = text.replace('"ruleIndex":330,"level":"warning",', '"ruleIndex":330,', 1)
    assert silent != text

    assert [one.measure for one in roslyn.parse(silent.encode()).findings] == ["warnings"]


@pytest.mark.parametrize(
    ("url", "license"),
    [
        ("https://licenses.nuget.org/BSD-3-Clause", "BSD-3-Clause"),
        ("http://opensource.org/licenses/MIT", "MIT"),
        ("https://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
        ("https://kit.example/license", "https://kit.example/license"),
    ],
)
def test_an_address_that_stands_for_one_license(recorded: Recorded, url: str, license: str) -> None:
    text = recorded(*NUSPEC).decode("utf-8-sig")
    stated = re.sub(r"<license .*</license>", "", text)
    given = re.sub("<licenseUrl>.*</licenseUrl>", f"<licenseUrl>{url}</licenseUrl>", stated)
    (component,) = nuspec.parse(given.encode()).components

    assert component.license == license


def test_a_run_that_is_ended_without_a_word_says_so(recorded: Recorded) -> None:
    """Only a summary tells it: the tests that ran have all passed."""
    text = recorded(*TESTS).decode("utf-8-sig")
    ended = re.sub('<ResultSummary outcome="[^"]*"', '<ResultSummary outcome="Aborted"', text)

    with pytest.raises(ToolCrashed, match="does not say why"):
        trx.parse(ended.encode())
