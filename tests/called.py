"""Programs and pytest itself, called in this process: as fast as a function, and measured."""

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

from pytest_forge.execution.process import Captured

_KEPT_OUT = ("PYTEST_", "COV_CORE_", "FORGE_")


def program(main: Callable[[], object], directory: Path, *arguments: str) -> Captured:
    """Call a program's `main` as the interpreter would, and return what it has said."""
    with chdir(directory), patch.object(sys, "argv", ["program", *arguments]):
        return function(main)


def function(call: Callable[[], object]) -> Captured:
    """Call a function that may end the process; its status is what it returns or exits with."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = call()
        except SystemExit as ending:
            status = ending.code
    if isinstance(status, str):
        err.write(f"{status}\n")
        status = 1
    return Captured(int(status) if isinstance(status, int) else 0, out.getvalue(), err.getvalue())


@contextmanager
def as_a_new_process(directory: Path) -> Iterator[None]:
    """Work in a directory; whatever is changed of this process is put back in the end."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_KEPT_OUT)}
    termination = signal.getsignal(signal.SIGTERM)
    try:
        with (
            chdir(directory),
            patch.dict(os.environ, kept, clear=True),
            patch.object(sys, "path", list(sys.path)),
        ):
            yield
    finally:
        signal.signal(signal.SIGTERM, termination)


def run_pytest(
    directory: Path, arguments: Sequence[str], plugins: Sequence[object] = ()
) -> Captured:
    """Run pytest in a directory."""
    # `no:randomly`: a run within a test must not set the seeds of the tests after it.
    options = ("-p", "no:faulthandler", "-p", "no:randomly", *arguments)
    with as_a_new_process(directory):
        return function(lambda: pytest.main(list(options), plugins=list(plugins)))
