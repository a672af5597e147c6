"""Which copy of a tool runs, and in which version.

The project's own environment comes first, then forge's, then the tool directory that belongs to
forge, then PATH.
"""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pytest_forge.errors import ToolMissing
from pytest_forge.execution.outputs import telling_line
from pytest_forge.execution.process import Captured, Processes, capture
from pytest_forge.execution.tool_directory import provisioned
from pytest_forge.projects import Project
from pytest_forge.toolchains.declarations import Package, Tool
from pytest_forge.versions import is_version, order

_PROBE_SECONDS = 120.0


@dataclass(frozen=True)
class Wanted:
    """Which versions of a tool the project accepts: from `at_least` on, or the pinned one.

    "" stands for any.
    """

    at_least: str = ""
    pin: str = ""


ANY = Wanted()
"""Every version is accepted."""


def wanted_by(project: Project, tool: Tool) -> Wanted:
    """Return which versions of `tool` the facts of `project` ask for."""
    return Wanted(
        project.text(tool.at_least) if tool.at_least else "",
        project.text(tool.pin) if tool.pin else "",
    )


@dataclass(frozen=True)
class Located:
    """A tool as it will run: the command's first elements, its version, and whose copy it is.

    `pinned` is the version that forge is tried with, "" where it names none.
    """

    argv: tuple[str, ...]
    version: str
    whose: str
    pinned: str = ""

    @property
    def differs(self) -> bool:
        """Tell whether the version is known, and another than the pinned one."""
        if not self.version or not self.pinned:
            return False
        own, pinned = self.version.removeprefix("v"), self.pinned.removeprefix("v")
        if is_version(own) and is_version(pinned):
            return order(own) != order(pinned)
        return own != pinned


def locate(
    tool: Tool,
    interpreter: str,
    processes: Processes,
    directory: Path | None = None,
    wanted: Wanted = ANY,
) -> Located:
    """Find `tool` and run its version probe.

    `interpreter` is that of the project's environment, "" where there is none. `directory` is the
    project's, for a tool that chooses its version by the place where it is started. A copy that
    does not answer its probe is not taken. Raises `ToolMissing` with the command that installs the
    tool, where none is there or the best one's version is not the `wanted` one.
    """
    said = ""
    for copy in _copies(tool, interpreter, directory):
        try:
            located = _asked(tool, copy, processes, directory)
        except _Silent as silent:
            said = str(silent)
            continue
        _demand(located, tool, wanted)
        return located
    why = f" ({said})" if said else ""
    asked = f", which the project pins to {wanted.pin}," if wanted.pin else ""
    raise ToolMissing(f"{tool.name}{asked} is not there{why}", _mend(tool))


def answers(tool: Tool, argv: tuple[str, ...], processes: Processes) -> str:
    """Return "" if this copy of a tool answers its version probe, else what it said instead."""
    try:
        _asked(tool, _Copy("", argv), processes, None)
    except _Silent as silent:
        return str(silent)
    return ""


def how_to_get(tool: Tool) -> str:
    """Return the commands that get a tool: forge's own first, where it can be had so."""
    return f"pytest-forge install, or: {tool.install}" if tool.packages else tool.install


class _Silent(Exception):
    """A copy that does not answer its version probe; the text is what it said instead."""


@dataclass(frozen=True)
class _Copy:
    """A copy that may be there: whose it is, its command, and the package that it comes from."""

    whose: str
    argv: tuple[str, ...]
    package: Package | None = None


def _asked(tool: Tool, copy: _Copy, processes: Processes, directory: Path | None) -> Located:
    try:
        done = _probe(tool, copy.argv, processes, directory)
    except OSError as error:
        raise _Silent(str(error)) from error
    if done.status != 0:
        said = telling_line((done.stderr + done.stdout).strip().splitlines())
        raise _Silent(said or f"its version probe exited with status {done.status}")
    found = re.search(tool.version_pattern, done.stdout + done.stderr)
    # What was installed by its pin has that version, also where the tool itself tells none.
    known = copy.package.version.removeprefix("v") if copy.package else ""
    pinned = tool.packages[0].version if tool.packages else ""
    return Located(copy.argv, found[1] if found else known, copy.whose, pinned)


def _probe(
    tool: Tool, argv: tuple[str, ...], processes: Processes, directory: Path | None
) -> Captured:
    """Ask a copy for its version; one that has answered is not asked again in the same place."""
    command = (*argv, *tool.version)
    place = directory if tool.in_project else None
    known = processes.answered.get((command, place))
    if known is not None:
        return known
    if place is not None:
        done = capture(command, place, _PROBE_SECONDS, processes=processes)
    else:
        # An empty directory: a module of the project must not stand in for the tool.
        with tempfile.TemporaryDirectory(prefix="forge-") as empty:
            done = capture(command, Path(empty), _PROBE_SECONDS, processes=processes)
    if done.status == 0:
        processes.answered[command, place] = done
    return done


def _demand(located: Located, tool: Tool, wanted: Wanted) -> None:
    """Refuse a version that the project does not accept; one that can't be read passes."""
    here, lowest = located.version, wanted.at_least
    asked = ""
    if is_version(here) and is_version(lowest) and order(here) < order(lowest):
        asked = f"asks for {tool.name} {lowest} or later"
    elif here and wanted.pin and not tool.fits(here, wanted.pin):
        asked = f"pins {tool.name} {wanted.pin}"
    if asked:
        raise ToolMissing(f"the project {asked}, here is {here}", _mend(tool))


def _copies(tool: Tool, interpreter: str, directory: Path | None) -> Iterator[_Copy]:
    """Yield the copies that may be there, best first."""
    yield from _local_copies(tool, directory)
    for whose, python in _environments(tool, interpreter):
        if tool.module:
            yield _Copy(whose, (python, "-m", tool.module))
        elif beside := shutil.which(tool.executable, path=str(Path(python).parent)):
            yield _Copy(whose, (beside,))
    if tool.scope != "project":
        for package, argv in provisioned(tool, os.environ):
            yield _Copy("the tool directory's", argv, package)
    if (
        tool.scope == "any"
        and tool.executable
        and (on_path := shutil.which(tool.executable, path=os.environ.get("PATH")))
    ):
        yield _Copy("PATH's", (on_path,))


def _local_copies(tool: Tool, directory: Path | None) -> Iterator[_Copy]:
    """Yield the copies that the project keeps, the nearest first."""
    if not tool.local or tool.scope == "forge" or directory is None:
        return
    for above in (directory, *directory.parents):
        if near := shutil.which(tool.executable, path=str(above / tool.local)):
            yield _Copy("the project's", (near,))


def _environments(tool: Tool, interpreter: str) -> Iterator[tuple[str, str]]:
    asked = tool.scope != "forge" and bool(interpreter)
    if asked:
        yield "the project's", interpreter
    # The same environment twice where forge is installed beside the project that it measures.
    if tool.scope != "project" and not (asked and sys.executable == interpreter):
        yield "forge's", sys.executable


def _mend(tool: Tool) -> str:
    return f"install it: {how_to_get(tool)}"
