"""Which tools the checks of a repository need, and where each is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pytest_forge.errors import MeasurementError, NotPrepared
from pytest_forge.execution.prepare import prepare, surroundings
from pytest_forge.execution.process import Processes
from pytest_forge.execution.tools import Located, locate
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

    Where it is missing `where` is the command that installs it. One that comes with the project's
    own environment, which is not made yet, is not missing. Among the gates "preparing" stands for
    what makes that environment.
    """

    tool: Tool
    version: str
    where: str
    missing: bool
    gates: tuple[str, ...]
    manifests: tuple[str, ...]


@dataclass(frozen=True)
class _Need:
    tool: Tool
    gate: str
    project: Project
    interpreter: str


def needed_tools(session: Session, environment: Mapping[str, str]) -> tuple[NeededTool, ...]:
    """Return the tools of all checks that are not exempt, in the order of the gates.

    A tool stands there once for each copy of it that is used. Every version probe is run.
    """
    search = _Search(session, surroundings(environment))
    found: dict[tuple[str, str, str], NeededTool] = {}
    for need in _needs(session, search):
        one = search.find(need.tool, need.interpreter)
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


def _needs(session: Session, search: "_Search") -> Iterator[_Need]:
    order = [gate.id for gate in session.gates]
    checks = [one for one in session.checks if not one.exemption]
    yield from _needs_of_preparing(checks, search)
    for check in sorted(checks, key=lambda one: order.index(one.gate.id)):
        for run in runs_of(check.run, search.toolchain(check.project)):
            interpreter = search.interpreter(check.project) if run.prepared else ""
            for tool in run.needs:
                yield _Need(tool, check.gate.id, check.project, interpreter)


def _needs_of_preparing(checks: Iterable[PlannedCheck], search: "_Search") -> Iterator[_Need]:
    for project in _unique(check.project for check in _prepared(checks, search)):
        preparation = search.toolchain(project).preparation
        if preparation is not None and search.environment(project) is None:
            for tool in preparation.needs:
                yield _Need(tool, "preparing", project, "")


def _unique(projects: Iterable[Project]) -> Iterable[Project]:
    return {(one.manifest, one.language): one for one in projects}.values()


def _prepared(checks: Iterable[PlannedCheck], search: "_Search") -> Iterator[PlannedCheck]:
    for check in checks:
        if any(run.prepared for run in runs_of(check.run, search.toolchain(check.project))):
            yield check


@dataclass
class _Search:
    """Finds tools; each copy is asked for its version once, each environment looked for once."""

    session: Session
    around: Surroundings
    processes: Processes = field(default_factory=Processes)
    found: dict[tuple[Tool, str], Located | MeasurementError] = field(default_factory=dict)
    environments: dict[tuple[str, str], Mapping[str, str] | None] = field(default_factory=dict)
    unfit: list[NeededTool] = field(default_factory=list)

    def toolchain(self, project: Project) -> Toolchain:
        """Return the toolchain of a project."""
        return next(one for one in self.session.toolchains if one.language == project.language)

    def find(self, tool: Tool, interpreter: str) -> NeededTool:
        """Return where the tool is beside this interpreter of a project ("": it has none)."""
        if tool.scope == "project" and not interpreter:
            where = "the project's own environment, which the first run makes"
            return NeededTool(tool, "", where, False, (), ())
        key = (tool, interpreter)
        if key not in self.found:
            try:
                self.found[key] = locate(tool, interpreter, self.processes)
            except MeasurementError as error:
                self.found[key] = error
        found = self.found[key]
        if isinstance(found, MeasurementError):
            return NeededTool(tool, "missing", tool.install, True, (), ())
        place = f"{found.whose} {' '.join(found.argv)}"
        return NeededTool(tool, found.version or "?", place, False, (), ())

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
        preparation = self.toolchain(project).preparation
        if preparation is None:
            return None
        try:
            return self._prepared(preparation, project)
        except NotPrepared:
            return None
        except MeasurementError as error:
            tool = Tool(preparation.slot, error.mend)
            place = (project.manifest,)
            self.unfit.append(NeededTool(tool, "unfit", error.reason, True, ("preparing",), place))
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
