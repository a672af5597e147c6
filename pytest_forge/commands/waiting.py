"""What is going on, and since when, while a command waits for something long."""

import os
import sys
import threading
from time import monotonic
from types import TracebackType

from pytest_forge.reports.progress import status_line
from pytest_forge.running.status import draw


class Waiting:
    """Shows `label` with the seconds that it takes, from entering until leaving.

    On a terminal one line is kept up to date and erased at the end; elsewhere the line is printed
    every `quiet` seconds, so that a log shows that something goes on.
    """

    def __init__(self, width: int, quiet: float = 30.0) -> None:
        self._live = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        self._pause = 0.5 if self._live else quiet
        self._width = width
        self._begun = monotonic()
        self._label = ""
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._show, daemon=True)

    def __enter__(self) -> "Waiting":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._left.set()
        self._thread.join()
        if self._live:
            draw("")

    def begin(self, label: str) -> None:
        """Say what goes on from now."""
        self._label, self._begun = label, monotonic()

    def _show(self) -> None:
        while not self._left.wait(self._pause):
            if self._label:
                line = status_line([(self._label, monotonic() - self._begun)], self._width - 1)
                if self._live:
                    draw(line)
                else:
                    print(line, flush=True)
