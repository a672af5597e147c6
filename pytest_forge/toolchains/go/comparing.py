"""What apidiff tells of the packages that others can import; it compares commands too."""

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import apidiff, go_export, go_packages
from pytest_forge.model import Report
from pytest_forge.releases.comparing import COMPARED


def compared(report: Report) -> Report:
    """Return the changes outside of commands, and how many packages were compared.

    Raises `OutputUnreadable` where apidiff's two lists of incompatible changes differ: one of them
    is cut off then.
    """
    if COMPARED in report.unavailable:
        # Each output of a first release is the same report: its note counts once.
        return replace(report, notes=tuple(dict.fromkeys(report.notes)))
    again = _subjects(report, apidiff.INCOMPATIBLE)
    if sorted(again) != sorted(one.message for one in report.findings):
        raise OutputUnreadable(
            f"apidiff names {len(report.findings)} incompatible changes, then {len(again)}",
            "run it again, and see that its disk is not full",
        )
    commands = set(_subjects(report, go_packages.COMMANDS))
    exported = set(_subjects(report, go_export.PACKAGE))
    added = _subjects(report, apidiff.ADDED)
    counts = _outside(commands)
    return replace(
        report,
        findings=tuple(one for one in report.findings if counts(one.message)),
        measures={
            "api.additions": sum(map(counts, added)),
            COMPARED: len(exported - commands),
        },
    )


def _subjects(report: Report, measure: str) -> list[str]:
    return [one.subject for one in report.samples if one.measure == measure]


def _outside(commands: Collection[str]) -> Callable[[str], bool]:
    """Return whether a change is one of a package that is no command."""
    below = "|".join(re.escape(place) for place in commands if place != ".")
    patterns = [rf"\./(?:{below})\.\S", rf"package \S+/(?:{below}): "] if below else []
    if "." in commands:
        # What stands in the module's own directory is named without a path.
        patterns.append(r"(?!\./|package )")
    inside = re.compile("|".join(patterns)) if patterns else None
    return lambda message: inside is None or not inside.match(message)
