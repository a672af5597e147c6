"""At which of the project's files a tool has looked: one that passes over most measures nothing.

What a configuration leaves out is told in no exit status. A few files left out are noted.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from pytest_forge.errors import NothingMeasured
from pytest_forge.formats import eslint, tsc
from pytest_forge.model import Report
from pytest_forge.projects import Project
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.places import shipped_places
from pytest_forge.toolchains.typescript.sources import PLAIN, TYPED, is_declaration
from pytest_forge.toolchains.typescript.workspace import join

_INCLUDE = "name the others in its `include`; those in JavaScript need `allowJs`"
_LINT = "name the others in its configuration, and in the script that lints"
_FORMAT = "see what its configuration and its ignore files leave out"


def compiled(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return the compiler's report; tell which of the files that ship it did not look at.

    Raises `NothingMeasured` where these are more than half of what the configuration answers for:
    one that includes the tests alone finds no error in the sources.
    """
    (report,) = inputs.values()
    project, chosen = context.project, context.variant
    wanted = {join(project.directory, path) for path in _answered_for(project, chosen)}
    named = chosen or next(iter(project.words("tsconfigs")), "")
    looked = _paths(report, tsc.LOOKED_AT)
    left = wanted - looked
    mend = f"see {named}: {_INCLUDE}"
    # Of several configurations each is for a part: a launcher in JavaScript may be for none.
    demanded = {path for path in wanted if not chosen or PurePosixPath(path).suffix in TYPED}
    if not _has_a_neighbour(project, chosen):
        _demand_half(len(demanded & looked), len(demanded), "the compiler", mend)
    first = f": {min(left)}" if left else ""
    note = _note("the compiler", len(left), len(wanted), f" that ship{first}")
    return replace(report, samples=(), notes=(*report.notes, *note))


def linted(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return the findings; tell which sources eslint did not look at.

    Raises `NothingMeasured` where it looked at less than half of them, or of those of the main
    kind: a configuration for JavaScript alone passes over TypeScript without a word.
    """
    (report,) = inputs.values()
    looked = _paths(report, eslint.LINTED)
    sources = set(shipped_places(context))
    for kind in (TYPED, PLAIN):
        of_kind = {path for path in sources if PurePosixPath(path).suffix in kind}
        _demand_some(of_kind, looked, sources)
    _demand_half(len(sources & looked), len(sources), "the linter", _LINT)
    note = _note("the linter", len(sources - looked), len(sources), " that ship")
    return replace(report, samples=(), notes=(*report.notes, *note))


def formatted(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return the files that are not formatted; `NothingMeasured` where most are passed over."""
    (report,) = inputs.values()
    return counted(report, len(context.project.words("code")), "the formatter", _FORMAT)


def counted(report: Report, given: int, who: str, mend: str) -> Report:
    """Return the report of a tool that was given so many files, with a note if it left some out.

    Raises `NothingMeasured` where these are more than half. That it looked at none at all is seen
    by its proof.
    """
    looked = int(report.value("files.checked") or 0)
    if looked:
        _demand_half(looked, given, who, mend)
    return replace(report, notes=(*report.notes, *_note(who, given - looked, given)))


def _paths(report: Report, measure: str) -> set[str]:
    return {one.path or "" for one in report.samples if one.measure == measure}


def _answered_for(project: Project, chosen: str) -> tuple[str, ...]:
    """Return the files that ship and are the chosen configuration's: no other one is nearer."""
    sources = (path for path in project.words("sources") if not is_declaration(path))
    homes = {PurePosixPath(one).parent for one in project.words("tsconfigs")}
    if not chosen:
        return tuple(sources)
    home = PurePosixPath(chosen).parent
    return tuple(path for path in sources if _nearest(PurePosixPath(path), homes) == home)


def _nearest(path: PurePosixPath, homes: Collection[PurePosixPath]) -> PurePosixPath | None:
    return next((above for above in path.parents if above in homes), None)


def _has_a_neighbour(project: Project, chosen: str) -> bool:
    """Tell whether configurations share a directory: each may answer for a part of it."""
    home = PurePosixPath(chosen).parent
    homes = [PurePosixPath(one).parent for one in project.words("tsconfigs")]
    return bool(chosen) and homes.count(home) > 1


def _demand_some(of_kind: set[str], looked: set[str], sources: set[str]) -> None:
    """Refuse a linter that looked at none of the files of the main kind, and say what to do."""
    if of_kind & looked or 2 * len(of_kind) <= len(sources):
        return
    first = min(of_kind)
    raise NothingMeasured(
        f"the linter looked at none of {len(of_kind)} files like {first}",
        f'name them in its configuration: files: ["**/*{PurePosixPath(first).suffix}"]',
    )


def _demand_half(looked: int, given: int, who: str, mend: str) -> None:
    if 2 * looked < given:
        raise NothingMeasured(f"{who} looked at {looked} of {given} files", mend)


def _note(who: str, left: int, given: int, which: str = "") -> tuple[str, ...]:
    return (f"{who} did not look at {left} of {given} files{which}",) if left > 0 else ()
