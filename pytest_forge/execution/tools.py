"""Where a tool is: the project's own copy, then forge's, then PATH; and which version it is."""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pytest_forge.errors import ToolMissing
from pytest_forge.execution.process import Captured, Processes, capture
from pytest_forge.toolchains.declarations import Tool
from pytest_forge.versions import is_version, order

_PROBE_SECONDS = 120.0


@dataclass(frozen=True)
class Located:
    """A tool as it will run: the command's first elements, its version, and whose copy it is."""

    argv: tuple[str, ...]
    version: str
    whose: str


def locate(
    tool: Tool,
    interpreter: str,
    processes: Processes,
    directory: Path | None = None,
    at_least: str = "",
) -> Located:
    """Find `tool` and run its version probe.

    `interpreter` is that of the project's environment, "" where there is none. `directory` is the
    project's, for a tool that chooses its version by the place where it is started. `at_least` is
    the lowest version that the project accepts, "" for any. A copy that does not answer its probe
    is not taken. Raises `ToolMissing` with the command that installs the tool.
    """
    said = ""
    for whose, argv in _copies(tool, interpreter):
        try:
            done = _probe(tool, argv, processes, directory)
        except OSError as error:
            said = str(error)
            continue
        if done.status == 0:
            found = re.search(tool.version_pattern, done.stdout + done.stderr)
            located = Located(argv, found[1] if found else "", whose)
            _demand(located, tool, at_least)
            return located
        lines = (done.stderr + done.stdout).strip().splitlines()
        said = lines[-1] if lines else f"its version probe exited with status {done.status}"
    why = f" ({said})" if said else ""
    raise ToolMissing(f"{tool.name} is not there{why}", f"install it: {tool.install}")


def _probe(
    tool: Tool, argv: tuple[str, ...], processes: Processes, directory: Path | None
) -> Captured:
    if tool.in_project and directory is not None:
        return capture((*argv, *tool.version), directory, _PROBE_SECONDS, processes=processes)
    # An empty directory: a module of the project must not stand in for the tool.
    with tempfile.TemporaryDirectory(prefix="forge-") as empty:
        return capture((*argv, *tool.version), Path(empty), _PROBE_SECONDS, processes=processes)


def _demand(located: Located, tool: Tool, at_least: str) -> None:
    """Refuse a version below the one that the project asks for; one that can't be read passes."""
    comparable = is_version(located.version) and is_version(at_least)
    if comparable and order(located.version) < order(at_least):
        raise ToolMissing(
            f"the project asks for {tool.name} {at_least} or later, here is {located.version}",
            f"install it: {tool.install}",
        )


def _copies(tool: Tool, interpreter: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield whose copy it is and how it is started, best first."""
    for whose, python in _environments(tool, interpreter):
        if tool.module:
            yield whose, (python, "-m", tool.module)
        elif beside := shutil.which(tool.executable, path=str(Path(python).parent)):
            yield whose, (beside,)
    if (
        tool.scope == "any"
        and tool.executable
        and (on_path := shutil.which(tool.executable, path=os.environ.get("PATH")))
    ):
        yield "PATH's", (on_path,)


def _environments(tool: Tool, interpreter: str) -> Iterator[tuple[str, str]]:
    asked = tool.scope != "forge" and bool(interpreter)
    if asked:
        yield "the project's", interpreter
    # The same environment twice where forge is installed beside the project that it measures.
    if tool.scope != "project" and not (asked and sys.executable == interpreter):
        yield "forge's", sys.executable
