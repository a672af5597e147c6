"""Fetch the tools that this repository's checks need and that are not here.

Each comes at the version that forge is tried with, by its ecosystem's own installer, into forge's
tool directory: one for each user, apart from every project; FORGE_TOOLS names another. What is here
already is left as it is. What no installer brings is listed with the command that gets it. The exit
status is 1 where a tool is still missing, 4 where no project is found.
"""

import argparse
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic
from types import FrameType

from pytest_forge.commands.columns import WIDTH, table
from pytest_forge.commands.doctor import NO_PROJECT, NO_PROJECT_FOUND
from pytest_forge.commands.tools import NeededTool, needed_tools
from pytest_forge.commands.waiting import Waiting
from pytest_forge.errors import ConfigurationError, ToolMissing
from pytest_forge.execution.process import Processes
from pytest_forge.execution.tool_directory import tool_directory
from pytest_forge.projects import REPOSITORY
from pytest_forge.provisioning.installation import install
from pytest_forge.reports.escape import one_line
from pytest_forge.reports.progress import duration
from pytest_forge.running import entering
from pytest_forge.session import Session, load
from pytest_forge.toolchains.declarations import Package

NAME = "install"
HELP = "fetch the missing tools into forge's own tool directory"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the choice of paths and of a language."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="only for the projects that these paths mean, as `pytest --forge` takes them",
    )
    parser.add_argument(
        "--language", default="", metavar="L", help="only for the projects of this language"
    )


def main(arguments: argparse.Namespace) -> int:
    """Install what is missing, one tool after the other; 0 where nothing is missing then."""
    session = _chosen(arguments.paths)
    _demand_known(arguments.language, session)
    if not session.projects:
        print(NO_PROJECT_FOUND)
        return NO_PROJECT
    if arguments.language not in ("", *(one.language for one in session.projects)):
        print(f"No {arguments.language} project is here: no tool is needed for it.")
        return 0
    directory = tool_directory(os.environ)
    tools = needed_tools(session, os.environ, arguments.language)
    print(f"tool directory: {directory}", flush=True)
    for line in _there(tools):
        print(line)
    with _ended_like_an_interrupt():
        failed = [one.tool.name for one in _missing(tools) if not _install(one, directory)]
    if failed:
        print(f"\nmissing: {', '.join(dict.fromkeys(failed))}")
    return 1 if failed else 0


def _chosen(paths: Sequence[str]) -> Session:
    """Return the session with the projects that the paths mean, with all where there is none."""
    start = Path.cwd()
    session = load(start, os.environ, asked_for=entering.paths(paths, start))
    if not paths:
        return session
    meant = entering.resolve(paths, start, session)
    root = session.root.directory
    chosen = tuple(one for one in session.projects if str(root / one.manifest) in meant)
    return replace(session, discovery=replace(session.discovery, projects=chosen))


def _demand_known(language: str, session: Session) -> None:
    known = sorted({one.language for one in session.toolchains} - {REPOSITORY})
    if language and language not in known:
        raise ConfigurationError(f"--language {language}: no such language; {', '.join(known)} are")


def _there(tools: Sequence[NeededTool]) -> Iterator[str]:
    rows = [("there", one.tool.name, one.version, one.where) for one in tools if not one.missing]
    if rows:
        yield from table(("", "TOOL", "VERSION", "WHERE"), rows)


def _missing(tools: Sequence[NeededTool]) -> list[NeededTool]:
    """Return each missing tool once, those that can be installed first."""
    found = {one.tool: one for one in tools if one.missing}
    return sorted(found.values(), key=lambda one: not one.tool.packages)


def _install(needed: NeededTool, directory: Path) -> bool:
    """Install one tool, say in one line what came of it, and tell whether it is there."""
    tool, begun = needed.tool, monotonic()
    if not tool.packages:
        name = ", ".join(filter(None, (tool.name, needed.why)))
        print(one_line(f"not forge's to install: {name}: {needed.where}"))
        return False
    with Waiting(WIDTH) as waiting:

        def attempt(package: Package) -> None:
            waiting.begin(f"{tool.name} {package.version} from {package.installer}")

        try:
            package = install(tool, directory, Processes(), attempt)
        except ToolMissing as error:
            failed = error.message
        else:
            failed = ""
    if failed:
        print(one_line(f"failed: {tool.name}: {failed}"), flush=True)
        return False
    took = duration(monotonic() - begun)
    print(
        f"installed: {tool.name} {package.version} from {package.installer} in {took}", flush=True
    )
    return True


@contextmanager
def _ended_like_an_interrupt() -> Iterator[None]:
    """Let a request to end clear up as an interrupt does."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
