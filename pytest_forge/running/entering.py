"""How forge enters pytest: the project's own settings must not steer or break the outer run."""

import copy
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from pytest_forge.config import find_root
from pytest_forge.errors import ConfigurationError
from pytest_forge.execution.execute import INSIDE
from pytest_forge.projects import Project
from pytest_forge.repository import project_at
from pytest_forge.session import Session


def isolate(early_config: pytest.Config, parser: pytest.Parser, args: list[str]) -> None:
    """Take the ini file's addopts out of `args`, and load no conftest.

    Both are meant for the project's tests, which forge runs in a process of their own.
    """
    try:
        root = find_root(early_config.invocation_params.dir).directory
    except ConfigurationError as error:
        raise pytest.UsageError(str(error)) from None
    if os.environ.get(INSIDE) == str(root):
        raise pytest.UsageError(
            "this pytest was started by a forge run on the same root; "
            "take --forge out of the project's addopts"
        )
    # There are no benchmarks here, but pytest-benchmark would leave its directory in the tree.
    early_config.pluginmanager.set_blocked("benchmark")
    addopts = list(early_config.getini("addopts"))
    if addopts and args[: len(addopts)] == addopts:
        del args[: len(addopts)]
    args[:0] = [
        "--forge",
        "--noconftest",
        f"--confcutdir={root}",
        # A project whose settings make warnings errors means its own tests' warnings.
        "-Wdefault::pytest.PytestWarning",
        # Options of plugins that only the project's own environment has.
        "-Wignore:Unknown config option:pytest.PytestConfigWarning",
    ]
    early_config.known_args_namespace = parser.parse_known_args(
        args, namespace=copy.copy(early_config.option)
    )
    for path in early_config.getini("pythonpath"):
        # The project's modules must not stand in for those of forge and its tools.
        while str(path) in sys.path:
            sys.path.remove(str(path))


def arguments(config: pytest.Config) -> list[str]:
    """Return pytest's path arguments; the invocation directory where they come from testpaths."""
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        return [str(config.invocation_params.dir)]
    return list(config.args)


def paths(arguments: Iterable[str], start: Path) -> list[str]:
    """Return the absolute paths of the arguments, without their `::` parts."""
    return [str(_path(argument, start)) for argument in arguments]


def resolve(arguments: Iterable[str], start: Path, session: Session) -> list[str]:
    """Return what pytest is to collect: `manifest` or `manifest::gate[::check]`, absolute.

    A path inside a project means the project, a directory all projects below it. Raises
    `ConfigurationError` where an argument means no project.
    """
    resolved: list[str] = []
    for argument in arguments:
        _, separator, names = argument.partition("::")
        path = _path(argument, start)
        manifests = [project.manifest for project in _meant(path, session)]
        if not manifests:
            raise ConfigurationError(f"{argument}: {_why_none(path, session)}")
        for manifest in dict.fromkeys(manifests):
            resolved.append(f"{session.root.directory / manifest}{separator}{names}")
    return list(dict.fromkeys(resolved))


def _meant(path: Path, session: Session) -> Sequence[Project]:
    root = session.root.directory
    if not path.exists():
        return ()
    try:
        relative = path.relative_to(root).as_posix()
    except ValueError:
        return ()
    exact = [one for one in session.subjects if one.manifest == relative]
    if exact:
        return exact
    below = project_at(relative, session.projects)
    own = [one for one in session.subjects if one not in session.projects and relative == "."]
    return [*own, *below]


def _why_none(path: Path, session: Session) -> str:
    root = session.root.directory
    if not path.exists():
        return "no such file or directory"
    for passed_over in session.discovery.passed_over:
        if root / passed_over.manifest == path:
            return f"passed over: {passed_over.why}"
    return "no project found there; `pytest-forge doctor` lists what was found and passed over"


def _path(argument: str, start: Path) -> Path:
    return Path(os.path.normpath(start / argument.partition("::")[0]))
