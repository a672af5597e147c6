"""What the runs of Maven and of Gradle share: the step that is a build, and what builds leave."""

from collections.abc import Mapping

from pytest_forge.toolchains.declarations import Argv, Format, Output, Step

SECONDS = 3600.0
"""How long the builds of a run may take together."""

# Both end with 1 for whatever fails: the log tells what.
_FAILED = frozenset({1})


def step(
    argv: Argv, log: str, directory: str = "", environment: Mapping[str, str] | None = None
) -> Step:
    """Return the step of a build that tells in `log` what it did, and why it failed."""
    return Step(
        argv,
        findings=_FAILED,
        environment=environment or {},
        stdout=log,
        stderr=f"{log}.err",
        directory=directory,
    )


def left(place: str, name: str, file: str, format_: Format) -> Output:
    """Return an output that each module may leave: its check's proof of work demands it."""
    return Output(name, f"{place}/{file}", format_, required=False)
