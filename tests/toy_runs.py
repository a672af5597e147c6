"""forge over toys in this process: a pytest session of it, or what the session begins with."""

import json

import pluggy
import pytest
from called import run_pytest
from toy import forge_toy
from toy_repository import Ran, Repository

from pytest_forge.session import Session, load
from pytest_forge.toolchains.declarations import Toolchain


def forge(
    repository: Repository, *arguments: str, cwd: str = ".", plugins: tuple[object, ...] = ()
) -> Ran:
    """Run forge with the toy's toolchain in this process, and read its report."""
    done = run_pytest(
        repository.root / cwd, ["--forge", "--forge-jobs=2", *arguments], [forge_toy, *plugins]
    )
    path = repository.root / ".forge/reports/report.json"
    report = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    return Ran(done.status, done.stdout, done.stderr, report)


def toys(ran: Ran) -> dict[str, str]:
    """Return the outcomes of the toys' checks by gate and name."""
    return {
        name.partition("::")[2]: outcome
        for name, outcome in ran.outcomes().items()
        if name.partition("::")[2].partition("::")[2].startswith("toy-")
    }


class Toys:
    """A plugin that gives one toolchain."""

    def __init__(self, toolchain: Toolchain) -> None:
        self.toolchain = toolchain

    @pytest.hookimpl
    def pytest_forge_toolchains(self) -> Toolchain:
        return self.toolchain


def session_of(repository: Repository, toolchain: Toolchain = forge_toy.TOOLCHAIN) -> Session:
    manager = pluggy.PluginManager("pytest")
    manager.register(Toys(toolchain))
    return load(repository.root, {}, manager)
