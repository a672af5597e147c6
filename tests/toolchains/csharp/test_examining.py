"""What proves that formatting, packages and the API were looked at."""

from collections.abc import Callable

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import (
    dotnet_format_log,
    dotnet_packages,
    msbuild_project,
    package_validation,
)
from pytest_forge.model import Finding, Report, Sample
from pytest_forge.releases.comparing import COMPARED
from pytest_forge.toolchains.csharp.examining import audited, formatted, validated
from pytest_forge.toolchains.declarations import Context

ContextOf = Callable[..., Context]


def loaded(*names: str, files: int) -> Report:
    return Report(
        samples=tuple(Sample(dotnet_format_log.PROJECT, 1, name) for name in names),
        measures={"files.checked": files},
    )


def compiled(*paths: str) -> Report:
    return Report(samples=tuple(Sample(msbuild_project.SOURCE, 1, "", path) for path in paths))


def looked(context: Context, report: Report, projects: Report) -> Report:
    return formatted(context, {"dotnet-format": report, "dotnet-projects": projects})


def test_every_project_and_file_was_looked_at(context_of: ContextOf) -> None:
    context = context_of(names=("Kit", "Kit.Tests"))
    report = looked(context, loaded("Kit", "Kit.Tests", files=3), compiled("a.cs", "b.cs", "a.cs"))

    assert (report.measures, report.samples) == ({"files.checked": 3}, ())


def test_a_project_that_was_left_out_is_named(context_of: ContextOf) -> None:
    with pytest.raises(OutputUnreadable, match=r"has not looked at Kit\.Tests"):
        looked(context_of(names=("Kit", "Kit.Tests")), loaded("Kit", files=9), compiled("a.cs"))


def test_fewer_files_than_are_compiled_are_too_few(context_of: ContextOf) -> None:
    with pytest.raises(OutputUnreadable, match="1 files, but 2 are compiled"):
        looked(context_of(names=("Kit",)), loaded("Kit", files=1), compiled("a.cs", "b.cs"))


def test_the_audit_counts_projects() -> None:
    report = Report(samples=(Sample(dotnet_packages.PROJECT, 1, ""),) * 2)

    assert audited(report).measures["projects.audited"] == 2


def change(rule_and_target: str) -> Sample:
    return Sample(package_validation.CHANGED, 1, rule_and_target)


GONE = Finding(measure="api.breaking", rule="CP0002", message="M:Kit.Old: a member is gone")
MADE = Sample(package_validation.VALIDATED, 1, "Kit.1.1.0.nupkg")


def test_what_strict_mode_alone_names_was_added() -> None:
    """A break is in both lists; that the assembly has another version is neither."""
    strict = (
        change("CP0002 M:Kit.Old"),
        change("CP0002 M:Kit.New"),
        change("CP0003 Kit, Version=1.0.0.0"),
    )
    report = validated(Report(findings=(GONE,), samples=(MADE, *strict)))

    assert report.measures == {"api.additions": 1, COMPARED: 1}
    assert report.findings == (GONE,)


def test_without_a_package_nothing_was_compared() -> None:
    """The semaphore: what has succeeded once is not packed, and not validated, again."""
    assert validated(Report()).measures[COMPARED] == 0


def test_a_first_release_says_so_once() -> None:
    report = Report(unavailable={COMPARED: "first release"}, notes=("first release",) * 3)

    assert validated(report).notes == ("first release",)
