"""The packages with their licenses: what is resolved, what ships, and what the nuspecs say."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pytest_forge.errors import NotPrepared, OutputUnreadable
from pytest_forge.formats import dotnet_packages, nuget_assets, nuspec
from pytest_forge.model import Component, Report
from pytest_forge.toolchains.csharp.project import placed
from pytest_forge.toolchains.declarations import Context

_RESTORE = "run `dotnet restore`"


def measure(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return the packages of all projects; what only tests and tools need does not ship.

    The library and its tests can resolve different versions, so each project is read. Raises
    `NotPrepared` where a restore has left no data, `OutputUnreadable` where a package's is missing.
    """
    (listed,) = inputs.values()
    project = context.project
    projects = sum(one.measure == dotnet_packages.PROJECT for one in listed.samples)
    if projects < len(project.words("projects")):
        raise OutputUnreadable(
            f"of {len(project.words('projects'))} projects {projects} have told their packages",
            "run `dotnet list package` by hand",
        )
    aside = (*project.words("test_projects"), *project.words("benchmark_projects"))
    shipping = [one for one in project.words("projects") if one not in aside]
    assets = [_assets(context, path) for path in placed(project, shipping)]
    ships = {(one.name, one.version) for read in assets for one in read.components if one.ships}
    folders = [
        Path(one.subject)
        for read in assets
        for one in read.samples
        if one.measure == nuget_assets.FOLDER
    ]
    return Report(
        components=tuple(
            replace(
                one,
                ships=(one.name, one.version) in ships,
                license=_license(one, folders or _usual_folders()),
            )
            for one in listed.components
        ),
        measures={"projects.listed": projects},
    )


def _assets(context: Context, project: str) -> Report:
    for path in _places(context, project):
        if path.is_file():
            return nuget_assets.parse(path.read_bytes())
    raise NotPrepared(f"{project} is not restored: it has no obj/project.assets.json", _RESTORE)


def _places(context: Context, project: str) -> Iterator[Path]:
    """Yield where a restore leaves its data: beside the project, or in `UseArtifactsOutput`'s."""
    name = posixpath.basename(project).removesuffix(".csproj")
    yield context.root / posixpath.dirname(project) / "obj" / "project.assets.json"
    for above in (context.root / project).parents:
        yield above / "artifacts" / "obj" / name / "project.assets.json"
        if above == context.root:
            return


def _usual_folders() -> list[Path]:
    return [Path.home() / ".nuget" / "packages"]


def _license(component: Component, folders: list[Path]) -> str:
    """Return what a package states; the folder's own names are in lower case."""
    name, version = component.name.lower(), component.version.lower()
    for folder in folders:
        path = folder / name / version / f"{name}.nuspec"
        if path.is_file():
            (read,) = nuspec.parse(path.read_bytes()).components
            return read.license
    raise OutputUnreadable(
        f"the nuspec of {component.name} {component.version} is not in the packages' folder",
        _RESTORE,
    )
