"""A repository with the C# specimen as a case was recorded on it, and the stand-in for `dotnet`."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from unittest import mock

from replayed.recordings import RECORDINGS
from specimens.defects import CSHARP, repository

from pytest_forge import config
from pytest_forge.execution.process import Processes
from pytest_forge.judging import Gate
from pytest_forge.listing import list_tree
from pytest_forge.plan import planned_checks
from pytest_forge.repository import find_projects
from pytest_forge.results import CheckResult
from pytest_forge.running.engine import Engine
from pytest_forge.running.options import Options
from pytest_forge.session import Session
from pytest_forge.settings import AdvisorySource, ProjectSettings, Settings
from pytest_forge.toolchains.csharp import TOOLCHAIN
from pytest_forge.toolchains.declarations import Surroundings

STAND_IN = Path(__file__).parent / "dotnet.py"


@dataclass(frozen=True)
class Replay:
    """The results of one run of forge's engine, by check from the gate on."""

    results: Mapping[str, CheckResult]

    def said(self, check: str) -> tuple[str, str, str]:
        """Return outcome, error and reason of a check."""
        one = self.results[check]
        return str(one.outcome), str(one.error or ""), one.reason

    @property
    def bad(self) -> set[str]:
        """Return the checks that did not pass."""
        return {name for name, one in self.results.items() if str(one.outcome) != "passed"}


def replay(
    place: Path,
    cases: Mapping[str, str],
    fault: Mapping[str, str] | None = None,
    advisories: Path | None = None,
    gone: str = "",
) -> Replay:
    """Run every check of the specimen, each command answered by the case that is set for its kind.

    The files of the case are laid over the specimen. `fault` is what is wrong with what a kind of
    command leaves, `gone` a file of the specimen that is missing.
    """
    root = repository({".": CSHARP}, place / "pager")
    laid = next(iter(cases.values()), "")
    if laid:
        case = json.loads((RECORDINGS / laid / "case.json").read_text(encoding="utf-8"))
        locks = {
            place: (RECORDINGS / laid / name).read_text(encoding="utf-8")
            for place, name in case["written"].items()
            if place.endswith("packages.lock.json")
        }
        lay_over(root, {**case["laid"], **locks})
    if gone:
        (root / gone).unlink()
    with stand_in(place, root, cases, fault or {}):
        return Replay({one.id.partition("::")[2]: one for one in evaluate(root, advisories)})


def lay_over(root: Path, files: Mapping[str, str | None]) -> None:
    """Lay what was laid over the specimen before it was recorded."""
    for name, text in files.items():
        path = root / name
        if text is None:
            # A solution that is gone leaves nothing that forge would measure.
            if path.suffix != ".slnx":
                path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@contextmanager
def stand_in(
    place: Path, root: Path, cases: Mapping[str, str], fault: Mapping[str, str]
) -> Iterator[None]:
    """Have a `dotnet` on PATH that answers from the recordings."""
    setting = place / "setting.json"
    packages = place / "packages"
    document = {
        "recordings": str(RECORDINGS),
        "root": str(root),
        "packages": str(packages),
        "cases": dict(cases),
        "fault": dict(fault),
    }
    setting.write_text(json.dumps(document), encoding="utf-8")
    program = place / "bin" / "dotnet"
    program.parent.mkdir()
    command = shlex.join([sys.executable, "-I", str(STAND_IN), str(setting)])
    program.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    with mock.patch.dict(os.environ, {"PATH": f"{program.parent}:{os.environ['PATH']}"}):
        os.environ.pop("FORGE_ADVISORIES", None)
        yield


def evaluate(root: Path, advisories: Path | None = None) -> list[CheckResult]:
    """Plan and run every check of the project, as forge does."""
    tree = list_tree(root)
    discovery = find_projects(tree, Settings(), (TOOLCHAIN,))
    (project,) = discovery.projects
    session = Session(
        root=config.Root(root, root / project.manifest),
        settings=Settings(),
        tree=tree,
        discovery=discovery,
        toolchains=(TOOLCHAIN,),
        gates=gates(),
    )
    settings = replace(ProjectSettings(), advisories=AdvisorySource(advisories))
    planned = planned_checks(project, settings, TOOLCHAIN, session.gates)
    around = Surroundings({}, Path(sys.prefix), Path(sys.executable), ())
    engine = Engine(session, Options(jobs=2, keep_going=True), around, Processes())
    try:
        engine.select(list(planned))
        engine.require(list(planned))
        return [engine.result(one, 120) for one in planned]
    finally:
        engine.stop()


def gates() -> tuple[Gate, ...]:
    """Return the installed gates."""
    entries = metadata.entry_points(group="pytest_forge.gates")
    return tuple(sorted((entry.load().GATE for entry in entries), key=lambda one: one.order))


def has_dotnet() -> bool:
    """Tell whether there is a real .NET SDK here."""
    try:
        return subprocess.run(["dotnet", "--version"], capture_output=True).returncode == 0
    except OSError:
        return False
