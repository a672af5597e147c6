"""What a language hands to `record.py`: its base project, its cases, and how they are prepared."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Run, Toolchain

Files = Mapping[str, str | bytes | None]
"""Contents by path; a file whose content is None is left out."""


@dataclass(frozen=True)
class Case:
    """One recording: a run over the base project with `files` laid over it (None: left out).

    `arguments` are added to the last command; `release` are the files of the last release.
    `version` stands for a tool that cannot tell its own; `variant` is the check's.
    """

    run: str
    name: str
    why: str
    files: Files = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    release: Files | None = None
    version: str = ""
    variant: str = ""


def write(directory: Path, files: Files) -> None:
    """Write files; one whose content is None is left out."""
    for name, content in files.items():
        if content is None:
            continue
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


@contextmanager
def _nothing(home: Path) -> Iterator[Mapping[str, str]]:
    yield {}


@dataclass(frozen=True)
class Language:
    """A toolchain, the project that its cases change, and what they need.

    `manifests` are the base project's, the best first. `prepared` is entered with a directory for
    everything that is recorded; the slots that it yields are for all cases. `further_runs` are not
    declared by the toolchain. `settings` are the user's.
    """

    toolchain: Toolchain
    manifests: tuple[str, ...]
    base: Files
    cases: tuple[Case, ...]
    further_runs: tuple[Run, ...] = ()
    settings: ProjectSettings = field(default_factory=ProjectSettings)
    prepared: Callable[[Path], AbstractContextManager[Mapping[str, str]]] = _nothing

    @property
    def runs(self) -> dict[str, Run]:
        """Return the runs by name."""
        declared = (*self.toolchain.runs, *self.further_runs)
        return {run.name: run for run in declared if isinstance(run, Run)}
