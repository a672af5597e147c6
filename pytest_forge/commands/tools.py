"""Which tools the checks of a repository need, and where each is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pytest_forge.errors import MeasurementError, NotPrepared
from pytest_forge.execution.prepare import prepare, surroundings
from pytest_forge.execution.process import Processes
from pytest_forge.execution.tools import Located, Wanted, how_to_get, locate, wanted_by
from pytest_forge.plan import PlannedCheck
from pytest_forge.projects import Project
from pytest_forge.session import Session
from pytest_forge.toolchains.declarations import (
    Computation,
    Context,
    Preparation,
    Run,
    Surroundings,
    Tool,
    Toolchain,
)


@dataclass(frozen=True)
class NeededTool:
    """A tool with the gates and the manifests that need it, and where it is.

    `where` is its command, and `why` says why this copy is taken. Where it is missing `where` says
    what gets it, and `why` what was found instead. One that comes with the project's own
    environment, which is not made yet, is not missing. Among the gates "preparing" stands for what
    makes that environment.
    """

    tool: Tool
    version: str
    where: str
    missing: bool
    gates: tuple[str, ...] = ()
    manifests: tuple[str, ...] = ()
    why: str = ""


_WHY = {
    "the project's": "the project's own",
    "forge's": "forge's environment has it",
    "the tool directory's": "forge has installed it",
    "PATH's": "on PATH alone",
}


@dataclass(frozen=True)
class _Need:
    tool: Tool
    gate: str
    project: Project
    interpreter: str


def needed_tools(
    session: Session, environment: Mapping[str, str], language: str = ""
) -> tuple[NeededTool, ...]:
    """Return the tools of all checks that are not exempt, in the order of the gates.

    `language` leaves out the projects of every other one. A tool stands there once for each copy of
    it that is used. Every version probe is run.
    """
    search = _Search(session, surroundings(environment))
    found: dict[tuple[str, str, str], NeededTool] = {}
    for need in _needs(session, search, language):
        one = search.find(need)
        key = (need.tool.name, one.version, one.where)
        before = found.get(key, one)
        found[key] = replace(
            before,
            gates=tuple(dict.fromkeys((*before.gates, need.gate))),
            manifests=tuple(dict.fromkeys((*before.manifests, need.project.manifest))),
        )
    return (*found.values(), *search.unfit)


def runs_of(run: Run | Computation, toolchain: Toolchain) -> Iterator[Run]:
    """Yield the run itself, or the runs that a computation reads."""
    if isinstance(run, Run):
        yield run
        return
    for name in run.inputs:
        yield from runs_of(toolchain.run(name), toolchain)


def _needs(session: Session, search: "_Search", language: str) -> Iterator[_Need]:
    checks = [one for one in session.checks if _is_asked(one, language)]
    yield from _needs_of_preparing(checks, search)
    order = [gate.id for gate in session.gates]
    for check in sorted(checks, key=lambda one: order.index(one.gate.id)):
        for run in runs_of(check.run, search.session.toolchain(check.project)):
            interpreter = search.interpreter(check.project) if run.prepared else ""
            for tool in run.needs:
                yield _Need(tool, check.gate.id, check.project, interpreter)


def _is_asked(check: PlannedCheck, language: str) -> bool:
    return language in ("", check.project.language) and not check.exemption


def _needs_of_preparing(checks: Iterable[PlannedCheck], search: "_Search") -> Iterator[_Need]:
    prepared = (check.project for check in _prepared(checks, search))
    for project in {(one.manifest, one.language): one for one in prepared}.values():
        preparation = search.session.toolchain(project).preparation
        if preparation is not None and search.environment(project) is None:
            for tool in preparation.needs:
                yield _Need(tool, "preparing", project, "")


def _prepared(checks: Iterable[PlannedCheck], search: "_Search") -> Iterator[PlannedCheck]:
    for check in checks:
        if any(run.prepared for run in runs_of(check.run, search.session.toolchain(check.project))):
            yield check


@dataclass
class _Search:
    """Finds tools; each copy is asked for its version once, each environment looked for once."""

    session: Session
    around: Surroundings
    processes: Processes = field(default_factory=Processes)
    found: dict[tuple[Tool, str, Path | None, Wanted], Located | MeasurementError] = field(
        default_factory=dict
    )
    environments: dict[tuple[str, str], Mapping[str, str] | None] = field(default_factory=dict)
    unfit: list[NeededTool] = field(default_factory=list)

    def find(self, need: _Need) -> NeededTool:
        """Return where the tool is that a project's check, or its preparation, needs."""
        tool = need.tool
        if tool.scope == "project" and not need.interpreter:
            where = "the project's own environment, which the first run makes"
            return NeededTool(tool, "", where, False)
        found = self._located(need)
        if isinstance(found, MeasurementError):
            why = found.message.removeprefix(f"{tool.name} is not there").strip()
            return NeededTool(tool, "missing", how_to_get(tool), True, why=why)
        why = _WHY[found.whose] + (f", not the pinned {found.pinned}" if found.differs else "")
        return NeededTool(tool, found.version or "?", " ".join(found.argv), False, why=why)

    def _located(self, need: _Need) -> Located | MeasurementError:
        tool, project = need.tool, need.project
        directory = self.session.root.directory / project.directory if tool.in_project else None
        wanted = wanted_by(project, tool)
        key = (tool, need.interpreter, directory, wanted)
        if key not in self.found:
            try:
                self.found[key] = locate(tool, need.interpreter, self.processes, directory, wanted)
            except MeasurementError as error:
                self.found[key] = error
        return self.found[key]

    def interpreter(self, project: Project) -> str:
        """Return the interpreter of the project's environment, "" where there is none."""
        return (self.environment(project) or {}).get("python", "")

    def environment(self, project: Project) -> Mapping[str, str] | None:
        """Return the slots of the project's environment, None where there is none yet."""
        key = (project.manifest, project.language)
        if key not in self.environments:
            self.environments[key] = self._environment(project)
        return self.environments[key]

    def _environment(self, project: Project) -> Mapping[str, str] | None:
        preparation = self.session.toolchain(project).preparation
        if preparation is None:
            return None
        try:
            return self._prepared(preparation, project)
        except NotPrepared:
            return None
        except MeasurementError as error:
            if preparation.slot:
                tool = Tool(preparation.slot, error.mend)
                place = (project.manifest,)
                one = NeededTool(tool, "unfit", error.reason, True, ("preparing",), place)
                self.unfit.append(one)
            return None

    def _prepared(self, preparation: Preparation, project: Project) -> Mapping[str, str]:
        root = self.session.root.directory
        directory = root / project.directory
        candidates = preparation.candidates(project, directory, self.around)
        own = root / ".forge" / "environments"
        if not own.is_dir() and not any(Path(one).exists() for one in candidates):
            # Asked further, the preparation would make a lock file.
            raise NotPrepared("there is no environment")
        settings = self.session.settings.of_project(project.directory, project.language)
        context = Context(project, settings, self.session.tree, root, directory, own)
        return prepare(preparation, context, self.around, self.processes, allowed=False)
