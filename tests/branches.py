"""A branch of a toy repository, loaded as a run under a profile loads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pluggy
import pytest
from toy import forge_toy
from toy_repository import Repository

from pytest_forge.model import Report
from pytest_forge.policy.pull_request import load_under
from pytest_forge.session import Session
from pytest_forge.toolchains.declarations import Toolchain


class Toys:
    """A plugin that gives the toy's toolchain."""

    @pytest.hookimpl
    def pytest_forge_toolchains(self) -> Toolchain:
        return forge_toy.TOOLCHAIN


@dataclass(frozen=True)
class Branch:
    """A repository with one commit on main, and a branch of it in the working tree."""

    repository: Repository
    environment: Mapping[str, str] = field(default_factory=dict)

    def session(
        self, profile: str = "pull-request", since: str = "main", cwd: str = "."
    ) -> Session:
        """Load forge's session as a run in the directory `cwd` does."""
        manager = pluggy.PluginManager("pytest")
        manager.register(Toys())
        start = self.repository.root / cwd
        return load_under(start, self.environment, manager, (), profile, since)

    def policy(self, profile: str = "pull-request", since: str = "main", cwd: str = ".") -> Report:
        """Return what a run measures of the policy."""
        measure = self.session(profile, since, cwd).policy
        assert measure is not None
        return measure()

    def weakened(self, profile: str = "pull-request", since: str = "main") -> list[str]:
        """Return path and message of everything that the branch weakens."""
        policy = self.policy(profile, since)
        assert {one.rule for one in policy.findings} <= {"policy-weakened"}
        return [f"{one.path}: {one.message}" for one in policy.findings]


def branch(repository: Repository, before: Mapping[str, str], after: Mapping[str, str]) -> Branch:
    """Commit files on main beside a toy at the root, and write others in a branch."""
    repository.toy().write(before).commit()
    repository.git("switch", "-qc", "feature")
    repository.write(after)
    return Branch(repository)
