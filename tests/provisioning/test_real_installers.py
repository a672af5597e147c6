"""One small tool of each ecosystem, fetched by the real installer into an empty home."""

import os
import pickle
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_forge.errors import ToolMissing
from pytest_forge.execution.process import Processes
from pytest_forge.execution.tool_directory import tool_directory
from pytest_forge.execution.tools import locate
from pytest_forge.provisioning import installers
from pytest_forge.provisioning.installation import install
from pytest_forge.toolchains.declarations import Package, Tool

pytestmark = pytest.mark.real

RUSTUP = Path(os.environ.get("RUSTUP_HOME", Path.home() / ".rustup"))
GOCYCLO = Tool(
    "gocyclo",
    "get it",
    executable="gocyclo",
    version=(".",),
    packages=(Package("go", "github.com/fzipp/gocyclo/cmd/gocyclo", "v0.6.0"),),
)
RUSTFILT = Tool(
    "rustfilt",
    "get it",
    executable="rustfilt",
    packages=(Package("crates.io", "rustfilt", "0.2.1"),),
)
CARGO_BLOAT = Tool(
    "cargo-bloat",
    "get it",
    executable="cargo-bloat",
    version=("bloat", "--version"),
    packages=(Package("pypi", "astral-dev-toolchain-cargo-bloat", "0.12.1"),),
)
VULTURE = Tool(
    "vulture",
    "get it",
    module="vulture",
    version=("--version",),
    packages=(Package("pypi", "vulture", "2.14"),),
)
SEMVER = Tool(
    "semver",
    "get it",
    executable="semver",
    version=("--help",),
    version_pattern=r"SemVer (\d\S*)",
    packages=(Package("npm", "semver", "7.6.3"),),
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty home; of the user's own only the installed Rust toolchains are kept."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("XDG_DATA_HOME", "FORGE_TOOLS", "GOPATH", "GOMODCACHE", "CARGO_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("RUSTUP_HOME", str(RUSTUP))
    # So that the tests' directory can be removed.
    monkeypatch.setenv("GOFLAGS", "-modcacherw")
    return home


def program(tool: Tool) -> str:
    return {"go": "go", "crates.io": "cargo", "npm": "npm"}.get(tool.packages[0].installer, "")


@pytest.mark.parametrize(
    "tool", [GOCYCLO, RUSTFILT, CARGO_BLOAT, VULTURE, SEMVER], ids=lambda tool: tool.name
)
def test_a_tool_is_installed_and_found_in_its_pinned_version(tool: Tool, home: Path) -> None:
    if program(tool) and shutil.which(program(tool)) is None:
        pytest.skip(f"{program(tool)} is not on PATH")
    directory = tool_directory(os.environ)
    assert directory.is_relative_to(home)
    (package,) = tool.packages
    assert install(tool, directory, Processes()) == package
    found = locate(tool, "", Processes())
    assert found.argv[0].startswith(str(directory / tool.name / package.version))
    assert found.whose == "the tool directory's"
    assert found.version == package.version.removeprefix("v")
    (build,) = (directory / tool.name / f".{package.version}").glob("*/bin")
    assert build.resolve() == Path(found.argv[0]).parent.resolve()


def test_without_uv_pip_installs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installers, "_uv", lambda: None)
    install(VULTURE, tool_directory(os.environ), Processes())
    assert locate(VULTURE, "", Processes()).version == "2.14"


@pytest.mark.parametrize("with_uv", [True, False])
def test_a_file_with_another_hash_is_refused(
    with_uv: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks = tmp_path / "locks"
    locks.mkdir()
    wrong = "0" * 64
    (locks / "vulture-2.14.txt").write_text(f"vulture==2.14 --hash=sha256:{wrong}\n")
    monkeypatch.setattr(installers, "_LOCKS", locks)
    if not with_uv:
        monkeypatch.setattr(installers, "_uv", lambda: None)
    with pytest.raises(ToolMissing, match=r"(?i)hash"):
        install(VULTURE, tool_directory(os.environ), Processes())
    assert not (tool_directory(os.environ) / "vulture/2.14").exists()


CHILD = """
import os, pickle
from pytest_forge.execution.process import Processes
from pytest_forge.execution.tool_directory import tool_directory
from pytest_forge.provisioning.installation import install
install(pickle.loads({tool!r}), tool_directory(os.environ), Processes())
"""


def started(tool: Tool) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", CHILD.format(tool=pickle.dumps(tool))])


@pytest.mark.skipif(shutil.which("go") is None, reason="go is not on PATH")
def test_one_that_is_killed_in_the_middle_is_made_anew(
    eventually: Callable[[Callable[[], bool]], None],
) -> None:
    place = tool_directory(os.environ) / "gocyclo"
    # It compiles Go's own library first, since the caches of this home are empty.
    process = started(GOCYCLO)
    eventually(lambda: len(list(place.glob(".v0.6.0/*"))) == 2)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    with pytest.raises(ToolMissing):
        locate(GOCYCLO, "", Processes())
    install(GOCYCLO, place.parent, Processes())
    assert locate(GOCYCLO, "", Processes()).version == "0.6.0"
    assert len(list(place.glob(".v0.6.0/*/bin/gocyclo"))) == 1


def test_two_at_once_make_one() -> None:
    both = [started(VULTURE), started(VULTURE)]
    assert [process.wait() for process in both] == [0, 0]
    assert locate(VULTURE, "", Processes()).version == "2.14"
    names = [path.name for path in (tool_directory(os.environ) / "vulture/.2.14").iterdir()]
    assert len(names) == 2
    assert "lock" in names


@pytest.mark.parametrize(
    "package",
    [
        Package("go", "github.com/fzipp/gocyclo/cmd/gocyclo", "v99.0.0"),
        Package("crates.io", "rustfilt", "99.0.0"),
        Package("pypi", "vulture", "99.0.0"),
        Package("npm", "semver", "99.0.0"),
    ],
    ids=lambda package: package.installer,
)
def test_a_version_that_does_not_exist_is_told_in_one_line(package: Package) -> None:
    tool = replace(GOCYCLO, packages=(package,))
    if program(tool) and shutil.which(program(tool)) is None:
        pytest.skip(f"{program(tool)} is not on PATH")
    with pytest.raises(ToolMissing) as caught:
        install(tool, tool_directory(os.environ), Processes())
    assert caught.value.message.startswith(f"{package.installer}: ")
    assert "99" in caught.value.message
    assert "\n" not in caught.value.message
