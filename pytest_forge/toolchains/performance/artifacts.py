"""Artifacts that a user declares: built by the user's command, then looked for and weighed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pytest_forge import probes
from pytest_forge.formats import artifacts
from pytest_forge.measured import Artifact
from pytest_forge.projects import Project
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Check, Context, Output, Run, Step
from pytest_forge.toolchains.performance.belonging import belongs

_PROBE = str(Path(probes.__file__).parent / "artifacts.py")


@contextmanager
def output_directory(context: Context) -> Iterator[Mapping[str, str]]:
    """Make the empty directory for the slot `output`."""
    output = context.scratch / "output"
    output.mkdir()
    yield {"output": str(output)}


def declared(project: Project, settings: ProjectSettings) -> tuple[str, ...]:
    """Return the names of the artifacts that are declared of the project."""
    found = settings.performance.artifacts
    return tuple(one.name for one in found if belongs(project, one.manifest))


def _wanted(context: Context) -> Artifact:
    found = context.settings.performance.artifacts
    return next(one for one in found if one.name == context.variant)


def _build(context: Context) -> tuple[str, ...]:
    return _wanted(context).command


def _listing(context: Context) -> tuple[str, ...]:
    path = _wanted(context).path
    glob = path.removeprefix("{output}/")
    place = "{directory}" if glob == path else "{output}"
    return ("{forge-python}", "-I", _PROBE, context.variant, place, glob)


# That the command has ended well says that what it builds is up to date, however old the file.
ARTIFACTS = Run(
    name="artifacts",
    needs=(),
    steps=(Step(_build, stdout="build-stdout", stderr="build-stderr"), Step(_listing)),
    outputs=(Output("artifacts", "stdout", artifacts.parse),),
    around=(output_directory,),
    prepared=True,
    timeout=1200.0,
)
CHECK = Check(
    name="artifacts",
    gate="compilation",
    run="artifacts",
    proof="artifacts",
    nothing=(
        "the command has ended well and the declared artifact is not there: see `command` and "
        "`path` of it in [tool.pytest-forge.performance.artifacts]"
    ),
    supplies=("artifact.size",),
    variants=declared,
    asked_for=True,
)
