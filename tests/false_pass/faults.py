"""What can go wrong with a run, and the closed list of reasons why something cannot."""

from dataclasses import dataclass
from enum import StrEnum

from pytest_forge.errors import ErrorName


class Fault(StrEnum):
    """The columns of the matrix."""

    TOOL_MISSING = "tool missing"
    NOT_PREPARED = "not prepared"
    UNDECLARED_STATUS = "undeclared exit status"
    KILLED = "killed by a signal"
    TIMEOUT = "timeout"
    EMPTY = "empty output"
    TRUNCATED = "truncated output"
    GARBAGE = "garbage"
    OTHER_SHAPE = "another version or shape"
    ZERO_WORK = "zero work"


ENDINGS = {
    Fault.UNDECLARED_STATUS: "exit 77",
    Fault.KILLED: "kill",
    Fault.TIMEOUT: "sleep",
}
"""The faults of a process's end, as the stand-in is told of them."""

DAMAGES = (Fault.EMPTY, Fault.TRUNCATED, Fault.GARBAGE, Fault.OTHER_SHAPE)
"""The faults of an output's content."""


class Impossible(StrEnum):
    """Why a fault cannot be; `reasons.holds` says of each where it may be used.

    There is no other reason, and none in free words.
    """

    IN_PROCESS = "in-process: no process that could end so"
    NO_PREPARATION = "needs no preparation"
    NO_TOOL = "needs no tool"
    SUBJECT_MATTER = "in-process: reads no report, but the files whose content it judges"
    LINE_END = "lines: a cut between two of them cannot be seen, the proof counts what is left"
    SUPPLEMENT = "a clean run says nothing there: another output is the proof"
    NOT_READ = "not read: what was measured is the same"


@dataclass(frozen=True)
class Part:
    """One way in which a fault was tried: the error that came of it, else the reason for none.

    `run` is what was faulty, `output` the damaged output where it is one, `how` says the rest.
    Neither error nor reason is a false pass, of which `outcome` tells.
    """

    run: str
    output: str = ""
    how: str = ""
    error: ErrorName | None = None
    reason: Impossible | None = None
    outcome: str = ""

    @property
    def label(self) -> str:
        """Return what was tried, on one line."""
        return " ".join(filter(None, (self.run, self.output, self.how)))


@dataclass(frozen=True)
class Cell:
    """Everything that was tried of one fault on one check."""

    parts: tuple[Part, ...]

    @property
    def false_passes(self) -> list[str]:
        """Return what was tried and gave no error, although nothing excuses that."""
        return [
            f"{one.label}: {one.outcome}"
            for one in self.parts
            if one.error is None and one.reason is None
        ]

    @property
    def errors(self) -> tuple[ErrorName, ...]:
        """Return the names of the errors, each once."""
        return tuple(dict.fromkeys(one.error for one in self.parts if one.error))

    @property
    def reasons(self) -> tuple[Impossible, ...]:
        """Return the reasons, each once."""
        return tuple(dict.fromkeys(one.reason for one in self.parts if one.reason))

    @property
    def text(self) -> str:
        """Return the errors; where there are none, the reasons."""
        if self.false_passes or not self.parts:
            return "FALSE PASS"
        return ", ".join(self.errors) or "; ".join(self.reasons)
