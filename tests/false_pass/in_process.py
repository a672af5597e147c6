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


def advisories(directory: Path, content: bytes | None = None) -> Path:
    """Write a database of one advisory on a package that the project does not have."""
    (directory / "PyPI").mkdir(parents=True)
    given = json.dumps(_RECORD).encode() if content is None else content
    (directory / "PyPI" / "record.json").write_bytes(given)
    return directory


def faulty(name: str, fault: Fault, sample: Sample, place: Path) -> Iterator[Faulty]:
    """Yield label, sample and whether only a part was changed, for each way to try the fault.

    Raises `NotRecorded` for a computation of which nobody has said what it reads.
    """
    if name not in DATA:
        raise NotRecorded(
            f"the computation {name} reads no run: add what it reads to DATA in "
            "tests/false_pass/in_process.py"
        )
    yield from DATA[name](fault, sample, place)


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
        (place / "PyPI").mkdir(parents=True)
        yield "no record", replace(sample, advisories=place), False
    if fault not in DAMAGES:
        return
    for number, damage in enumerate(derived(fault, json.dumps(_RECORD).encode())):
        database = advisories(place / str(number), damage.content)
        yield f"record, {damage.label}", replace(sample, advisories=database), damage.partial


def _release_faults(fault: Fault, sample: Sample, place: Path) -> Iterator[Faulty]:
    if fault is Fault.TOOL_MISSING:
        yield "git", sample, False
    if fault is Fault.ZERO_WORK:
        nothing = {name: value for name, value in sample.facts.items() if name != "version"}
        yield "no project", replace(sample, facts=nothing, has_projects=False), False
    if fault is Fault.OTHER_SHAPE:
        configuration = b"[core]\nrepositoryformatversion = 99\n"
        yield "git's version", _with_git_file(sample, place, "config", configuration), False
    elif fault in DAMAGES:
        head = (sample.root / ".git/HEAD").read_bytes()
        for number, damage in enumerate(derived(fault, head)):
            damaged = _with_git_file(sample, place / str(number), "HEAD", damage.content)
            yield f"git's HEAD, {damage.label}", damaged, damage.partial


def _source_faults(fault: Fault, sample: Sample, place: Path) -> Iterator[Faulty]:
    if fault is Fault.ZERO_WORK:
        yield "no source file", replace(sample, facts={**sample.facts, "sources": ()}), False


def _with_git_file(sample: Sample, place: Path, name: str, content: bytes) -> Sample:
    shutil.copytree(sample.root, place, ignore=shutil.ignore_patterns(".forge"))
    (place / ".git" / name).write_bytes(content)
    return replace(sample, root=place)


DATA: Mapping[str, Callable[[Fault, Sample, Path], Iterator[Faulty]]] = {
    "advisories": _advisory_faults,
    "versions": _release_faults,
    "changelog": _release_faults,
    "license-headers": _source_faults,
}
"""The computations that read more than their runs' reports."""

SUBJECT_MATTER = frozenset({"license-headers"})
"""Those of them that judge the project's own files: damaged ones are what they are there for."""
