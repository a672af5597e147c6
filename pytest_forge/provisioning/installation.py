"""Installing one tool, so that it is there as a whole or not at all.

An environment of Python's can't be moved after it was made, so nothing is: each attempt has a
directory of its own below `<tool>/.<version>/`, and the last thing is to let the symbolic link
`<tool>/<version>` lead to it. What an attempt that was killed has left, also one whose installer
still runs, is never linked, and the next installation removes it.
"""

import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from pytest_forge.errors import ToolMissing
from pytest_forge.execution.process import Captured, Processes, capture
from pytest_forge.execution.tool_directory import command_in, place_of
from pytest_forge.execution.tools import answers
from pytest_forge.locks import lock
from pytest_forge.provisioning.installers import INSTALLERS, Installer, inherited
from pytest_forge.reports.escape import cut, plain
from pytest_forge.toolchains.declarations import Package, Tool

_SECONDS = 3600.0
_WIDTH = 300
_LOCK = "lock"
_ERROR = re.compile(r"(?:npm )?error\b", re.IGNORECASE)


def install(
    tool: Tool,
    directory: Path,
    processes: Processes,
    attempt: Callable[[Package], None] = lambda package: None,
) -> Package:
    """Install the first package of `tool` that can be had into the tool directory `directory`.

    `attempt` is called before each attempt. Raises `ToolMissing` with what every installer said.
    """
    failures = []
    for package in tool.packages:
        installer = INSTALLERS[package.installer]
        if not installer.is_there():
            failures.append(f"{package.installer}: {installer.program} is not on PATH")
            continue
        attempt(package)
        try:
            _install(tool, package, installer, directory, processes)
            return package
        except (_Failed, OSError) as error:
            failures.append(f"{package.installer}: {error}")
    raise ToolMissing("; ".join(failures), f"install it: {tool.install}")


class _Failed(Exception):
    """An installer failed; the text is what it said."""


def _install(
    tool: Tool, package: Package, installer: Installer, directory: Path, processes: Processes
) -> None:
    link = place_of(tool, package, directory)
    builds = link.parent / f".{link.name}"
    with lock(builds / _LOCK):
        # Somebody else's installation may just have ended.
        if link.is_dir() and not _objection(tool, link, processes):
            return
        _sweep(builds, link)
        place = builds / secrets.token_hex(4)
        try:
            place.mkdir()
            _execute(package, installer, place, processes)
            if objection := _objection(tool, place, processes):
                raise _Failed(objection)
            _publish(place, link)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        _sweep(builds, link)


def _execute(package: Package, installer: Installer, place: Path, processes: Processes) -> None:
    added = {name: text.format(place=place) for name, text in installer.environment.items()}
    for command in installer.commands(package, place):
        # Outside of every project, so that no project's settings hold for it.
        with tempfile.TemporaryDirectory(prefix="forge-") as empty:
            done = capture(command, Path(empty), _SECONDS, added, processes, inherited(os.environ))
        if done.status != 0:
            raise _Failed(_last_words(done))
    for name in installer.leaves:
        shutil.rmtree(place / name, ignore_errors=True)


def _objection(tool: Tool, place: Path, processes: Processes) -> str:
    """Return "" if the tool in `place` answers its version probe, else what is wrong."""
    command = command_in(tool, place)
    if not command:
        return f"it was installed, but holds no {tool.executable or tool.module}"
    said = answers(tool, command, processes)
    return f"it was installed, but does not answer: {said}" if said else ""


def _publish(place: Path, link: Path) -> None:
    """Let `link` lead to `place`, in one step and by a relative path."""
    prepared = place.with_name(f"{place.name}.link")
    prepared.symlink_to(place.relative_to(link.parent))
    os.replace(prepared, link)


def _sweep(builds: Path, link: Path) -> None:
    """Remove everything that the link does not lead to; the caller holds the lock."""
    kept = {_LOCK}
    with suppress(OSError):
        kept.add(Path(os.readlink(link)).name)
    for path in builds.iterdir():
        if path.name in kept:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _last_words(done: Captured) -> str:
    """Return an installer's error in one line: from its first error on, else its last lines."""
    lines = _lines(done.stderr) or _lines(done.stdout)
    first = next((number for number, line in enumerate(lines) if _ERROR.match(line)), None)
    chosen = lines[-2:] if first is None else lines[first : first + 2]
    words = " / ".join(chosen) or "it said nothing"
    return cut(f"{words} (status {done.status})", _WIDTH)


def _lines(text: str) -> list[str]:
    lines: Iterable[str] = (" ".join(line.split()) for line in plain(text).splitlines())
    return [line for line in lines if line and line != "Caused by:"]
