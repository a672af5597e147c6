"""The command `pytest-forge`: run, init, doctor, install, baseline, explain, version."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from pytest_forge.commands import baseline, doctor, explain, init, install, run, version
from pytest_forge.errors import ConfigurationError, ForgeError
from pytest_forge.reports.escape import one_line

COMMANDS = (run, init, doctor, install, baseline, explain, version)
"""The modules of the commands: each has a name, a line of help, its arguments and `main`."""

_INTERRUPTED, _INTERNAL, _USAGE = 2, 3, 4


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the command line in one line, as everything else is said."""

    def error(self, message: str) -> NoReturn:
        raise ConfigurationError(f"{message}; see `{self.prog} --help`")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line with all commands."""
    made = _Parser(prog="pytest-forge", description="Quality gates for every project.")
    commands = made.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        one = commands.add_parser(command.NAME, help=command.HELP, description=command.__doc__)
        command.add_arguments(one)
        one.set_defaults(main=command.main, passes_on=hasattr(command, "PASSES_ON"))
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 4 for bad usage or configuration.

    Whatever goes wrong is one line on standard error.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given)
    except ForgeError as error:
        return _say(str(error), _USAGE)
    except KeyboardInterrupt:
        return _say("interrupted", _INTERRUPTED)
    except BrokenPipeError:
        # The reader has gone (`| head`); the interpreter must not fail once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _INTERRUPTED
    except Exception as error:
        return _say(f"{type(error).__name__}: {error}; this is a bug, please report it", _INTERNAL)


def _run(arguments: Sequence[str]) -> int:
    if arguments[:1] == [run.NAME] and arguments[1:2] not in (["-h"], ["--help"]):
        # All that follows is pytest's, which argparse would take apart.
        return run.start(arguments[1:])
    own = parser()
    given, more = own.parse_known_args(arguments)
    if more and not given.passes_on:
        own.error(f"unrecognized arguments: {' '.join(more)}")
    given.more = more
    status: int = given.main(given)
    sys.stdout.flush()
    return status


def _say(message: str, status: int) -> int:
    print(f"pytest-forge: {one_line(message)}", file=sys.stderr)
    return status
