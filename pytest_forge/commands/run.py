"""Run the gates under pytest settings of forge's own.

All arguments are those of `pytest --forge`. It is for repositories whose pytest settings
(required_plugins, minversion, -p in addopts) can't be met where forge is installed.
"""

import argparse
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from pytest_forge.config import find_root

NAME = "run"
HELP = "run the gates, with pytest under settings of forge's own"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare that everything is pytest's."""
    parser.usage = "pytest-forge run [argument of pytest ...]"
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="as of `pytest --forge`")


def main(arguments: argparse.Namespace) -> int:
    """Start pytest with the arguments that follow the command."""
    return start(arguments.arguments)


def start(arguments: Sequence[str]) -> int:
    """Start pytest in this process and return its exit status."""
    root = find_root(Path.cwd()).directory
    with as_file(files("pytest_forge") / "run.ini") as settings:
        # By its name, so that forge is there where loading of plugins is switched off.
        own = ["-c", str(settings), f"--rootdir={root}", "-p", "forge", "--forge"]
        return int(pytest.main([*own, *arguments]))
