"""Where baselines lie: one file for each project below `.forge/baseline/`, committed with it."""

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pytest_forge.baselines import documents, files
from pytest_forge.baselines.documents import Value
from pytest_forge.baselines.entries import Baseline
from pytest_forge.baselines.rows import baseline_of, document_of
from pytest_forge.git import git
from pytest_forge.projects import REPOSITORY, Project

DIRECTORY = ".forge/baseline"
KINDS = ("benchmarks",)
"""What may be stored beside a project's baseline, in files of its own."""

_LONGEST = 150


def key_of(project: Project) -> str:
    """Return the name under which a project's baseline is stored: its manifest.

    The repository's own checks have a file of their own, whichever manifest they are shown at.
    """
    return REPOSITORY if project.language == REPOSITORY else project.manifest


def slug(manifest: str) -> str:
    """Return a file name that no other manifest has, by which people still recognise this one."""
    name = quote(manifest, safe="", errors="surrogateescape")
    if len(name) <= _LONGEST:
        return name
    return f"{name[:_LONGEST]}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def path_of(root: Path, manifest: str, kind: str = "") -> Path:
    """Return the path of a project's baseline, or of what is stored beside it (`benchmarks`)."""
    return root / DIRECTORY / f"{slug(manifest)}{f'.{kind}' if kind else ''}.json"


def read(root: Path, manifest: str) -> Baseline:
    """Return the baseline of a project, an empty one where there is no file.

    Raises `ConfigurationError` with file, line and mend where it is not whole.
    """
    value = read_document(root, manifest)
    return Baseline(manifest) if value is None else baseline_of(value, manifest)


def read_document(root: Path, manifest: str, kind: str = "") -> Value | None:
    """Return what a project's file of this kind holds, None where there is none; as `read`."""
    path = path_of(root, manifest, kind)
    return documents.read(path, path.relative_to(root).as_posix())


def read_at(root: Path, revision: str, manifest: str, kind: str = "") -> Value | None:
    """Return what a project's file of this kind held in a revision of git, None for no file.

    Raises `GitError` where git does not know the revision, else as `read`.
    """
    relative = path_of(root, manifest, kind).relative_to(root).as_posix()
    git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if not git(root, "ls-tree", "--name-only", revision, "--", relative):
        return None
    data = git(root, "show", f"{revision}:./{relative}").encode("utf-8", "surrogateescape")
    return documents.parse(data, f"{revision}:{relative}")


def baseline_at(root: Path, revision: str, manifest: str) -> Baseline:
    """Return the baseline of a project as it stood in a revision of git, as `read_at`."""
    value = read_at(root, revision, manifest)
    return Baseline(manifest) if value is None else baseline_of(value, manifest)


def parse(data: bytes, manifest: str, name: str) -> Baseline:
    """Return the baseline that a file's content holds; `name` is the file's. As `read`."""
    return baseline_of(documents.parse(data, name), manifest)


def write(root: Path, baseline: Baseline) -> None:
    """Store a baseline; the file of an empty one is removed. Raises `ConfigurationError`."""
    path = path_of(root, baseline.manifest)
    if baseline.is_empty:
        files.remove(path)
    else:
        files.write(path, files.render(document_of(baseline)), root / ".forge")


def write_document(root: Path, manifest: str, kind: str, document: dict[str, Any]) -> None:
    """Store a document beside a project's baseline. Raises `ConfigurationError`."""
    files.write(path_of(root, manifest, kind), files.render(document), root / ".forge")


def remove(root: Path, name: str) -> None:
    """Remove one of the files that `stored` names."""
    files.remove(root / DIRECTORY / name)


def stored(root: Path) -> tuple[str, ...]:
    """Return the names of the files that are there, sorted."""
    return tuple(sorted(path.name for path in (root / DIRECTORY).glob("*.json")))
