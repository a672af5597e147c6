"""`pytest-forge install`: what is missing is fetched, by an installer of the tests' own."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from toy_repository import Repository


class Said(Protocol):
    status: int
    out: str
    err: str


Cli = Callable[..., Said]
Eventually = Callable[[Callable[[], bool]], None]

GO = """#!{python}
import os, pathlib, sys, time
here = pathlib.Path(__file__).parent
with (here / "calls").open("a") as log:
    log.write(" ".join(sys.argv[1:]) + "\\n")
place = pathlib.Path(os.environ["GOBIN"])
place.mkdir(parents=True)
gadget = place / "gadget"
gadget.write_text("#!/bin/sh\\necho gadget 1.")
gadget.chmod(0o755)
(here / "at-work").write_text(str(os.getpid()))
while (here / "wait").exists():
    time.sleep(0.02)
gadget.write_text("#!/bin/sh\\necho gadget 1.2.0\\n")
"""


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only directory on PATH: it holds a `go` that installs `gadget`, and git."""
    place = tmp_path / "programs"
    place.mkdir()
    (place / "go").write_text(GO.format(python=sys.executable))
    (place / "go").chmod(0o755)
    git = shutil.which("git")
    assert git
    (place / "git").symlink_to(git)
    (place / "sh").symlink_to("/bin/sh")
    monkeypatch.setenv("PATH", str(place))
    return place


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the tool directory of a user who has none yet."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("FORGE_TOOLS", raising=False)
    if sys.platform == "darwin":
        return tmp_path / "home/Library/Application Support/pytest-forge/tools"
    return tmp_path / "home/.local/share/pytest-forge/tools"


def workshop(repository: Repository, *needs: str) -> None:
    repository.write({"workshop.json": json.dumps({"name": "workshop", "needs": needs})})


def calls(programs: Path) -> list[str]:
    log = programs / "calls"
    return log.read_text().splitlines() if log.exists() else []


def places(tools: Path) -> list[str]:
    return sorted(path.name for path in (tools / "gadget/.v1.2.0").iterdir())


def test_what_is_missing_is_installed_and_found_from_then_on(
    repository: Repository, cli: Cli, programs: Path, tools: Path
) -> None:
    workshop(repository, "gadget", "git")
    before = cli("doctor")
    assert before.status == 1
    assert "pytest-forge install, or: cargo install gadget" in before.out
    said = cli("install")
    assert said.status == 0
    assert f"tool directory: {tools}\n" in said.out
    assert "installed: gadget v1.2.0 from go in " in said.out
    assert "there  git " in said.out
    assert calls(programs) == ["install example.org/gadget@v1.2.0"]
    after = cli("doctor")
    assert after.status == 0
    (row,) = [line for line in after.out.splitlines() if line.startswith("gadget")]
    assert row.split()[:3] == ["gadget", "1.2.0", str(tools / "gadget/v1.2.0/bin/gadget")]
    assert "forge has installed it" in row
    again = cli("install")
    assert again.status == 0
    assert "there  gadget " in again.out
    assert len(calls(programs)) == 1


def test_a_path_chooses_its_projects_also_below_tests(
    repository: Repository, cli: Cli, programs: Path, tools: Path
) -> None:
    given = {"name": "workshop", "needs": ["gadget"]}
    repository.write({"tests/inner/workshop.json": json.dumps(given)})
    workshop(repository, "git")
    assert cli("install").status == 0
    assert calls(programs) == []
    said = cli("install", "tests/inner")
    assert said.status == 0
    assert "installed: gadget v1.2.0 from go in " in said.out
    assert "there  git " not in said.out


def test_a_path_without_a_project_is_refused(
    repository: Repository, cli: Cli, programs: Path, tools: Path
) -> None:
    workshop(repository, "gadget")
    said = cli("install", "elsewhere")
    assert (said.status, said.err) == (
        4,
        "pytest-forge: elsewhere: no such file or directory\n",
    )
    assert calls(programs) == []


