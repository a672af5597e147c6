"""Which projects a declaration of the user's belongs to."""

from pathlib import PurePosixPath

from pytest_forge.globs import matches
from pytest_forge.projects import Project


def belongs(project: Project, pattern: str) -> bool:
    """Tell whether a pattern is the name of the project's manifest, or a glob over its path."""
    name = PurePosixPath(project.manifest).name
    return pattern == name or matches(pattern, project.manifest)
