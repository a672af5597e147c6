"""The specimens: small real SDKs as git repositories, and the defects that are laid over them.

`LANGUAGE/clean` is the SDK, `LANGUAGE/released` what its last release looked like (as an overlay
over clean), and `LANGUAGE/defects/<gate>/<name>` one overlay for each defect. An overlay holds the
files that it replaces or adds; a file DELETE lists paths that go away, one a line; a file whose
name ends in `.base64` is laid decoded under the name without the suffix, so that a secret in a
defect is none in this repository. `defect.toml` says what forge must find and is not laid itself.
"""

import base64
import os
import shutil
import subprocess
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pytest_forge.errors import ErrorName
from pytest_forge.model import Outcome

DIRECTORY = Path(__file__).parent
ADVISORIES = DIRECTORY / "advisories"

_ENCODED = ".base64"
_IDENTITY = {
    "GIT_AUTHOR_NAME": "Parcel Kit",
    "GIT_AUTHOR_EMAIL": "kit@parcels.example",
    "GIT_COMMITTER_NAME": "Parcel Kit",
    "GIT_COMMITTER_EMAIL": "kit@parcels.example",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


@dataclass(frozen=True)
class Specimen:
    """The SDK of one language, whose manifest is `manifest`."""

    language: str
    manifest: str

    @property
    def clean(self) -> Path:
        """Return the directory of the SDK as it is now."""
        return DIRECTORY / self.language / "clean"

    @property
    def released(self) -> Path:
        """Return the overlay that makes it what was released as 1.0.0."""
        return DIRECTORY / self.language / "released"

    def defects(self) -> list["Defect"]:
        """Return every defect, sorted by gate and name."""
        found = (DIRECTORY / self.language / "defects").glob("*/*/defect.toml")
        return [_read(self, path.parent) for path in sorted(found)]

    def defect(self, identifier: str) -> "Defect":
        """Return the defect `gate/name`; KeyError where there is none."""
        return {one.id: one for one in self.defects()}[identifier]

    def write_released(self, root: Path) -> None:
        """Write the released SDK at `root`; it is the clean one where nothing has changed since."""
        _copy(self.clean, root)
        if self.released.is_dir():
            _copy(self.released, root)
            _delete(_deleted(self.released), root)

    def write(self, root: Path) -> None:
        """Write the SDK as it is now at `root`, over the released one or nothing."""
        _copy(self.clean, root)


PYTHON = Specimen("python", "pyproject.toml")
RUST = Specimen("rust", "Cargo.toml")
GO = Specimen("go", "go.mod")
JAVA = Specimen("java", "pom.xml")
JAVA_GRADLE = Specimen("java-gradle", "settings.gradle")
CSHARP = Specimen("csharp", "Pager.slnx")
TYPESCRIPT = Specimen("typescript", "package.json")
JAVASCRIPT = Specimen("javascript", "package.json")
"""Plain JavaScript, of TypeScript's column; it has no defects and no earlier release."""

SPECIMENS = (PYTHON, RUST, GO, JAVA, CSHARP, TYPESCRIPT)


@dataclass(frozen=True)
class Defect:
    """One defect and what forge must say of it.

    `check` is the id of the check that finds it, from the gate on; `reason` a regular expression
    for its one-line reason; `error` is set where `outcome` is an error. `beside` names other checks
    of the gate, and `also` other gates, that can't pass either because of the same defect.
    """

    specimen: Specimen
    gate: str
    name: str
    check: str
    outcome: Outcome
    reason: str
    error: ErrorName | None
    beside: tuple[str, ...]
    also: tuple[str, ...]
    directory: Path

    @property
    def id(self) -> str:
        """Return `gate/name`."""
        return f"{self.gate}/{self.name}"

    @property
    def files(self) -> Mapping[str, bytes]:
        """Return what is laid: the content by path below the repository."""
        found = sorted(path for path in self.directory.rglob("*") if path.is_file())
        laid = [path for path in found if path.name not in ("DELETE", "defect.toml")]
        pairs = (_decoded(path, path.relative_to(self.directory).as_posix()) for path in laid)
        return dict(pairs)

    @property
    def deleted(self) -> tuple[str, ...]:
        """Return the paths that go away, files or directories."""
        return _deleted(self.directory)

    @property
    def changes_the_manifest(self) -> bool:
        """Tell whether what the clean specimen depends on or is called does not hold here."""
        return self.specimen.manifest in self.files


def repository(
    specimens: Mapping[str, Specimen], root: Path, tags: tuple[str, ...] = ("v1.0.0",)
) -> Path:
    """Build a repository of specimens by their directories, with tags for its release."""
    for directory, specimen in specimens.items():
        specimen.write_released(root / directory)
    _git(root, 0, "init", "--quiet", "--initial-branch=main", "--template=")
    _commit(root, 0, "Track parcels")
    for tag in tags:
        _git(root, 0, "tag", tag)
    for directory, specimen in specimens.items():
        specimen.write(root / directory)
    _commit(root, 1, "Check parcel numbers")
    return root


def lay(defect: Defect, over: Path, directory: str = ".") -> None:
    """Lay a defect over the clean specimen in a repository, and commit it on the branch `defect`.

    A defect that lay there before goes away. What git ignores stays, so that an environment which
    was prepared for one defect serves the next.
    """
    take_away(over)
    _git(over, 2, "checkout", "--quiet", "-B", "defect")
    _delete(defect.deleted, over / directory)
    for path, content in defect.files.items():
        target = over / directory / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    _commit(over, 2, f"Lay {defect.id}")


def take_away(over: Path) -> None:
    """Bring the repository at `over` back to the clean specimen."""
    _git(over, 2, "checkout", "--quiet", "--force", "main")
    _git(over, 2, "clean", "--quiet", "--force", "-d")


def _read(specimen: Specimen, directory: Path) -> Defect:
    data = tomllib.loads((directory / "defect.toml").read_text(encoding="utf-8"))
    error = data.pop("error", None)
    return Defect(
        specimen=specimen,
        gate=directory.parent.name,
        name=directory.name,
        check=data.pop("check"),
        outcome=Outcome(data.pop("outcome")),
        reason=data.pop("reason"),
        error=None if error is None else ErrorName(error),
        beside=tuple(data.pop("beside", ())),
        also=tuple(data.pop("also", ())),
        directory=directory,
        **data,
    )


def _decoded(path: Path, name: str) -> tuple[str, bytes]:
    content = path.read_bytes()
    if name.endswith(_ENCODED):
        return name.removesuffix(_ENCODED), base64.b64decode(content)
    return name, content


def _deleted(overlay: Path) -> tuple[str, ...]:
    listing = overlay / "DELETE"
    return tuple(listing.read_text(encoding="utf-8").split()) if listing.exists() else ()


def _copy(source: Path, target: Path) -> None:
    # What tools leave behind in the source tree is no part of the specimen.
    left = ("__pycache__", ".*_cache", ".venv", "target", "node_modules", "DELETE")
    caches = shutil.ignore_patterns(*left)
    # New times: in a fresh clone all files have one time, and git takes two files of one size and
    # time for the same file.
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=caches, copy_function=shutil.copy)


def _delete(paths: tuple[str, ...], root: Path) -> None:
    for path in paths:
        target = root / path
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink()


def _commit(root: Path, day: int, message: str) -> None:
    _git(root, day, "add", "--all")
    _git(root, day, "commit", "--quiet", f"--message={message}")


def _git(root: Path, day: int, *args: str) -> None:
    """Run git with an identity and a date of its own, so that commits have the same ids always."""
    date = f"2026-03-0{day + 1}T12:00:00+0000"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    subprocess.run(("git", *args), cwd=root, env={**inherited, **_IDENTITY, **dates}, check=True)
