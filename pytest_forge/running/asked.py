"""What a pytest session was asked to check: by its arguments, its options and its profile."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pytest_forge.baselines import keeping
from pytest_forge.changes.changed import Changes
from pytest_forge.changes.differences import changes_since
from pytest_forge.changes.since import Since, since
from pytest_forge.errors import ConfigurationError
from pytest_forge.plan import PlannedCheck
from pytest_forge.policy.pull_request import load_under
from pytest_forge.running import entering
from pytest_forge.running.recording import Recorder
from pytest_forge.session import Session, load


class Asked:
    """The session of a repository, and those of its checks that this run is about.

    pytest's own arguments become those of their manifests. What was left out stands, with the
    reason, in the `recorder`. `worker` is what xdist's controller has told a worker.
    """

    def __init__(self, config: pytest.Config, worker: Mapping[str, Any] | None) -> None:
        self._config = config
        self.updates: bool = config.getoption("forge_update_baseline")
        self.accepted: str | None = config.getoption("forge_accept")
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
        self.since = self._since(worker)
        self.planned: tuple[PlannedCheck, ...] = wanted
        self.recorder = Recorder(self.session, since=self.since)
        self.recorder.leave_out("not under the given paths", self.session.checks, given)
        self.recorder.leave_out(f"not in profile {self.session.profile_name}", given, wanted)
        if self.since:
            self.planned = self.since.selected(wanted)
            self.recorder.leave_out(self.since.why_not, wanted, self.planned)
            self._collect_only(self.planned)

    def path_of(self, check: PlannedCheck) -> Path:
        """Return the absolute path of the check's manifest."""
        return self.root / check.project.manifest

    def _load(self, arguments: Sequence[str], start: Path) -> Session:
        config = self._config
        asked = entering.paths(arguments, start)
        profile, since = config.getoption("forge_profile"), config.getoption("forge_since")
        if profile is None:
            session = load(start, os.environ, config.pluginmanager, asked)
            return replace(session, settings=session.settings.timed_against(since or ""))
        return load_under(start, os.environ, config.pluginmanager, asked, profile, since or "")

    def _since(self, worker: Mapping[str, Any] | None) -> Since | None:
        revision = self._config.getoption("forge_since")
        if revision is None:
            return None
        if worker is not None:
            # What is running already may write files, which the other workers must not see.
            return since(self.session, Changes.loads(worker["forge"]["changes"]))
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
        keeping.check_options(self.session, self.updates, self.accepted, since)
        if config.getoption("dist", "no") == "each":
            raise ConfigurationError("--dist each would run every check on every worker; use load")

    def _ignored(self, path: Path) -> bool:
        hook = self._config.hook
        chain = [path, *(parent for parent in path.parents if self.root in parent.parents)]
        return any(
            hook.pytest_ignore_collect(collection_path=one, config=self._config) for one in chain
        )


def _manifest(argument: str) -> Path:
    return Path(argument.partition("::")[0])
