"""What a run leaves behind: the baseline, the reports, and the table in the terminal."""

import os
from pathlib import Path

import pytest

from pytest_forge.baselines import keeping, pruning
from pytest_forge.measuring.remembering import remember
from pytest_forge.results import RunReport
from pytest_forge.running.recording import Recorder
from pytest_forge.session import Session


class Ending:
    """Writes what a run has found; `reports` is the directory where the user names no other."""

    def __init__(
        self, config: pytest.Config, session: Session, recorder: Recorder, reports: Path
    ) -> None:
        self._config = config
        self._session = session
        self._recorder = recorder
        given = config.getoption("forge_report")
        self._reports = config.invocation_params.dir / given if given else reports
        self._told: tuple[str, ...] = ()
        self._run: RunReport | None = None
        self._written: tuple[Path, ...] = ()

    def update(self, accepted: str | None) -> None:
        """Take the results into the baseline, with the reason for what it is to know anew."""
        results = self._recorder.results
        self._told = (
            *keeping.update(self._session, results, accepted),
            *remember(self._session, results, accepted is not None),
        )

    def write(self) -> None:
        """Write the reports."""
        # Here, because the writers' libraries are not for workers and --collect-only to load.
        from pytest_forge.reports.files import write_all

        self._run = self._recorder.report(pruning.orphans(self._session))
        self._written = write_all(self._run, self._reports)

    def show(self, reporter: pytest.TerminalReporter) -> None:
        """Show the table of gates and projects, the first reasons and what to do next."""
        if self._run is None or not self._written:
            return
        from pytest_forge.reports import terminal

        writer = self._config.get_terminal_writer()
        reporter.ensure_newline()
        start = self._config.invocation_params.dir
        place = os.path.relpath(self._written[0].parent, start)
        root = os.path.relpath(self._session.root.directory, start)
        text = terminal.summary(self._run, writer.fullwidth, writer.hasmarkup, place, root)
        for line in (*text.splitlines(), *self._told):
            reporter.write_line(line)
