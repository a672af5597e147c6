"""Waivers: somebody answers for a finding until a date; it is marked, never removed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from pytest_forge.globs import matches
from pytest_forge.model import Finding
from pytest_forge.settings import Waiver

HELD = "waiver"


def fits(waiver: Waiver, rule: str, path: str | None = None) -> bool:
    """Tell whether the waiver is for this rule, at this path; a glob fits no finding without one.

    For a limit that no finding breaks ("coverage.line"), the rule is the measure's name.
    """
    if waiver.rule != rule:
        return False
    return not waiver.path or (path is not None and matches(waiver.path, path))


def is_live(waiver: Waiver, today: date) -> bool:
    """Tell whether the waiver still holds; its last day is `expires`."""
    return today <= waiver.expires


def marked(
    findings: Iterable[Finding], waivers: Sequence[Waiver], today: date
) -> tuple[Finding, ...]:
    """Mark the findings that a live waiver fits; what something else holds stays as it is."""
    live = [waiver for waiver in waivers if is_live(waiver, today)]
    return tuple(
        replace(finding, held_by=HELD)
        if finding.held_by is None
        and any(fits(waiver, finding.rule, finding.path) for waiver in live)
        else finding
        for finding in findings
    )


def sentence(waiver: Waiver, today: date) -> str:
    """Return the line that a report shows for a waiver that fits something."""
    where = f" in {waiver.path}" if waiver.path else ""
    if not is_live(waiver, today):
        return f"the waiver of {waiver.rule}{where} expired on {waiver.expires} and is ignored"
    return (
        f"{waiver.rule}{where} is waived until {waiver.expires}: "
        f"{waiver.reason} (approved by {waiver.approver})"
    )
