"""The keys of a profile of the user's own."""

import re
from typing import Any

from pytest_forge.configuration.names import BUILT_IN_PROFILE, LIMITS, SELECTION
from pytest_forge.configuration.tables import Key, Table
from pytest_forge.configuration.values import Place
from pytest_forge.profiles import BUILT_IN
from pytest_forge.settings import Profile

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

PROFILE = Table(
    "profiles",
    "[tool.pytest-forge.profiles.<name>]",
    "A profile of your own, for `--forge-profile <name>`: which gates and checks run, and which "
    "limits hold. What it leaves out is listed as not run.",
    (
        Key(
            "extends",
            BUILT_IN_PROFILE,
            "The built-in profile on which it stands: it takes over what that one runs, and how "
            "strictly it judges.",
            '"pull-request"',
            "none: everything runs, as without a profile",
        ),
        Key(
            "select",
            SELECTION,
            "The gates, and the checks written as `gate::check`, that run; a gate means all its "
            "checks.",
            '["compilation", "types::mypy"]',
            "those of `extends`, else all",
        ),
        Key(
            "skip",
            SELECTION,
            "The gates and checks that do not run, beside those that `extends` leaves out.",
            '["integration-tests"]',
            "[]",
        ),
        Key(
            "limits",
            LIMITS,
            "Limits in place of those of the whole repository; an `override` for some projects "
            "stands above them.",
            '{ "coverage.line" = 95 }',
            "{}",
        ),
    ),
)


def profile(fields: dict[str, Any], place: Place) -> Profile:
    """Make the profile; a built-in one keeps its name and its meaning to itself."""
    made = Profile(**fields)
    if made.name in BUILT_IN:
        raise place.wrong(
            f'this profile is built in; choose another name, with extends = "{made.name}"'
        )
    if not _NAME.fullmatch(made.name):
        raise place.wrong("a profile's name consists of letters, digits, dots, _ and -")
    if made.select is not None and not made.select:
        raise place.key("select").wrong("must not be empty: nothing would run")
    return made
