"""forge inside a pytest session: hooks that are registered only where forge is active."""

import os
import signal
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import pytest

from pytest_forge.errors import ConfigurationError
from pytest_forge.execution.prepare import surroundings
from pytest_forge.execution.process import Processes
from pytest_forge.phrases import counted
from pytest_forge.plan import PlannedCheck
from pytest_forge.running.asked import Asked
from pytest_forge.running.collection import (
    FORGE_KEY,
    CheckItem,
    ForgeDirectory,
    ManifestFile,
)
from pytest_forge.running.ending import Ending
from pytest_forge.running.engine import Engine
from pytest_forge.running.options import options_of
from pytest_forge.running.transport import Transport
from pytest_forge.running.waiting import Waiting
from pytest_forge.running.workers import Workers, home_of


def enter(config: pytest.Config) -> None:
    """Load the session and register its hooks; a configuration error ends pytest with exit 4."""
    try:
        forge = Forge(config)
    except ConfigurationError as error:
        raise pytest.UsageError(f"pytest-forge: {error}") from None
    config.stash[FORGE_KEY] = forge
    config.pluginmanager.register(forge, "forge-session")
    config.pluginmanager.register(forge.workers, "forge-workers")
    config.pluginmanager.register(Transport(forge.recorder), "forge-transport")
    config.add_cleanup(forge.close)


class Forge:
    """One pytest session's forge: the session's hooks, its engine, and what it has recorded.

    Under xdist a worker has an engine of its own and the controller only records.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._worker: dict[str, Any] | None = getattr(config, "workerinput", None)
        self._asked = asked = Asked(config, self._worker)
        self._updates, self._accepted = asked.updates, asked.accepted
        self.session, self.root, self.since = asked.session, asked.root, asked.since
        self.manifests, self.planned = asked.manifests, asked.planned
        self.recorder = asked.recorder
        self._home = home_of(self.root, self._worker)
        self._ending = Ending(config, self.session, self.recorder, self._home.directory / "reports")
        self.workers = Workers(self._home, self.since, self.recorder)
        self.engine = self._engine()
        self._waiting = Waiting(config, self.engine)

    def path_of(self, check: PlannedCheck) -> Path:
        """Return the absolute path of the check's manifest."""
        return self._asked.path_of(check)

    def close(self) -> None:
        """End what still runs, and remove what belongs to this run alone."""
        self.engine.stop()
        self._home.close()

    # -- collection

    @pytest.hookimpl(tryfirst=True)
    def pytest_collect_directory(self, path: Path, parent: pytest.Collector) -> pytest.Collector:
        """Collect directories as forge's own, never as a package that would be imported."""
        return ForgeDirectory.from_parent(parent, path=path)

    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> pytest.Collector | None:
        """Collect a manifest that pytest reaches without its directory."""
        if file_path in self.manifests:
            return ManifestFile.from_parent(parent, path=file_path)
        return None

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        """Remember what was deselected: it is listed as not run."""
        for item in items:
            if isinstance(item, CheckItem):
                self.recorder.left_out[item.planned.id] = "deselected"

    # -- running

    def pytest_sessionstart(self) -> None:
        """Treat a termination signal like an interrupt, so that the partial report is written."""
        if self._worker is None:
            signal.signal(signal.SIGTERM, _interrupt)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        """Submit the selected checks to the run graph, and end what runs when the loop ends."""
        items = [item for item in session.items if isinstance(item, CheckItem)]
        selected = [item.planned for item in items]
        self.recorder.leave_out("not selected", self.planned, selected)
        self.engine.select(selected)
        if self._worker is None and not self._config.option.collectonly:
            self.engine.require(selected)
        try:
            return (yield)
        finally:
            self.engine.stop()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Wait for the item's result, showing what runs meanwhile."""
        if isinstance(item, CheckItem):
            self.engine.require([item.planned])
            self._waiting.wait(item.planned)
        return (yield)

    @pytest.hookimpl(optionalhook=True, tryfirst=True)
    def pytest_timeout_set_timer(self, item: pytest.Item) -> bool | None:
        """Keep a timeout plugin's limit, meant for the project's tests, away from checks."""
        return True if isinstance(item, CheckItem) else None

    # -- reporting

    def pytest_report_header(self) -> list[str]:
        """Show forge's root and what was found."""
        found = len(self.session.projects)
        name = self.session.profile_name
        profile = f", profile {name}" if name else ""
        lines = [f"forge: root {self.root}, {counted(found, 'project')}{profile}"]
        if self.since:
            lines.append(f"forge: {self.since.sentence(self.session)}")
        if self.root != self._config.rootpath:
            lines.append(
                f"forge: pytest's rootdir is {self._config.rootpath}; reports use forge's root "
                f"(--rootdir={self.root} aligns them)"
            )
        return lines

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Write the reports, also of a run that was interrupted."""
        if self._worker is not None:
            self.workers.hand_over(self._config)
            return
        self._home.end_processes()
        untouched = self.since is not None and not self.planned
        if untouched and exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
            session.exitstatus = pytest.ExitCode.OK
        interrupted = exitstatus == pytest.ExitCode.INTERRUPTED
        if any((self.recorder.results, untouched, interrupted)):
            self._end(interrupted)

    def _end(self, interrupted: bool) -> None:
        if self._config.option.collectonly:
            return
        try:
            if self._updates and not interrupted:
                self._ending.update(self._accepted)
            self._ending.write()
        except ConfigurationError as error:
            pytest.exit(f"pytest-forge: {error}", pytest.ExitCode.USAGE_ERROR)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Show the table of gates and projects, the first reasons and what to do next."""
        self._ending.show(terminalreporter)

    # -- parts

    def _engine(self) -> Engine:
        changes = self.since.changes if self.since else None
        options = options_of(self._config, self._worker, changes)
        return Engine(
            self.session,
            options,
            surroundings(os.environ),
            Processes(self._home.ledger),
            self._home.machine,
        )


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt
