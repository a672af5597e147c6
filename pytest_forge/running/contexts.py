"""What a run is told: its context, the directories that belong to it, and how long it may take."""

import re
from collections.abc import Mapping

from pytest_forge.changes.changed import Changes
from pytest_forge.plan import PlannedCheck
from pytest_forge.projects import Project
from pytest_forge.session import Session
from pytest_forge.toolchains.declarations import Computation, Context, Run


def context_of(
    session: Session,
    check: PlannedCheck,
    scratch: str,
    changes: Changes | None,
    slots: Mapping[str, str] | None = None,
) -> Context:
    """Return what the functions of a check's run may look at; `scratch` lies below `.forge`."""
    root = session.root.directory
    return Context(
        project=check.project,
        settings=check.settings,
        tree=session.tree,
        root=root,
        directory=root / check.project.directory,
        scratch=root / ".forge" / scratch,
        slots=slots or {},
        projects=session.projects,
        cache=root / ".forge" / "cache" / _slug(check.project),
        variant=check.variant,
        policy=session.policy,
        changes=changes,
    )


def timeout_of(run: Run, check: PlannedCheck) -> float:
    """Return a run's timeout in seconds: the user's, for it or for the check, else its own."""
    for name in (run.name, check.check.name):
        if name in check.settings.timeouts:
            return check.settings.timeouts[name].total_seconds()
    return run.timeout


def scratch_of(run: Run | Computation, check: PlannedCheck) -> str:
    """Return the directory, below `.forge`, of a check's run alone."""
    variant = re.sub(r"[^A-Za-z0-9_-]", "-", bracketed(check.variant))
    return f"runs/{_slug(check.project)}-{run.name}{variant}"


def _slug(project: Project) -> str:
    # No directory may be called like a manifest: tools that look upwards would take it for one.
    manifest = project.manifest.replace("/", "-").replace(".", "-")
    return f"{manifest}/{project.language}"


def bracketed(variant: str) -> str:
    """Return a variant as it stands behind a name, "" for none."""
    return f"[{variant}]" if variant else ""
