"""A run since a revision: which projects and checks it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pytest_forge.baselines import store
from pytest_forge.changes.changed import Changes
from pytest_forge.changes.touched import touched
from pytest_forge.phrases import counted
from pytest_forge.plan import PlannedCheck
from pytest_forge.projects import REPOSITORY, Project, Tree
from pytest_forge.repository import split_excluded
from pytest_forge.session import Session


@dataclass(frozen=True)
class Since:
    """The changes, less what is excluded from the run, and the projects that they touch."""

    changes: Changes
    projects: tuple[Project, ...]

    def selected(self, checks: Sequence[PlannedCheck]) -> tuple[PlannedCheck, ...]:
        """Return those of `checks` that the changes concern."""
        return tuple(filter(self._concerns, checks))

    @property
    def why_not(self) -> str:
        """Return why a check is left out."""
        return f"unchanged since {self.changes.revision}"

    def sentence(self, session: Session) -> str:
        """Say what the changes touch."""
        found, every = len(self.projects), len(session.projects)
        what = f"{found} of {counted(every, 'project')}" if found else "no project"
        changes = self.changes
        return f"since {changes.revision} (merge base {changes.base[:12]}): touches {what}"

    def _concerns(self, check: PlannedCheck) -> bool:
        if check.project.language != REPOSITORY:
            return check.project in self.projects
        # The repository's own checks look at the projects, or at every file that there is or was.
        anything = self.changes.paths or self.changes.has_commits
        return bool(anything if check.check.every_file else self.projects)


def since(session: Session, changes: Changes) -> Since:
    """Return what a run concerns that is about `changes` alone."""
    paths = Tree(session.root.directory, changes.paths)
    kept = split_excluded(paths, session.settings.exclude)[0]
    changes = replace(changes.within(kept.has), exclude=session.settings.exclude)

    def depends(project: Project) -> tuple[str, ...]:
        return session.settings.of_project(project.directory, project.language).depends

    # A baseline belongs to its project, wherever it lies.
    known = (one.manifest for one in session.projects if _is_known_otherwise(one, session, changes))
    return Since(changes, touched((*changes.paths, *known), session.projects, depends))


def _is_known_otherwise(project: Project, session: Session, changes: Changes) -> bool:
    root, key = session.root.directory, store.key_of(project)
    stored = (store.path_of(root, key, kind) for kind in ("", "benchmarks"))
    return any(path.relative_to(root).as_posix() in changes.paths for path in stored)
