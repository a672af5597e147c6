"""The faults of what computations read beside their runs: git's data, and advisory records."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest import mock

from false_pass.damages import derived
from false_pass.faults import DAMAGES, Fault
from false_pass.recordings import NotRecorded
from false_pass.sample import Sample
from false_pass.subjects import Subject

from pytest_forge.projects import Tree
from pytest_forge.releases.comparing import last_release_worktree, release_worktree
from pytest_forge.toolchains.declarations import Run

_RECORD = {
    "id": "GHSA-0000-0000-0000",
    "modified": "2024-01-01T00:00:00Z",
    "summary": "made up",
    "affected": [
        {
            "package": {"name": "not-installed", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}],
        }
    ],
}
Faulty = tuple[str, Sample, bool]
_ECOSYSTEMS = ("PyPI", "Go", "crates.io", "Maven", "npm")


def advisories(directory: Path, content: bytes | None = None) -> Path:
    """Write a database of one advisory, in each ecosystem, on a package that nobody has."""
    given = json.dumps(_RECORD).encode() if content is None else content
    for name in _ECOSYSTEMS:
        (directory / name).mkdir(parents=True)
        record = given.replace(b'"PyPI"', f'"{name}"'.encode())
        (directory / name / "record.json").write_bytes(record)
    return directory


def faulty(name: str, fault: Fault, sample: Sample, place: Path) -> Iterator[Faulty]:
    """Yield label, sample and whether only a part was changed, for each way to try the fault.

    `name` is a computation or the manager of a run. Raises `NotRecorded` for one of which nobody
    has said what it reads.
    """
    if name not in DATA:
        raise NotRecorded(
            f"the computation {name} reads no run: add what it reads to DATA in "
            "tests/false_pass/in_process.py"
        )
    yield from DATA[name](fault, sample, place)


def readers(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield what reads more than reports: run or computation, and its name in `DATA`."""
    for run in subject.runs:
        names = (getattr(manager, "__name__", "") for manager in run.around)
        yield from ((run.name, name) for name in names if name in DATA)
    name = subject.declared.name
    if not isinstance(subject.declared, Run) and (name in DATA or not subject.runs):
        yield name, name


@contextmanager
def surroundings(sample: Sample, fault: Fault) -> Iterator[None]:
    """Keep git from what lies above the sample; where the fault is a missing tool, from itself."""
    changed = {"GIT_CEILING_DIRECTORIES": str(sample.root.parent)}
    if fault is Fault.TOOL_MISSING:
        changed["PATH"] = str(sample.root / "nowhere")
    with mock.patch.dict(os.environ, changed):
        yield


def _advisory_faults(fault: Fault, sample: Sample, place: Path) -> Iterator[Faulty]:
    if fault is Fault.ZERO_WORK:
        for name in _ECOSYSTEMS:
            (place / name).mkdir(parents=True)
        yield "no record", replace(sample, advisories=place), False
    if fault not in DAMAGES:
        return
    for number, damage in enumerate(derived(fault, json.dumps(_RECORD).encode())):
        database = advisories(place / str(number), damage.content)
        yield f"record, {damage.label}", replace(sample, advisories=database), damage.partial


def _release_faults(fault: Fault, sample: Sample, place: Path) -> Iterator[Faulty]:
    if fault is Fault.ZERO_WORK:
        yield "no project", replace(sample.with_facts({"version": ""}), has_projects=False), False
    yield from _git_faults(fault, sample, place)


def _git_faults(fault: Fault, sample: Sample, place: Path) -> Iterator[Faulty]:
    if fault is Fault.TOOL_MISSING:
        yield "git", sample, False
    if fault is Fault.OTHER_SHAPE:
        configuration = b"[core]\nrepositoryformatversion = 99\n"
        yield "git's version", _with_git_file(sample, place, "config", configuration), False
    elif fault in DAMAGES:
        head = (sample.root / ".git/HEAD").read_bytes()
        for number, damage in enumerate(derived(fault, head)):
            damaged = _with_git_file(sample, place / str(number), "HEAD", damage.content)
            yield f"git's HEAD, {damage.label}", damaged, damage.partial


def _policy_faults(fault: Fault, sample: Sample, place: Path) -> Iterator[Faulty]:
    """Damage what git stores of the merge base's commit."""
    if fault is Fault.ZERO_WORK:
        yield "nothing compared", replace(sample, compares=False), False
    elif fault not in DAMAGES or fault is Fault.OTHER_SHAPE:
        yield from _git_faults(fault, sample, place)
        return
    name = (sample.root / ".git/refs/tags" / sample.merge_base).read_text("ascii").strip()
    path = f"objects/{name[:2]}/{name[2:]}"
    for number, damage in enumerate(derived(fault, (sample.root / ".git" / path).read_bytes())):
        damaged = _with_git_file(sample, place / str(number), path, damage.content)
        yield f"git's object, {damage.label}", damaged, damage.partial


def _source_faults(fault: Fault, sample: Sample, place: Path) -> Iterator[Faulty]:
    if fault is Fault.ZERO_WORK:
        yield (
            "no source file",
            sample.with_facts({"sources": (), "go_files": (), "java_files": ()}),
            False,
        )


def _with_git_file(sample: Sample, place: Path, name: str, content: bytes) -> Sample:
    shutil.copytree(sample.root, place, ignore=shutil.ignore_patterns(".forge"))
    # git writes its objects once, so that they can't be written to.
    (place / ".git" / name).unlink()
    (place / ".git" / name).write_bytes(content)
    return replace(sample, root=place, tree=Tree(place, sample.tree.files))


DATA: Mapping[str, Callable[[Fault, Sample, Path], Iterator[Faulty]]] = {
    "advisories": _advisory_faults,
    "gradle-advisories": _advisory_faults,
    "versions": _release_faults,
    "changelog": _release_faults,
    "license-headers": _source_faults,
    "deprecations": _source_faults,
    "policy": _policy_faults,
    release_worktree.__name__: _git_faults,
    last_release_worktree.__name__: _git_faults,
}
"""The computations that read more than their runs' reports, and the managers around runs."""

SUBJECT_MATTER = frozenset({"license-headers", "deprecations"})
"""Those of them that judge the project's own files: damaged ones are what they are there for."""
