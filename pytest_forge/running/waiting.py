"""Waiting for a check, while the terminal shows what runs and since when."""

import time
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any

import pytest

from pytest_forge.plan import PlannedCheck
from pytest_forge.reports.progress import status_line
from pytest_forge.running.engine import Engine
from pytest_forge.running.status import draw

_WAIT_SECONDS = 0.2
_QUIET_SECONDS = 30.0
_WIDTH = 100


class Waiting:
    """Waits for results: a line of a terminal is kept up to date, a log gets one now and then."""

    def __init__(self, config: pytest.Config, engine: Engine) -> None:
        self._config = config
        self._engine = engine
        self._shown = 0.0

    def wait(self, check: PlannedCheck) -> None:
        """Return when the check has a result, or has failed to have one: asked again, it says."""
        reporter = self._config.pluginmanager.get_plugin("terminalreporter")
        live = reporter is not None and self._config.get_terminal_writer().hasmarkup
        begun = time.monotonic()
        while True:
            try:
                self._engine.result(check, _WAIT_SECONDS)
                break
            except FutureTimeout:
                self._show_running(live, reporter, begun)
            except Exception:
                break  # shown by the item, which asks again
        if live and self._shown:
            draw("")
            self._shown = 0.0

    def _show_running(self, live: bool, reporter: Any, begun: float) -> None:
        running = self._engine.graph.running()
        now = time.monotonic()
        if reporter is None or not running:
            return
        if live:
            width = self._config.get_terminal_writer().fullwidth
            draw(status_line(running, width - 1))
            self._shown = now
        elif now - max(begun, self._shown) > _QUIET_SECONDS:
            reporter.ensure_newline()
            reporter.write_line(status_line(running, _WIDTH))
            self._shown = now
