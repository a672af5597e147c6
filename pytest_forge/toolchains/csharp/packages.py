"""The packages with their licenses: what is resolved, what ships, and what the nuspecs say."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pytest_forge.errors import NotPrepared, OutputUnreadable
from pytest_forge.formats import dotnet_packages, nuget_assets, nuspec
from pytest_forge.model import Component, Report
from pytest_forge.projects import Project
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.places import placed

_RESTORE = "run `dotnet restore`"


def measure(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return the packages of all projects; what only tests and tools need does not ship.

    The library and its tests can resolve different versions, so each project is read. Raises
    `NotPrepared` where a restore has left no data, `OutputUnreadable` where a package's is missing.
    """
    (listed,) = inputs.values()
    projects = _require_all(context.project, listed)
    assets = [_assets(context, path) for path in _shipping(context.project)]
    ships = {(one.name, one.version) for read in assets for one in read.components if one.ships}
    folders = _folders(assets) or _usual_folders()
    components = (
        replace(one, ships=(one.name, one.version) in ships, license=_license(one, folders))
        for one in listed.components
    )
    return Report(components=tuple(components), measures={"projects.listed": projects})


def _require_all(project: Project, listed: Report) -> int:
    """Return how many projects have told their packages: every one has to."""
    told = sum(one.measure == dotnet_packages.PROJECT for one in listed.samples)
    wanted = len(project.words("projects"))
    if told < wanted:
        raise OutputUnreadable(
            f"of {wanted} projects {told} have told their packages",
            "run `dotnet list package` by hand",
        )
    return told


def _shipping(project: Project) -> tuple[str, ...]:
    """Return the projects that are neither tests nor benchmarks, as paths below forge's root."""
    aside = (*project.words("test_projects"), *project.words("benchmark_projects"))
    return placed(project, [one for one in project.words("projects") if one not in aside])


def _folders(assets: list[Report]) -> list[Path]:
    """Return where the packages are unpacked."""
    told = (one for read in assets for one in read.samples)
    return [Path(one.subject) for one in told if one.measure == nuget_assets.FOLDER]


def _assets(context: Context, project: str) -> Report:
    for path in assets_places(context.root, project):
        if path.is_file():
            return nuget_assets.parse(path.read_bytes())
    raise NotPrepared(f"{project} is not restored: it has no obj/project.assets.json", _RESTORE)


def assets_places(root: Path, project: str) -> Iterator[Path]:
    """Yield where a restore leaves its data: beside the project, or in `UseArtifactsOutput`'s.

    `project` is a path below `root`, which is forge's.
    """
    name = posixpath.basename(project).removesuffix(".csproj")
    yield root / posixpath.dirname(project) / "obj" / "project.assets.json"
    for above in (root / project).parents:
        yield above / "artifacts" / "obj" / name / "project.assets.json"
        if above == root:
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
