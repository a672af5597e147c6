"""What a user may declare of every project to be measured, whatever its language."""

from pytest_forge.toolchains.declarations import Check, Run, TreeVariables, no_variables
from pytest_forge.toolchains.performance.artifacts import ARTIFACTS, CHECK
from pytest_forge.toolchains.performance.timings import timed


def declared(
    variables: TreeVariables = no_variables, lockfiles: tuple[str, ...] = ()
) -> tuple[tuple[Run, Check], ...]:
    """Return the runs and checks; each check has a variant for each thing that is declared.

    `variables` and `lockfiles` are those of the project's toolchain.
    """
    return ((ARTIFACTS, CHECK), *timed(variables, lockfiles))


DECLARED = declared()
"""The runs and checks of a language in which a command needs nothing to see another tree."""
