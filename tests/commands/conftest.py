"""The command line as users type it, with the toy's toolchain installed as a plugin."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from called import as_a_new_process
from toy_repository import TOY, Repository

from pytest_forge.cli import main

PLUGIN = Path(__file__).parent / "plugin"


@dataclass(frozen=True)
class Said:
    """What a command has said, and its exit status."""

    status: int
    out: str
    err: str


@pytest.fixture
def toy_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install the toy's toolchain as a plugin of its own, and return where."""
    place = tmp_path / "installed"
    information = place / "forge_toy-1.0.dist-info"
    information.mkdir(parents=True)
    for module in (TOY / "forge_toy.py", *PLUGIN.glob("*.py")):
        (place / module.name).write_bytes(module.read_bytes())
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: forge-toy\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text(
        "[pytest11]\nforge-toy = forge_choosy_toy\nforge-workshop = forge_workshop\n"
    )
    monkeypatch.syspath_prepend(place)
    return place


@pytest.fixture
def cli(
    repository: Repository,
    toy_plugin: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., Said]:
    """Return a function that runs a command inside the repository, in this process."""
    monkeypatch.delenv("FORGE_ADVISORIES", raising=False)

    def run(*arguments: str, cwd: str = ".") -> Said:
        monkeypatch.chdir(repository.root / cwd)
        capsys.readouterr()
        status = main(arguments)
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return run


@pytest.fixture
def inside(cli: Callable[..., Said]) -> Callable[..., Said]:
    """Return a function that runs a command which starts pytest, in this process."""

    def run(*arguments: str) -> Said:
        with as_a_new_process(Path.cwd()):
            return cli(*arguments)

    return run


@pytest.fixture
def child(repository: Repository, toy_plugin: Path) -> Callable[..., Said]:
    """Return a function that runs a command in a process of its own."""

    def run(*arguments: str) -> Said:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTEST_", "COV_CORE_", "FORGE_"))
        }
        done = subprocess.run(
            [sys.executable, "-m", "pytest_forge", *arguments],
            cwd=repository.root,
            env={**kept, "PYTHONPATH": str(toy_plugin)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    return run
