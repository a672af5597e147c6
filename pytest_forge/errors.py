"""The errors of forge: named measurement errors, and configuration errors.

A measurement error means that a check could not measure what it promises; it is
reported under its public name and never counts as a pass. A configuration error
ends the run before anything is written.
"""

from enum import StrEnum


class ErrorName(StrEnum):
    """Public names of the reasons for which a check could not measure."""

    TOOL_MISSING = "tool-missing"
    NOT_PREPARED = "not-prepared"
    NO_REFERENCE = "no-reference"
    TOOL_CRASHED = "tool-crashed"
    TIMED_OUT = "timed-out"
    OUTPUT_UNREADABLE = "output-unreadable"
    NOTHING_MEASURED = "nothing-measured"


class ForgeError(Exception):
    """Base of all errors that forge raises on purpose."""


class ConfigurationError(ForgeError):
    """Bad configuration or usage: one line that says what, where and how to mend it (exit 4)."""


class MeasurementError(ForgeError):
    """A check did not measure; `name` is public, `mend` the one command or edit that helps.

    `command`, `tool_version` and `seconds` tell what had been run until then, for the report.
    """

    name: ErrorName

    def __init__(self, message: str, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend
        self.command: tuple[str, ...] = ()
        self.tool_version = ""
        self.seconds = 0.0

    @property
    def reason(self) -> str:
        """The error as one line: what happened, then what mends it."""
        line = f"{self.message}; {self.mend}" if self.mend else self.message
        return " ".join(line.split())


class ToolMissing(MeasurementError):
    """The executable or module is absent, or not in the version that the project pins."""

    name = ErrorName.TOOL_MISSING


class NotPrepared(MeasurementError):
    """The project's own dependencies are not installed and could not be."""

    name = ErrorName.NOT_PREPARED


class NoReference(MeasurementError):
    """What the check compares with can't be had: release tag, base commit, advisory data."""

    name = ErrorName.NO_REFERENCE


class ToolCrashed(MeasurementError):
    """Undeclared exit status, a signal, or a findings status without a finding."""

    name = ErrorName.TOOL_CRASHED


class TimedOut(MeasurementError):
    """The run took longer than its limit and its process group was ended."""

    name = ErrorName.TIMED_OUT


class OutputUnreadable(MeasurementError):
    """Missing, truncated, malformed or foreign-version output."""

    name = ErrorName.OUTPUT_UNREADABLE


class NothingMeasured(MeasurementError):
    """The tool ran, but examined nothing."""

    name = ErrorName.NOTHING_MEASURED
