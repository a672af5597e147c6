"""The plan of a measurement, as it travels to the child process that carries it out."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from pytest_forge.measured import Threshold, allowed_loss
from pytest_forge.performance.rules import Limits

PROCESS = "process"
"""The format of a command: not its output counts, but what the system says of its process."""

COUNTED = "instructions"
"""The format of a command whose instructions are counted: the counter's files are what is read."""


@dataclass(frozen=True)
class Side:
    """One of the two trees: what is run where, with which variables beside the usual ones.

    `build` is run once before, if it is not empty. `output` is an empty directory of its own.
    """

    directory: str
    command: tuple[str, ...]
    output: str
    build: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What to measure, and with what to compare.

    `check` is the check's name, `format` that of the tool's output and `source` where it is.
    Without a `base` side the stored sessions (a path, "" for none) are compared with. `unchanged`
    says that there is nothing to compare, since the change has no effect on what runs. `note` is of
    how the base was chosen. `cold` drops the page cache before each process, `runs` are the fresh
    processes of a session. `interpreter` is the project's, whose version is part of the machine's
    fingerprint, as is the hash `lockfile`; `configuration` is that of what is declared. `kept`
    is where the session is left, of which the rest tells.
    """

    check: str
    format: str
    source: str
    head: Side
    base: Side | None = None
    base_name: str = ""
    unchanged: bool = False
    note: str = ""
    cold: bool = False
    runs: int = 5
    stored: str = ""
    stored_name: str = ""
    kept: str = ""
    shown: str = ""
    interpreter: str = ""
    lockfile: str = ""
    configuration: str = ""
    commit: str = ""
    dirty: bool = False
    warn: float = 20.0
    fail: float = 50.0
    strict: bool = False
    thresholds: tuple[Threshold, ...] = ()

    def limits_of(self, name: str) -> Limits:
        """Return what a benchmark may lose."""
        warn, fail = allowed_loss(name, self.warn, self.fail, self.thresholds)
        return Limits(warn / 100, fail / 100, self.strict)


def written(plan: Plan) -> str:
    """Return the plan as JSON."""
    return json.dumps(asdict(plan))


def read(text: str) -> Plan:
    """Return the plan that `written` has written."""
    fields: dict[str, Any] = json.loads(text)
    base = fields.pop("base")
    return Plan(
        head=_side(fields.pop("head")),
        base=None if base is None else _side(base),
        thresholds=tuple(Threshold(**one) for one in fields.pop("thresholds")),
        **fields,
    )


def _side(fields: dict[str, Any]) -> Side:
    words: dict[str, Any] = {name: tuple(fields.pop(name)) for name in ("command", "build")}
    return Side(**fields, **words)
