"""What a user may declare of every project to be measured, whatever its language."""

from pytest_forge.toolchains.declarations import Check, Run
from pytest_forge.toolchains.performance import artifacts

DECLARED: tuple[tuple[Run, Check], ...] = ((artifacts.ARTIFACTS, artifacts.CHECK),)
"""The runs and checks; each check has a variant for each thing that is declared of a project."""
