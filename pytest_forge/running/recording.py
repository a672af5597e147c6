"""From results to the run's report: what ran, what did not and why, on which commit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pytest_forge import __version__
from pytest_forge.changes.since import Since
from pytest_forge.git import GitError, git
from pytest_forge.plan import PlannedCheck
from pytest_forge.results import CheckResult, Compared, NotRun, RunReport
from pytest_forge.session import Session


@dataclass
class Recorder:
    """Collects results by check id, and the reasons for which checks were left out."""

    session: Session
    results: dict[str, CheckResult] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    since: Since | None = None

    def leave_out(
        self, why: str, checks: Sequence[PlannedCheck], kept: Sequence[PlannedCheck]
    ) -> None:
        """Say why the checks that were not kept are not run; the first reason stays."""
        ids = {check.id for check in kept}
        for check in checks:
            if check.id not in ids:
                self.left_out.setdefault(check.id, why)

    def report(self, notes: Iterable[str] = ()) -> RunReport:
        """Return the run's report, in the order of projects and gates whatever ran first."""
        root = self.session.root.directory
        commit, dirty = _state(self.session)
        not_run = self._not_run()
        return RunReport(
            version=__version__,
            root_directory=str(root),
            commit=commit,
            dirty=dirty,
            complete=not not_run,
            checks=tuple(
                self.results[check.id] for check in self.session.checks if check.id in self.results
            ),
            gate_titles={gate.id: gate.title for gate in self.session.gates},
            not_run=not_run,
            passed_over=self.session.discovery.passed_over,
            excluded=self.session.discovery.excluded,
            notes=(*self.session.notes, *notes, *self._unused_waivers()),
            profile=self.session.profile_name,
            since=self._compared(),
        )

    def _compared(self) -> Compared | None:
        if self.since is None:
            return None
        changes, projects = self.since.changes, self.since.projects
        touched = tuple(dict.fromkeys(project.manifest for project in projects))
        return Compared(changes.revision, changes.base, touched)

    def _not_run(self) -> tuple[NotRun, ...]:
        missing: dict[tuple[str, str], list[PlannedCheck]] = {}
        present: set[tuple[str, str]] = set()
        for check in self.session.checks:
            place = (check.project.manifest, check.gate.id)
            if check.id in self.results:
                present.add(place)
            else:
                missing.setdefault(place, []).append(check)
        rows = [
            NotRun(manifest, gate, self._why(checks, (manifest, gate) in present))
            for (manifest, gate), checks in missing.items()
        ]
        switched_off = [
            NotRun(project.manifest, gate, f"switched off by -p no:forge-gate-{gate}")
            for project in self.session.projects
            for gate in self.session.blocked_gates
        ]
        return (*rows, *switched_off)

    def _why(self, checks: Iterable[PlannedCheck], partly: bool) -> str:
        reasons = {self.left_out.get(check.id, "not reached") for check in checks}
        why = ", ".join(sorted(reasons))
        return f"{why}: {', '.join(check.name for check in checks)}" if partly else why

    def _unused_waivers(self) -> Iterable[str]:
        if self._not_run():
            return
        used: set[tuple[str, str]] = set()
        for result in self.results.values():
            rules = {finding.rule for finding in result.findings}
            broken = {limit.name for limit in result.limits if not limit.ok}
            used |= {(result.gate, rule) for rule in rules | broken}
        for waiver in self.session.settings.waivers:
            if (waiver.gate, waiver.rule) not in used:
                yield f"waiver of {waiver.rule} ({waiver.gate}) fits no finding; take it out"


def _state(session: Session) -> tuple[str, bool]:
    root = session.root.directory
    try:
        commit = git(root, "rev-parse", "HEAD").strip()
        dirty = bool(git(root, "status", "--porcelain").strip())
    except GitError:
        return "", False
    return commit, dirty
