"""Forge's tool directory: one for each user, apart from every project and every environment.

A tool lies in `<directory>/<tool's name>/<version>/bin`. `<version>` is a symbolic link that is
made when the installation is complete, so that whatever the link leads to can be taken.
"""

import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from pytest_forge.errors import ToolMissing
from pytest_forge.toolchains.declarations import Package, Tool

TOOLS_VARIABLE = "FORGE_TOOLS"
"""The environment variable that names another directory."""


def tool_directory(environment: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Return where forge's tools lie for this user; it need not exist.

    Linux: the XDG base directory specification (a relative XDG_DATA_HOME does not count). macOS:
    Apple's file system guide. Raises `ToolMissing` where the user has no home directory.
    """
    if given := environment.get(TOOLS_VARIABLE, ""):
        return Path(given).expanduser().absolute()
    data = Path(environment.get("XDG_DATA_HOME", ""))
    if platform == "darwin":
        data = _home() / "Library" / "Application Support"
    elif not data.is_absolute():
        data = _home() / ".local" / "share"
    return data / "pytest-forge" / "tools"


def place_of(tool: Tool, package: Package, directory: Path) -> Path:
    """Return where the tool lies once this package of it is installed."""
    return directory / tool.name / package.version


def command_in(tool: Tool, place: Path) -> tuple[str, ...]:
    """Return how the tool that is installed in `place` is started, () where it is not there."""
    executables = str(place / "bin")
    if tool.module:
        python = shutil.which("python", path=executables)
        return (python, "-m", tool.module) if python else ()
    found = shutil.which(tool.executable, path=executables)
    return (found,) if found else ()


def provisioned(
    tool: Tool, environment: Mapping[str, str]
) -> Iterator[tuple[Package, tuple[str, ...]]]:
    """Yield the pinned packages of the tool that are installed and how each is started."""
    if not tool.packages:
        return
    directory = tool_directory(environment)
    for package in tool.packages:
        if command := command_in(tool, place_of(tool, package, directory)):
            yield package, command


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        raise ToolMissing(
            "there is no home directory for forge's tools", f"name one by {TOOLS_VARIABLE}"
        ) from None
