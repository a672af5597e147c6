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
from pytest_forge.execution.process import Processes, capture
from pytest_forge.toolchains.declarations import Tool

_PROBE_SECONDS = 120.0


@dataclass(frozen=True)
class Located:
    """A tool as it will run: the command's first elements, its version, and whose copy it is."""

    argv: tuple[str, ...]
    version: str
    whose: str


def locate(tool: Tool, interpreter: str, processes: Processes) -> Located:
    """Find `tool` and run its version probe.

    `interpreter` is that of the project's environment, "" where there is none. A copy that does not
    answer its probe is not taken. Raises `ToolMissing` with the command that installs the tool.
    """
    said = ""
    for whose, argv in _copies(tool, interpreter):
        try:
            # An empty directory: a module of the project must not stand in for the tool.
            with tempfile.TemporaryDirectory(prefix="forge-") as empty:
                done = capture(
                    (*argv, *tool.version), Path(empty), _PROBE_SECONDS, processes=processes
                )
        except OSError as error:
            said = str(error)
            continue
        if done.status == 0:
            found = re.search(tool.version_pattern, done.stdout + done.stderr)
            return Located(argv, found[1] if found else "", whose)
        lines = (done.stderr + done.stdout).strip().splitlines()
        said = lines[-1] if lines else f"its version probe exited with status {done.status}"
    why = f" ({said})" if said else ""
    raise ToolMissing(f"{tool.name} is not there{why}", f"install it: {tool.install}")


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
