"""forge inside a pytest session: hooks that are registered only where forge is active."""

import os
import shutil
import signal
import sys
import time
from collections.abc import Generator, Sequence
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pytest_forge import entering
from pytest_forge.baselines import keeping, pruning
from pytest_forge.changes.changed import Changes
from pytest_forge.changes.differences import changes_since
from pytest_forge.changes.since import Since, since
from pytest_forge.collection import FORGE_KEY, RESULT_KEY, CheckItem, ForgeDirectory, ManifestFile
from pytest_forge.engine import Engine, Options
from pytest_forge.errors import ConfigurationError
from pytest_forge.execution.locks import Taken, lock, try_lock
from pytest_forge.execution.prepare import surroundings
from pytest_forge.execution.process import Processes, end_recorded
from pytest_forge.measuring.remembering import remember
from pytest_forge.model import Outcome
from pytest_forge.plan import PlannedCheck
from pytest_forge.pull_request import load_under
from pytest_forge.recording import Recorder
from pytest_forge.releases import remove_worktrees
from pytest_forge.reports.progress import status_line
from pytest_forge.results import CheckResult, RunReport
from pytest_forge.session import Session, load

_WAIT_SECONDS = 0.2
_QUIET_SECONDS = 30.0


def enter(config: pytest.Config) -> None:
    """Load the session and register its hooks; a configuration error ends pytest with exit 4."""
    try:
        forge = Forge(config)
    except ConfigurationError as error:
        raise pytest.UsageError(f"pytest-forge: {error}") from None
    config.stash[FORGE_KEY] = forge
    config.pluginmanager.register(forge, "forge-session")
    config.add_cleanup(forge.close)


