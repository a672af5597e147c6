"""Commands and suites of benchmarks that a user declares: timed, and compared with a base."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

from pytest_forge import probes
from pytest_forge.formats import measured
from pytest_forge.measuring.planning import planned
from pytest_forge.measuring.wanted import Wanted, of_command, of_counted, of_suite
from pytest_forge.projects import Project
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import (
    Check,
    Context,
    Hold,
    Output,
    Run,
    Step,
    Tool,
    TreeVariables,
)
from pytest_forge.toolchains.performance.belonging import belongs

_PROBE = str(Path(probes.__file__).parent / "measure.py")
_HOUR = 3600.0

VALGRIND = Tool(
    name="valgrind",
    install="apt install valgrind",
    executable="valgrind",
)
# With addresses that are drawn at random a count varies by as much as it may grow.
SETARCH = Tool(
    name="setarch",
    install="apt install util-linux",
    executable="setarch",
)
_COUNTER = ("{tool:setarch}", "-R", "{tool:valgrind}")


def declared_commands(project: Project, settings: ProjectSettings) -> tuple[str, ...]:
    """Return the names of the commands that are declared of the project."""
    found = settings.performance.commands
    return tuple(one.name for one in found if belongs(project, one.manifest))


def declared_suites(project: Project, settings: ProjectSettings) -> tuple[str, ...]:
    """Return the names of the suites that are declared of the project."""
    found = settings.performance.suites
    return tuple(one.name for one in found if belongs(project, one.manifest))


def declared_counted(project: Project, settings: ProjectSettings) -> tuple[str, ...]:
    """Return the names of the counted commands that are declared of the project."""
    found = settings.performance.counted
    return tuple(one.name for one in found if belongs(project, one.manifest))


def _counted(context: Context) -> Wanted:
    found = context.settings.performance.counted
    return of_counted(next(one for one in found if one.name == context.variant))


def _command(context: Context) -> Wanted:
    found = context.settings.performance.commands
    return of_command(next(one for one in found if one.name == context.variant))


def _suite(context: Context) -> Wanted:
    found = context.settings.performance.suites
    return of_suite(next(one for one in found if one.name == context.variant))


def timed(variables: TreeVariables, lockfiles: tuple[str, ...]) -> tuple[tuple[Run, Check], ...]:
    """Return runs and checks; `variables` let a command see the code of another tree.

    `lockfiles` are the names of the files that lock the dependencies.
    """

    @contextmanager
    def planned_command(context: Context) -> Iterator[Mapping[str, str]]:
        with planned(context, _command(context), variables, lockfiles) as slots:
            yield slots

    @contextmanager
    def planned_suite(context: Context) -> Iterator[Mapping[str, str]]:
        with planned(context, _suite(context), variables, lockfiles) as slots:
            yield slots

    @contextmanager
    def planned_counted(context: Context) -> Iterator[Mapping[str, str]]:
        with planned(context, _counted(context), variables, lockfiles) as slots:
            yield slots

    counting = replace(_run("instructions", planned_counted, *_COUNTER), needs=(VALGRIND, SETARCH))
    return (
        (_run("commands", planned_command), _check("commands", declared_commands)),
        (_run("benchmarks", planned_suite), _check("benchmarks", declared_suites)),
        (counting, _check("instructions", declared_counted)),
    )


def _run(
    name: str,
    around: Callable[[Context], AbstractContextManager[Mapping[str, str]]],
    *arguments: str,
) -> Run:
    return Run(
        name=name,
        needs=(),
        steps=(Step(("{forge-python}", "-I", _PROBE, "{plan}", *arguments)),),
        outputs=(Output("measured", "stdout", measured.parse),),
        around=(around,),
        prepared=True,
        holds=(Hold("machine", scope="machine"),),
        timeout=_HOUR,
    )


def _check(name: str, declared: Callable[[Project, ProjectSettings], tuple[str, ...]]) -> Check:
    return Check(
        name=name,
        gate="breaking-changes",
        run=name,
        proof="benchmarks",
        nothing=f"nothing was timed: see it in [tool.pytest-forge.performance.{name}]",
        counts=("performance.regressions", "budgets.exceeded"),
        variants=declared,
        asked_for=True,
    )
