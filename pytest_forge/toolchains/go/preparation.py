"""How a Go project is prepared: its modules are fetched into the user's module cache.

`go mod download` adds missing sums to go.sum (and to go.work.sum), also where it is told to change
nothing; so it works on copies of these files, and a sum that is missing stays the project's fault.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.declarations import Context, Preparation, Step
from pytest_forge.toolchains.go.tools import GO
from pytest_forge.toolchains.go.workspace import own_workspace

_KEY_NAMES = frozenset({"go.mod", "go.sum", "go.work", "go.work.sum"})
_OFFLINE = {"GOPROXY": "off", "GOSUMDB": "off"}


@contextmanager
def copied(context: Context) -> Iterator[Mapping[str, str]]:
    """Copy the files that go would write to; yields `gowork` and `modfile`, the copied go.mod."""
    place = Path(context.slots["environment"])
    place.mkdir(parents=True, exist_ok=True)
    for name in ("go.mod", "go.sum"):
        source = context.directory / name
        if source.is_file():
            shutil.copyfile(source, place / name)
    with own_workspace(replace(context, scratch=place)) as slots:
        yield {**slots, "modfile": str(place / "go.mod")}


def steps(context: Context) -> tuple[Step, ...]:
    """Return the command that fetches the modules, none where no module is needed from afar."""
    if _needs_nothing(context.project):
        return ()
    return (Step(_download, environment={"GOWORK": "{gowork}"}),)


def key(project: Project, tree: Tree) -> tuple[str, ...]:
    """Return the files that name the modules."""
    directories = {str(PurePosixPath(project.manifest).parent)}
    directories |= {str(PurePosixPath(member).parent) for member in project.members}
    return tuple(
        path
        for path in tree.files
        if PurePosixPath(path).name in _KEY_NAMES and str(PurePosixPath(path).parent) in directories
    )


def _ready(context: Context) -> tuple[str, ...]:
    return ("{tool}", "version") if _needs_nothing(context.project) else _download(context)


def _download(context: Context) -> tuple[str, ...]:
    if PurePosixPath(context.project.manifest).name == "go.work":
        # go refuses -modfile in a workspace, where it writes to no go.mod and no go.sum.
        return ("{tool}", "mod", "download")
    return ("{tool}", "mod", "download", "-modfile={modfile}")


def _needs_nothing(project: Project) -> bool:
    return project.flag("vendored") or not project.flag("requires")


PREPARATION = Preparation(
    needs=(GO,),
    steps=steps,
    key=key,
    ready=Step(_ready, environment={"GOWORK": "{gowork}", **_OFFLINE}),
    around=(copied,),
)