class Forge:
    """One pytest session's forge: the session's hooks, its engine, and what it has recorded.

    Under xdist a worker has an engine of its own and the controller only records.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._worker: dict[str, Any] | None = getattr(config, "workerinput", None)
        self._updates: bool = config.getoption("forge_update_baseline")
        self._accepted: str | None = config.getoption("forge_accept")
        self._kept: tuple[str, ...] = ()
        start = config.invocation_params.dir
        arguments = entering.arguments(config)
        self.session = self._load(arguments, start)
        self.root = self.session.root.directory
        asked = entering.resolve(arguments, start, self.session)
        # An argument that pytest may not collect would end the run as "not found".
        config.args = [one for one in asked if not self._ignored(_manifest(one))]
        config.args_source = pytest.Config.ArgsSource.ARGS
        self._check_options(config)
        self.manifests = tuple(dict.fromkeys(map(_manifest, config.args)))
        given = [one for one in self.session.checks if self.path_of(one) in self.manifests]
        wanted = self.session.in_profile(given)
        self.since = self._since()
        self.planned: tuple[PlannedCheck, ...] = wanted
        self.recorder = Recorder(self.session, since=self.since)
        self._leave_out("not under the given paths", self.session.checks, given)
        self._leave_out(f"not in profile {self.session.profile_name}", given, wanted)
        if self.since:
            self.planned = self.since.selected(wanted)
            self._leave_out(self.since.why_not, wanted, self.planned)
            self._collect_only(self.planned)
        self._shown = 0.0
        self._run: RunReport | None = None
        self._written: tuple[Path, ...] = ()
        self._home = self._make_home()
        self.engine = self._engine()

    def path_of(self, check: PlannedCheck) -> Path:
        """Return the absolute path of the check's manifest."""
        return self.root / check.project.manifest

    def close(self) -> None:
        """End what still runs, and remove what belongs to this run alone."""
        self.engine.stop()
        if self._worker is None:
            end_recorded(self._ledger)
            remove_worktrees(self.root)
            shutil.rmtree(self._ledger, ignore_errors=True)
            self._taken.release()

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
        self._leave_out("not selected", self.planned, selected)
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
            self._wait(item)
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Let the result travel with the report of the phase that shows it."""
        report = yield
        if isinstance(item, CheckItem) and RESULT_KEY in item.stash:
            result = item.stash[RESULT_KEY]
            in_setup = result.outcome in (Outcome.ERROR, Outcome.EXEMPT)
            if report.when == ("setup" if in_setup else "call"):
                told = {**result.to_dict(), "surface": list(result.surface)}
                report.forge = told  # type: ignore[attr-defined]
                report.duration = result.seconds
            if report.when == "setup" and report.failed:
                # pytest shows what setup raises with a traceback; a named error needs none.
                report.longrepr = item.explanation()
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Record a result, wherever it was computed."""
        data = getattr(report, "forge", None)
        if data is not None:
            result = CheckResult.from_dict(data)
            self.recorder.results[result.id] = result

    @pytest.hookimpl(optionalhook=True, tryfirst=True)
    def pytest_timeout_set_timer(self, item: pytest.Item) -> bool | None:
        """Keep a timeout plugin's limit, meant for the project's tests, away from checks."""
        return True if isinstance(item, CheckItem) else None

    # -- xdist

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> object:
        """Keep the checks of a manifest on one worker, so that their runs are shared."""
        from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

        scheduler: object = LoadFileScheduling(config, log)
        return scheduler

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker what the workers share."""
        workers = len(node.config.getoption("tx") or ()) or 1
        changes = self.since.changes.dumps() if self.since else None
        node.workerinput["forge"] = {
            "ledger": str(self._ledger),
            "workers": workers,
            "changes": changes,
        }

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker has deselected."""
        left_out = getattr(node, "workeroutput", {}).get("forge_left_out", {})
        self.recorder.left_out.update(left_out)

    # -- reporting

    def pytest_report_header(self) -> list[str]:
        """Show forge's root and what was found."""
        found = len(self.session.projects)
        name = self.session.profile_name
        profile = f", profile {name}" if name else ""
        lines = [f"forge: root {self.root}, {found} project{'s' if found != 1 else ''}{profile}"]
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
            output = self._config.workeroutput  # type: ignore[attr-defined]
            output["forge_left_out"] = self.recorder.left_out
            return
        end_recorded(self._ledger)
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
            if not interrupted:
                self._update()
            self._write()
        except ConfigurationError as error:
            pytest.exit(f"pytest-forge: {error}", pytest.ExitCode.USAGE_ERROR)

    def _update(self) -> None:
        """Take the results into the baseline, where that was asked for."""
        if self._updates:
            results = self.recorder.results
            self._kept = (
                *keeping.update(self.session, results, self._accepted),
                *remember(self.session, results, self._accepted is not None),
            )

    def _write(self) -> None:
        # Here, because the writers' libraries are not for workers and --collect-only to load.
        from pytest_forge.reports.files import write_all

        given = self._config.getoption("forge_report")
        directory = self._home / "reports"
        if given:
            directory = self._config.invocation_params.dir / given
        self._run = self.recorder.report(pruning.orphans(self.session))
        self._written = write_all(self._run, directory)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Show the table of gates and projects, the first reasons and what to do next."""
        if self._run is None or not self._written:
            return
        from pytest_forge.reports import terminal

        writer = self._config.get_terminal_writer()
        terminalreporter.ensure_newline()
        start = self._config.invocation_params.dir
        place = os.path.relpath(self._written[0].parent, start)
        root = os.path.relpath(self.root, start)
        text = terminal.summary(self._run, writer.fullwidth, writer.hasmarkup, place, root)
        for line in (*text.splitlines(), *self._kept):
            terminalreporter.write_line(line)

    # -- parts

    def _load(self, arguments: Sequence[str], start: Path) -> Session:
        config = self._config
        asked = entering.paths(arguments, start)
        profile, since = config.getoption("forge_profile"), config.getoption("forge_since")
        if profile is None:
            session = load(start, os.environ, config.pluginmanager, asked)
            return replace(session, settings=session.settings.timed_against(since or ""))
        return load_under(start, os.environ, config.pluginmanager, asked, profile, since or "")

    def _since(self) -> Since | None:
        revision = self._config.getoption("forge_since")
        if revision is None:
            return None
        if self._worker is not None:
            # What is running already may write files, which the other workers must not see.
            return since(self.session, Changes.loads(self._worker["forge"]["changes"]))
        return since(self.session, changes_since(self.root, revision))

    def _collect_only(self, checks: Sequence[PlannedCheck]) -> None:
        paths = {self.path_of(check) for check in checks}
        self._config.args = [one for one in self._config.args if _manifest(one) in paths]
        self.manifests = tuple(path for path in self.manifests if path in paths)

    def _check_options(self, config: pytest.Config) -> None:
        jobs = config.getoption("forge_jobs")
        if jobs is not None and jobs < 1:
            raise ConfigurationError("--forge-jobs: at least 1")
        since = config.getoption("forge_since")
        keeping.check_options(self.session, self._updates, self._accepted, since)
        if config.getoption("dist", "no") == "each":
            raise ConfigurationError("--dist each would run every check on every worker; use load")

    def _ignored(self, path: Path) -> bool:
        hook = self._config.hook
        chain = [path, *(parent for parent in path.parents if self.root in parent.parents)]
        return any(
            hook.pytest_ignore_collect(collection_path=one, config=self._config) for one in chain
        )

    def _leave_out(
        self, why: str, checks: Sequence[PlannedCheck], kept: Sequence[PlannedCheck]
    ) -> None:
        ids = {check.id for check in kept}
        for check in checks:
            if check.id not in ids:
                self.recorder.left_out.setdefault(check.id, why)

    def _make_home(self) -> Path:
        home = self.root / ".forge"
        if self._worker is not None:
            self._ledger = Path(self._worker["forge"]["ledger"])
            return home
        home.mkdir(exist_ok=True)
        # The directory ignores itself, so that no run dirties the work tree.
        (home / ".gitignore").write_text("*\n!/baseline/\n!/baseline/**\n", encoding="utf-8")
        taken = try_lock(home / "lock")
        if taken is None:
            raise ConfigurationError(
                f"another forge is running on {self.root}; wait for it, or end it"
            )
        self._taken: Taken = taken
        self._ledger = home / "processes" / str(os.getpid())
        shutil.rmtree(home / "processes", ignore_errors=True)
        self._ledger.mkdir(parents=True)
        return home

    def _engine(self) -> Engine:
        jobs = self._config.getoption("forge_jobs") or os.cpu_count() or 1
        if self._worker is not None:
            jobs = max(1, jobs // int(self._worker["forge"]["workers"]))
        options = Options(
            jobs=jobs,
            keep_going=self._config.getoption("forge_keep_going"),
            may_prepare=not self._config.getoption("forge_no_prepare"),
            changes=self.since.changes if self.since else None,
            adopts=self._accepted is not None,
        )
        return Engine(
            self.session,
            options,
            surroundings(os.environ),
            Processes(self._ledger),
            self._share_machine,
        )

    def _share_machine(self, alone: bool) -> AbstractContextManager[None]:
        if self._worker is None:
            return nullcontext()
        return lock(self._ledger.parent / "machine.lock", shared=not alone)

    def _wait(self, item: CheckItem) -> None:
        reporter = self._config.pluginmanager.get_plugin("terminalreporter")
        live = reporter is not None and self._config.get_terminal_writer().hasmarkup
        begun = time.monotonic()
        while True:
            try:
                self.engine.result(item.planned, _WAIT_SECONDS)
                break
            except FutureTimeout:
                self._show_running(live, reporter, begun)
            except Exception:
                break  # shown by the item, which asks again
        if live and self._shown:
            sys.stdout.write("\r\x1b[2K")
            sys.stdout.flush()
            self._shown = 0.0

    def _show_running(self, live: bool, reporter: Any, begun: float) -> None:
        running = self.engine.graph.running()
        now = time.monotonic()
        if reporter is None or not running:
            return
        if live:
            width = self._config.get_terminal_writer().fullwidth
            sys.stdout.write("\r\x1b[2K" + status_line(running, width - 1))
            sys.stdout.flush()
            self._shown = now
        elif now - max(begun, self._shown) > _QUIET_SECONDS:
            reporter.ensure_newline()
            reporter.write_line(status_line(running, 100))
            self._shown = now


def _manifest(argument: str) -> Path:
    return Path(argument.partition("::")[0])


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt
