"""The keys of a tool of the user's own, and what proves that such a tool has measured."""

import re
from typing import Any

from pytest_forge.configuration.names import FORMAT, GATE, MEASURE, MEASURES
from pytest_forge.configuration.tables import Key, Table
from pytest_forge.configuration.values import (
    COMMAND,
    DURATION,
    FLAG,
    GLOB,
    STATUSES,
    TEXT,
    Kind,
    Place,
    read_glob,
    unknown,
)
from pytest_forge.settings import UserTool

PROOFS = {
    "compilation": "files.checked",
    "types": "files.checked",
    "unit-tests": "tests.executed",
    "integration-tests": "tests.executed",
    "quality": "files.checked",
    "security": "files.checked",
    "licenses": "components",
    "breaking-changes": "api.items",
}
"""The measure that proves, gate by gate, that a tool has examined something."""

OTHER_PROOF = "files.checked"
"""The proof for a gate that a plugin adds."""

SLOTS = ("directory", "python", "root", "scratch")
"""What is filled in for `{name}` in a command."""

_SLOT = re.compile(r"\{([a-z][a-z0-9_:.-]*)\}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

OUTPUT = Kind('"stdout", "stderr" or a glob', read_glob)

TOOL = Table(
    "tools",
    "[tool.pytest-forge.tools.<name>]",
    "A tool of your own: a check named `<name>` of one gate, for the projects whose manifest fits.",
    (
        Key("gate", GATE, "The gate that the check feeds.", '"quality"', required=True),
        Key(
            "manifest",
            GLOB,
            "The projects that get the check: a manifest's file name, its path, or a glob over "
            "paths.",
            '"pyproject.toml"',
            required=True,
        ),
        Key(
            "command",
            COMMAND,
            "The program and its arguments; no shell is involved. It runs in the project's "
            "directory. The program is looked for beside the project's interpreter (where "
            "`prepared` is set), beside forge's own and on PATH; one with a slash is a path from "
            "the project's directory. `{root}`, `{directory}`, `{scratch}` (an empty directory of "
            "this run) and `{python}` (the project's interpreter, where `prepared` is set) are "
            "filled in.",
            '["yamllint", "-f", "parsable", "."]',
            required=True,
        ),
        Key("format", FORMAT, "The format of its output.", '"sarif"', required=True),
        Key(
            "output",
            OUTPUT,
            'Where its output is: "stdout", "stderr", or a path or glob below `{scratch}`.',
            '"report.sarif"',
            '"stdout"',
        ),
        Key(
            "proof",
            MEASURE,
            "The measure that must be above 0 as proof that it examined something; below, the "
            "check is the error `nothing-measured`. For SARIF `files.checked` counts the artifacts "
            "that the tool lists, and `rules` the rules, for tools that list no artifacts.",
            '"files.checked"',
            "by gate, see below",
        ),
        Key(
            "supplies",
            MEASURES,
            "Measures that its output must hold, to be judged by the gate's limits. Findings and "
            "tests are judged in any case.",
            '["coverage.line"]',
            "[]",
        ),
        Key("clean", STATUSES, "Exit statuses of a run that found nothing.", "[0]", "[0]"),
        Key(
            "findings",
            STATUSES,
            "Exit statuses of a run that found something; with no finding read it is the error "
            "`tool-crashed`, as is every status that is declared nowhere.",
            "[1]",
            "[]",
        ),
        Key(
            "nothing",
            STATUSES,
            "Exit statuses that say that there was nothing to do (`nothing-measured`).",
            "[5]",
            "[]",
        ),
        Key(
            "gap",
            STATUSES,
            "Exit statuses that say that something which the tool needs is missing "
            "(`tool-missing`).",
            "[155]",
            "[]",
        ),
        Key(
            "version",
            COMMAND,
            "The arguments with which the program prints its version and exits with 0; a program "
            "that is a path or a slot is not asked.",
            '["--version"]',
            '["--version"]',
        ),
        Key(
            "install",
            TEXT,
            "The command that installs it, shown where it is missing.",
            '"pip install yamllint"',
        ),
        Key("timeout", DURATION, "How long it may run.", '"5m"', '"10m"'),
        Key(
            "prepared",
            FLAG,
            "Whether the project's dependencies must be installed before it runs.",
            "true",
            "false",
        ),
    ),
)


def tool(fields: dict[str, Any], place: Place) -> UserTool:
    """Make the tool; its exit statuses must be declared once each, and its slots must exist."""
    made = UserTool(**fields)
    if not _NAME.fullmatch(made.name):
        raise place.wrong("a tool's name consists of letters, digits, dots, _ and -")
    statuses = made.clean + made.findings + made.nothing + made.gap
    twice = [status for status in statuses if statuses.count(status) > 1]
    if twice:
        raise place.wrong(f"the exit status {twice[0]} is declared twice; clean is [0] if not set")
    for index, word in enumerate(made.command):
        for name in _SLOT.findall(word):
            _known_slot(name, made, place.key("command").item(index))
    return made


def _known_slot(name: str, made: UserTool, place: Place) -> None:
    if name == "python" and not made.prepared:
        raise place.wrong("{python} is the project's interpreter: set prepared = true")
    if name not in SLOTS:
        raise place.wrong(f"{{{name}}}: {unknown('slot', name, SLOTS)}")
