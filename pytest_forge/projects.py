"""Projects, and the read-only view of the repository in which they are found."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TypeAlias

REPOSITORY = "repository"
"""The language of the repository's own checks."""

FactValue: TypeAlias = str | bool | tuple[str, ...]


@dataclass(frozen=True)
class Tree:
    """The files of a repository that git tracks or does not ignore, as POSIX paths below `root`.

    `included` are those that the user says belong to products, wherever they stand.
    """

    root: Path
    files: tuple[str, ...]
    included: frozenset[str] = frozenset()

    def read(self, path: str) -> bytes:
        """Return the content of `path`, relative to the root; OSError where it can't be read."""
        return (self.root / path).read_bytes()

    def has(self, path: str) -> bool:
        """Tell whether `path` is one of the files."""
        return path in self._index

    def below(self, directory: str) -> tuple[str, ...]:
        """Return the files below `directory` ("." is the root), as paths below the root."""
        if directory in ("", "."):
            return self.files
        prefix = directory.rstrip("/") + "/"
        return tuple(path for path in self.files if path.startswith(prefix))

    def ending(self, suffixes: Collection[str], places: Iterable[str]) -> tuple[str, ...]:
        """Return the files with one of the suffixes (".py") at or below `places`, in order."""
        found = {
            path
            for place in places
            for path in (place, *self.below(place))
            if self.has(path) and PurePosixPath(path).suffix in suffixes
        }
        return tuple(sorted(found))

    @cached_property
    def _index(self) -> frozenset[str]:
        return frozenset(self.files)


@dataclass(frozen=True)
class Project:
    """One project: what its toolchain knows of it before anything runs.

    `manifest` and `directory` are POSIX paths relative to forge's root ("." for the root itself).
    `facts` are the toolchain's own (sources, packages, which linter is configured); `exempt` maps
    a gate id, or `gate::check`, to the reason for which it cannot apply by nature. `members` are
    the manifests that the project owns (a workspace's). `published` are the members of a workspace
    that are released on their own, each with its own version, tags and API (with facts of the same
    meaning); none where the project is released as one. `limits` are those that the project states
    for itself in its tools' own configuration, by measure ("coverage.total", "complexity.max").
    """

    manifest: str
    language: str
    name: str
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    exempt: Mapping[str, str] = field(default_factory=dict)
    members: tuple[str, ...] = ()
    limits: Mapping[str, float] = field(default_factory=dict)
    published: tuple["Project", ...] = ()

    @property
    def released(self) -> tuple["Project", ...]:
        """Return what is released on its own: the published members, else the project itself."""
        return self.published or (self,)

    @property
    def directory(self) -> str:
        """Return the directory of the manifest, relative to forge's root."""
        return str(PurePosixPath(self.manifest).parent)

    def text(self, fact: str) -> str:
        """Return a fact that is text, "" where it is not known."""
        value = self.facts.get(fact, "")
        return value if isinstance(value, str) else ""

    def flag(self, fact: str) -> bool:
        """Tell whether a fact holds."""
        return bool(self.facts.get(fact, False))

    def words(self, fact: str) -> tuple[str, ...]:
        """Return a fact that is a list, () where it is not known."""
        value = self.facts.get(fact, ())
        return value if isinstance(value, tuple) else ()
