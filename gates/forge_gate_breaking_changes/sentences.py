"""The one sentence on a version, for every language: what changed, what it needs, what is declared.

2 breaks and 3 additions since 1.2.0 need at least 2.0.0; 1.3.0 is declared
"""

from pytest_forge.model import VersionStep
from pytest_forge.versions import base, is_prerelease, order


def sentence(step: VersionStep) -> str:
    """Return the sentence on a step from a last release (`step.previous` is not None)."""
    previous = step.previous or ""
    return f"{_changes(step)} since {previous} {_need(step, previous)}; {_declared(step, previous)}"


def _changes(step: VersionStep) -> str:
    counted = [(step.breaks, "break"), (step.additions, "addition")]
    told = [_number(count, noun) for count, noun in counted if count]
    if told:
        return " and ".join(told)
    # Where nothing looked for additions, nobody can say that there was no change.
    return "no break" if step.additions is None else "no change"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _need(step: VersionStep, previous: str) -> str:
    many = (step.breaks or 0) + (step.additions or 0) > 1
    verb = "need" if many else "needs"
    if not step.required:
        return f"{verb} a higher version"
    if is_prerelease(previous):
        return f"{verb} a version above {previous}"
    return f"{verb} at least {step.required}"


def _declared(step: VersionStep, previous: str) -> str:
    declared = step.declared
    if not declared:
        return "the next tag declares the version"
    if order(declared) == order(previous):
        return f"{declared} is still declared"
    if is_prerelease(declared):
        return f"{declared}, on the way to {base(declared)}, is declared"
    return f"{declared} is declared"
