"""The keys of the commands whose instructions are counted."""

from typing import Any

from pytest_forge.configuration.artifact_keys import (
    BUILD,
    MANIFEST,
    RUN_COMMAND,
    RUN_OUTPUTS,
    check_command,
)
from pytest_forge.configuration.tables import Key, Table
from pytest_forge.configuration.values import COMMAND, Place
from pytest_forge.measured import CountedCommand

COUNTED = Table(
    "instructions",
    "[tool.pytest-forge.performance.instructions.<name>]",
    "A command whose processor instructions valgrind counts: the check `instructions[<name>]` of "
    "the gate breaking-changes. For code that was compiled ahead of time and for CPython, whose "
    "hash seed is fixed. The count is compared under the name `<name> instructions`, and more than "
    "1 % above the base is a regression.",
    (
        MANIFEST,
        Key(
            "command",
            COMMAND,
            f"It has to do the same work each time. {RUN_COMMAND}{RUN_OUTPUTS}",
            '["{python}", "-m", "shop"]',
            required=True,
        ),
        BUILD,
    ),
)


def counted(fields: dict[str, Any], place: Place) -> CountedCommand:
    """Make the counted command."""
    made = CountedCommand(**fields)
    check_command(made.name, {"command": made.command, "build": made.build}, place)
    return made