def test_forge_tools_names_another_directory(
    repository: Repository,
    cli: Cli,
    programs: Path,
    tools: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FORGE_TOOLS", str(tmp_path / "elsewhere"))
    workshop(repository, "gadget")
    assert cli("install").status == 0
    assert (tmp_path / "elsewhere/gadget/v1.2.0/bin/gadget").is_file()
    assert not tools.exists()


def test_a_copy_of_another_version_is_taken_and_told(
    repository: Repository, cli: Cli, programs: Path, tools: Path
) -> None:
    (programs / "gadget").write_text("#!/bin/sh\necho gadget 1.1.0\n")
    (programs / "gadget").chmod(0o755)
    workshop(repository, "gadget")
    assert cli("install").status == 0
    assert calls(programs) == []
    assert "on PATH alone, not the pinned v1.2.0" in cli("doctor").out


def test_what_cannot_be_had_is_one_line_and_the_status_is_1(
    repository: Repository, cli: Cli, programs: Path, tools: Path
) -> None:
    (programs / "go").write_text(f"#!{sys.executable}\nraise SystemExit('go: no network')\n")
    workshop(repository, "gadget", "widget")
    said = cli("install")
    assert said.status == 1
    failed = "failed: gadget: go: go: no network (status 1); crates.io: cargo is not on PATH\n"
    assert failed in said.out
    assert "not forge's to install: widget: apt install widget\n" in said.out
    assert said.out.endswith("\nmissing: gadget, widget\n")


def test_an_unknown_language_is_one_line(repository: Repository, cli: Cli) -> None:
    workshop(repository, "gadget")
    said = cli("install", "--language", "cobol")
    assert said.status == 4
    assert said.out == ""
    assert said.err.startswith("pytest-forge: --language cobol: no such language; ")
    assert "workshop are\n" in said.err
    assert said.err.count("\n") == 1


def test_only_the_tools_of_the_language_are_installed(
    repository: Repository, cli: Cli, programs: Path, tools: Path
) -> None:
    workshop(repository, "gadget")
    repository.toy("toys")
    assert cli("install", "--language", "toy").status == 0
    assert calls(programs) == []
    assert cli("install", "--language", "workshop").status == 0
    assert len(calls(programs)) == 1


def test_a_language_without_a_project_needs_nothing(repository: Repository, cli: Cli) -> None:
    repository.toy()
    said = cli("install", "--language", "workshop")
    assert (said.status, said.out) == (
        0,
        "No workshop project is here: no tool is needed for it.\n",
    )


def test_without_a_project_the_status_is_4(repository: Repository, cli: Cli) -> None:
    said = cli("install")
    assert said.status == 4
    assert "No project found" in said.out


class Started:
    """An installation in a process of its own, whose installer waits until it is let go."""

    def __init__(self, repository: Repository, plugin: Path, programs: Path) -> None:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTEST_", "COV_CORE_", "FORGE_"))
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pytest_forge", "install"],
            cwd=repository.root,
            env={**kept, "PYTHONPATH": str(plugin), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            # A test run in the background may ignore interrupts, and would hand that on.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self._programs = programs

    def is_at_work(self) -> bool:
        assert self.process.poll() is None
        return (self._programs / "at-work").exists()

    def end(self, sign: int) -> int:
        self.process.send_signal(sign)
        self.process.communicate(timeout=60)
        return self.process.returncode

    def finish(self) -> str:
        out, _ = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, out
        return out


@pytest.fixture
def start(
    repository: Repository, toy_plugin: Path, programs: Path, tools: Path
) -> Callable[[], Started]:
    """Return a function that starts an installation; the installer waits for `wait` to go."""
    workshop(repository, "gadget")
    (programs / "wait").touch()
    return lambda: Started(repository, toy_plugin, programs)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_installation_ends_its_installer_and_leaves_nothing(
    sign: int, start: Callable[[], Started], programs: Path, tools: Path, eventually: Eventually
) -> None:
    started = start()
    eventually(started.is_at_work)
    assert started.end(sign) == 2
    assert places(tools) == ["lock"]
    assert not (tools / "gadget/v1.2.0").exists()
    installer = int((programs / "at-work").read_text())
    eventually(lambda: not is_alive(installer))


def test_a_killed_installation_is_never_taken_and_is_removed_by_the_next(
    start: Callable[[], Started], programs: Path, tools: Path, eventually: Eventually, cli: Cli
) -> None:
    started = start()
    eventually(started.is_at_work)
    assert started.end(signal.SIGKILL) == -signal.SIGKILL
    # The installer outlives it, and has written an executable that answers to its name.
    installer = int((programs / "at-work").read_text())
    assert is_alive(installer)
    (half,) = [name for name in places(tools) if name != "lock"]
    assert cli("doctor").status == 1
    (programs / "wait").rename(programs / "held")
    eventually(lambda: not is_alive(installer))
    assert (tools / "gadget/.v1.2.0" / half / "bin/gadget").is_file()
    assert cli("doctor").status == 1
    assert cli("install").status == 0
    assert len(calls(programs)) == 2
    assert half not in places(tools)
    assert cli("doctor").status == 0


def test_two_installations_at_once_install_once(
    start: Callable[[], Started], programs: Path, tools: Path, eventually: Eventually
) -> None:
    first = start()
    eventually(first.is_at_work)
    second = start()
    assert second.process.stdout is not None
    assert second.process.stdout.readline().startswith("tool directory: ")
    (programs / "wait").unlink()
    assert "installed: gadget" in first.finish()
    assert "gadget" in second.finish()
    assert len(calls(programs)) == 1
    assert len(places(tools)) == 2
