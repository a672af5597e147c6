"""The keys of declared artifacts, and what all declarations of a command share."""

import json
import re
from typing import Any

from pytest_forge.configuration.tables import Key, Table
from pytest_forge.configuration.values import (
    COMMAND,
    GLOB,
    TEXT,
    Kind,
    Known,
    Place,
    read_number,
    read_text,
    unknown,
)
from pytest_forge.measured import Artifact

SLOTS = ("build", "directory", "output", "python", "root")
"""What is filled in for `{name}` in a command."""

_SLOT = re.compile(r"\{([a-z][a-z0-9_:.-]*)\}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?(B|kB|MB|GB|KiB|MiB|GiB)")
_BYTES = {"B": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}


def read_size(value: object, place: Place, known: Known) -> int:
    """Read a size such as "200 KiB", "1.5 MB" or "4096 B", in bytes."""
    text = read_text(value, place, known)
    found = _SIZE.fullmatch(text)
    if found is None:
        raise place.wrong(f'{json.dumps(text)} is no size; write one such as "200 KiB" or "2 MB"')
    return int(float(found[1]) * _BYTES[found[2]])


def read_runs(value: object, place: Place, known: Known) -> int:
    """Read a number of processes from 3 upwards: fewer tell nothing of the machine's noise."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise place.expected("an integer", value)
    if value < 3:
        raise place.wrong(f"{value} processes are too few; at least 3")
    return value


def read_percent(value: object, place: Place, known: Known) -> float:
    """Read a number of per cent above 0."""
    number = read_number(value, place, known)
    if not number:
        raise place.wrong("must be above 0; strict = true refuses whatever is confirmed")
    return number


SIZE = Kind("size", read_size)
RUNS = Kind("integer from 3", read_runs)
PERCENT = Kind("per cent", read_percent)

MANIFEST = Key(
    "manifest",
    GLOB,
    "The projects that it belongs to: a manifest's file name, its path, or a glob over paths.",
    '"pyproject.toml"',
    required=True,
)
RUN_COMMAND = (
    "The program and its arguments; no shell is involved. It runs in the project's directory, with "
    "the project's dependencies installed. `{root}`, `{directory}`, `{python}` (the project's "
    "interpreter) and `{output}` (an empty directory of this run) are filled in."
)
RUN_OUTPUTS = (
    " `{build}` is an empty directory of this run too, which lasts from the build to the last "
    "process."
)
BUILD = Key(
    "build",
    COMMAND,
    "A command of the same kind that is run once before, in each tree.",
    '["cargo", "build", "--release"]',
    "none",
)
ARTIFACT = Table(
    "artifacts",
    "[tool.pytest-forge.performance.artifacts.<name>]",
    "An artifact that a project's build must make: the check `artifacts[<name>]` of the gate "
    "compilation.",
    (
        MANIFEST,
        Key(
            "command",
            COMMAND,
            f"The command that builds it. {RUN_COMMAND}",
            '["uv", "build", "--wheel", "--out-dir={output}"]',
            required=True,
        ),
        Key(
            "path",
            TEXT,
            "Where it then is: a glob, below the project's directory or below `{output}/`.",
            '"{output}/*.whl"',
            required=True,
        ),
        Key(
            "limit",
            SIZE,
            "The size that it may have, every file by itself.",
            '"200 KiB"',
            "only its being there counts",
        ),
    ),
)


def artifact(fields: dict[str, Any], place: Place) -> Artifact:
    """Make the artifact; its path must stay in the project's directory, or in the output's."""
    made = Artifact(**fields)
    check_command(made.name, {"command": made.command}, place)
    path = made.path.removeprefix("{output}/")
    if path.startswith("/") or ".." in path.split("/") or "{" in path:
        raise place.key("path").wrong(
            f"{json.dumps(made.path)} must be relative, without .., or begin with {{output}}/"
        )
    return made


def check_command(name: str, commands: dict[str, tuple[str, ...]], place: Place) -> None:
    """Refuse a name that could not stand in a check's, and unknown slots."""
    if not _NAME.fullmatch(name):
        raise place.wrong("its name consists of letters, digits, dots, _ and -")
    for key, words in commands.items():
        for index, word in enumerate(words):
            for slot in _SLOT.findall(word):
                if slot not in SLOTS:
                    at = place.key(key).item(index)
                    raise at.wrong(f"{{{slot}}}: {unknown('slot', slot, SLOTS)}")
