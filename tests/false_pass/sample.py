"""A small repository, and the engine's own way from one declared check of it to a result."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from importlib import metadata
from pathlib import Path

from pytest_forge import config
from pytest_forge.engine import Engine, Options
from pytest_forge.execution.process import Processes
from pytest_forge.judging import Gate
from pytest_forge.plan import planned_checks
from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.repository import Discovery
from pytest_forge.results import CheckResult
from pytest_forge.session import Session
from pytest_forge.settings import AdvisorySource, ProjectSettings, Settings
from pytest_forge.toolchains.declarations import Check, Preparation, Step, Surroundings, Toolchain

MANIFEST = "pyproject.toml"
FACTS: Mapping[str, FactValue] = {
    "distribution": "shop",
    "version": "1.0.0",
    "sources": ("src/shop",),
    "packages": ("shop",),
    "dependencies": ("packaging",),
    "has_backend": True,
}
"""What the toolchain of the recorded project knows of it."""

PREPARED = Preparation(
    slot="python",
    candidates=lambda project, directory, around: (sys.executable,),
    needs=(),
    steps=lambda context: (),
    key=lambda project, tree: (),
    provides="bin/python",
)
_FAILING_STEP = Step((sys.executable, "-I", "-S", "-c", "raise SystemExit('no such package')"))
UNPREPARED = replace(
    PREPARED,
    candidates=lambda project, directory, around: (),
    steps=lambda context: (_FAILING_STEP,),
)
_GIT = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath=")


@dataclass(frozen=True)
class Sample:
    """A repository at `root` with one project; `advisories` is a directory of OSV records."""

    root: Path
    facts: Mapping[str, FactValue] = field(default_factory=lambda: FACTS)
    advisories: Path | None = None
    has_projects: bool = True

    def evaluate(self, toolchain: Toolchain, check: Check) -> CheckResult:
        """Run one check as forge runs it, whatever project facts it applies to."""
        check = replace(check, applies=lambda project, settings: True)
        toolchain = replace(toolchain, checks=(check,))
        project = Project(MANIFEST, toolchain.language, "shop", facts=self.facts)
        session = Session(
            root=config.Root(self.root, self.root / MANIFEST),
            settings=Settings(),
            tree=Tree(self.root, (MANIFEST, "src/shop/__init__.py")),
            discovery=Discovery((project,) if self.has_projects else (), (), ()),
            toolchains=(toolchain,),
            gates=(gate_of(check),),
        )
        planned = planned_checks(project, self._settings(), toolchain, session.gates)
        (wanted,) = [one for one in planned if one.check is check]
        around = Surroundings({}, Path(sys.prefix), Path(sys.executable), ())
        engine = Engine(session, Options(jobs=1, keep_going=True), around, Processes())
        try:
            engine.select([wanted])
            engine.require([wanted])
            return engine.result(wanted, 60)
        finally:
            engine.stop()

    def _settings(self) -> ProjectSettings:
        source = AdvisorySource(self.advisories, max_age=timedelta(days=36500))
        return ProjectSettings(advisories=source)


def make(root: Path) -> Sample:
    """Write the repository: one commit that is tagged as version 1.0.0, and one after it."""
    files = {MANIFEST: '[project]\nname = "shop"\n', ".gitignore": ".forge/\n"}
    files["src/shop/__init__.py"] = '# SPDX-License-Identifier: MIT\n"""A shop."""\n'
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for command in (
        ("init", "--quiet", "--initial-branch=main", "--template="),
        ("add", "--all"),
        ("commit", "--quiet", "--message=First"),
        ("tag", "v1.0.0"),
        ("commit", "--quiet", "--allow-empty", "--message=Second"),
    ):
        subprocess.run((*_GIT, *command), cwd=root, check=True, capture_output=True)
    return Sample(root)


def gate_of(check: Check) -> Gate:
    """Return the installed gate that judges a check."""
    (entry,) = metadata.entry_points(group="pytest_forge.gates", name=check.gate)
    gate: Gate = entry.load().GATE
    return gate
