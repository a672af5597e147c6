"""What each of forge's errors means, what usually causes it, and what mends it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pytest_forge.errors import ErrorName


@dataclass(frozen=True)
class Explained:
    """The meaning of an error, and the ways to mend it, the likeliest first."""

    meaning: str
    mends: tuple[str, ...]


EXPLANATIONS: Mapping[ErrorName, Explained] = MappingProxyType(
    {
        ErrorName.TOOL_MISSING: Explained(
            "The program that the check runs is not there, does not answer when it is asked for "
            "its version, or is not of the version that the project pins.",
            (
                "The reason of the check holds the command that installs the tool. Where that is "
                "`pytest-forge install`, it fetches every missing tool of this repository.",
                "`pytest-forge doctor` lists every tool, where it was found and what is missing. "
                "A tool is taken from the project's environment, then from forge's, then from "
                "forge's tool directory, then from PATH.",
            ),
        ),
        ErrorName.NOT_PREPARED: Explained(
            "The project's own dependencies are not installed, and installing them failed or was "
            "not allowed.",
            (
                "Run once without --forge-no-prepare.",
                "Install them yourself into the project's own environment, which forge then takes; "
                "the output of the command that failed is below .forge/environments.",
            ),
        ),
        ErrorName.NO_REFERENCE: Explained(
            "What the check compares with can't be had: the tag of the last release, the base "
            "commit, or vulnerability data for the ecosystem.",
            (
                "A shallow clone has no tags: `git fetch --unshallow --tags`.",
                "Tags that have a form of their own need the setting tag-pattern.",
                "Without a feed, name a directory with OSV's data: the setting "
                "advisories.database, or the environment variable FORGE_ADVISORIES.",
            ),
        ),
        ErrorName.TOOL_CRASHED: Explained(
            "The tool ended with an exit status that is not declared for it, was killed by a "
            "signal, or said that it found something and reported nothing.",
            (
                "The reason holds the last line that it printed; all of its output is in the "
                "check's directory below .forge.",
                "Run the check's command, which stands in report.json, by hand.",
            ),
        ),
        ErrorName.TIMED_OUT: Explained(
            "The run took longer than its limit. All its processes were ended.",
            (
                'Allow it more time: timeouts = { "NAME" = "30m" }, with the name in the reason.',
                "See in its output below .forge what it was waiting for.",
            ),
        ),
        ErrorName.OUTPUT_UNREADABLE: Explained(
            "The tool's output is missing, empty, cut off, or not in the form that its supported "
            "versions write. Nothing is concluded from the part that could be read.",
            (
                "Run the check's command by hand and look at what it prints.",
                "Compare the tool's version, which `pytest-forge doctor` shows, with those that "
                "the documentation names.",
            ),
        ),
        ErrorName.NOTHING_MEASURED: Explained(
            "The tool ran, but examined nothing: no files, tests, statements, packages or "
            "advisories. Or no check supplies what the gate needs. An empty result is not a good "
            "one.",
            (
                "The reason says what was expected: often a path in the tool's own settings that "
                "fits nothing, or tests that are all skipped.",
                "Where there is nothing to measure, say so with a reason: "
                'exempt = { integration-tests = "a pure parser: nothing to integrate" }.',
            ),
        ),
    }
)
"""Every error of forge."""
