"""How the tasks of the run graph are named, what they hold, and which need the dependencies."""

from pytest_forge.execution.graph import WHOLE_MACHINE, Key
from pytest_forge.plan import PlannedCheck
from pytest_forge.projects import Project
from pytest_forge.toolchains.declarations import Computation, Hold, Run


def uses_preparation(run: Run) -> bool:
    """Tell whether a run needs the dependencies, or may run the environment's copy of a tool."""
    return run.prepared or any(tool.scope != "forge" for tool in run.needs)


def run_key(run: Run | Computation, check: PlannedCheck) -> Key:
    """Return the name of the task that executes a run, however many checks read it."""
    project = check.project
    return ("run", project.manifest, project.language, run.name, check.variant)


def preparation_key(project: Project) -> Key:
    """Return the name of the task that prepares a project."""
    return ("prepare", project.manifest, project.language)


def held_name(hold: Hold, project: Project) -> str:
    """Return the name of what nobody else may have while a run has it."""
    if hold.scope == "project":
        return f"{project.manifest}:{hold.name}"
    return WHOLE_MACHINE if hold.name == "machine" else hold.name
