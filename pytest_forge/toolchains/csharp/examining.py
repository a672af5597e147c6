"""What proves that a run of C#'s column has looked at everything."""

from collections.abc import Mapping
from dataclasses import replace

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import (
    dotnet_format_log,
    dotnet_packages,
    msbuild_project,
    package_validation,
)
from pytest_forge.model import Report
from pytest_forge.releases.comparing import COMPARED
from pytest_forge.toolchains.declarations import Context

# In strict mode another version is a change, too.
_IDENTITY = "CP0003 "


def formatted(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return what `dotnet format` found; `OutputUnreadable` where it left out a project or file.

    It leaves out what it can't load, with exit status 0.
    """
    report, asked = inputs["dotnet-format"], inputs["dotnet-projects"]
    loaded = {one.subject for one in report.samples if one.measure == dotnet_format_log.PROJECT}
    missing = [name for name in context.project.words("names") if name not in loaded]
    files = {one.path for one in asked.samples if one.measure == msbuild_project.SOURCE}
    checked = report.measures.get("files.checked", 0)
    if missing:
        raise OutputUnreadable(
            f"dotnet format has not looked at {', '.join(missing)}",
            "run `dotnet format --verify-no-changes -v diag` by hand",
        )
    if checked < len(files):
        raise OutputUnreadable(
            f"dotnet format has looked at {checked:g} files, but {len(files)} are compiled",
            "run `dotnet format --verify-no-changes -v diag` by hand",
        )
    return replace(report, samples=())


def audited(report: Report) -> Report:
    """Return the vulnerable packages with how many projects were looked at."""
    projects = sum(one.measure == dotnet_packages.PROJECT for one in report.samples)
    return replace(report, samples=(), measures={**report.measures, "projects.audited": projects})


def validated(report: Report) -> Report:
    """Return what breaks, and how much was added: what only strict mode calls a change.

    A target that breaks is in both lists.
    """
    if COMPARED in report.unavailable:
        # Each output of a first release is the same report: its note counts once.
        return replace(report, notes=tuple(dict.fromkeys(report.notes)))
    broken = {f"{one.rule} {one.message.partition(': ')[0]}" for one in report.findings}
    strict = {one.subject for one in report.samples if one.measure == package_validation.CHANGED}
    added = {one for one in strict - broken if not one.startswith(_IDENTITY)}
    measures = {"api.additions": len(added), COMPARED: _compared(report)}
    return replace(report, samples=(), measures=measures)


def _compared(report: Report) -> float:
    return sum(one.measure == package_validation.VALIDATED for one in report.samples)
