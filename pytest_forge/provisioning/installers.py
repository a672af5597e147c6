"""The ecosystems' own installers: the commands with which each puts a package into a place.

Every one proves what it has fetched: PyPI's files by the hashes of a lock file that ships with
forge, crates by cargo's index and the crate's own lock file, Go modules by Go's checksum database,
npm packages by the integrity that the registry states.
"""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pytest_forge.toolchains.declarations import Package

Command = tuple[str, ...]

_LOCKS = Path(__file__).parent / "locks"
# What names another place, another platform, or the settings of somebody's own project.
_NOT_INHERITED = frozenset(
    {
        *("CARGO_BUILD_TARGET", "CARGO_INSTALL_ROOT", "GOARCH", "GOOS", "PIP_PREFIX", "PIP_TARGET"),
        *("PIP_USER", "PYTHONHOME", "PYTHONPATH", "UV_PROJECT_ENVIRONMENT", "VIRTUAL_ENV"),
    }
)


@dataclass(frozen=True)
class Installer:
    """One installer: `commands` put a package into an empty directory, executables into `bin/`.

    `program` is what it needs on PATH, "" for forge's own interpreter. `environment` is added to
    the commands', `{place}` in it is the directory. `leaves` are names in it that are of no use
    when the commands have ended.
    """

    program: str
    commands: Callable[[Package, Path], tuple[Command, ...]]
    environment: Mapping[str, str] = field(default_factory=dict)
    leaves: tuple[str, ...] = ()

    def is_there(self) -> bool:
        """Tell whether the program is on PATH."""
        return not self.program or shutil.which(self.program) is not None


def lock_file(package: Package) -> Path:
    """Return the file with the hashes of a distribution and of all that it depends on.

    `scripts/lock_tools.py` writes these; a package that is not forge's own pin has none.
    """
    name = package.name.replace("[", "-").replace("]", "")
    return _LOCKS / f"{name}-{package.version}.txt"


def inherited(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that an installer may see of those of this process."""
    kept = {name: value for name, value in environment.items() if name not in _NOT_INHERITED}
    if flags := kept.pop("GOFLAGS", ""):
        # A project's `-mod=vendor` forbids to fetch anything else.
        words = (word for word in flags.split() if not word.startswith(("-mod=", "-modfile=")))
        kept["GOFLAGS"] = " ".join(words)
    return kept


def _pypi(package: Package, place: Path) -> tuple[Command, ...]:
    """Make an environment for this tool alone; only wheels, so that nothing of it is built here."""
    python = str(place / "bin" / "python")
    lock = lock_file(package)
    asked: Command = (f"{package.name}=={package.version}",)
    if lock.is_file():
        asked = ("--require-hashes", "-r", str(lock))
    uv = _uv()
    if uv:
        return (
            (uv, "venv", "--quiet", "--python", sys.executable, str(place)),
            (uv, "pip", "install", "--quiet", "--python", python, "--no-build", *asked),
        )
    return (
        (sys.executable, "-m", "venv", str(place)),
        (
            *(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--no-input", "--only-binary", ":all:", *asked),
        ),
    )


def _uv() -> str | None:
    beside = str(Path(sys.executable).parent)
    return shutil.which("uv", path=os.pathsep.join((beside, os.environ.get("PATH", os.defpath))))


def _crates(package: Package, place: Path) -> tuple[Command, ...]:
    asked = (package.name, "--version", f"={package.version}")
    return (("cargo", "install", "--locked", "--root", str(place), *asked),)


def _go(package: Package, place: Path) -> tuple[Command, ...]:
    return (("go", "install", f"{package.name}@{package.version}"),)


def _npm(package: Package, place: Path) -> tuple[Command, ...]:
    quiet = ("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    asked = (*package.along, f"{package.name}@{package.version}")
    return (
        ("npm", "install", "--global", "--prefix", str(place), "--ignore-scripts", *quiet, *asked),
    )


INSTALLERS: Mapping[str, Installer] = {
    "pypi": Installer("", _pypi),
    # The build tree lies in the place, so that it goes with it if the installation is cut off.
    "crates.io": Installer(
        "cargo", _crates, {"CARGO_TARGET_DIR": "{place}/target"}, leaves=("target",)
    ),
    "go": Installer("go", _go, {"GOBIN": "{place}/bin"}),
    "npm": Installer("npm", _npm),
}
"""The installers by the name that a `Package` gives."""
