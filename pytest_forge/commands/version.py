"""Show the version of pytest-forge."""

import argparse

from pytest_forge import __version__

NAME = "version"
HELP = "show the version"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare no arguments."""


def main(arguments: argparse.Namespace) -> int:
    """Print name and version."""
    print(f"pytest-forge {__version__}")
    return 0
