"""What a branch weakens of its performance measurements: fewer of them, larger budgets."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import TypeAlias

from pytest_forge.baselines.store import DIRECTORY
from pytest_forge.git import git
from pytest_forge.measured import Artifact, CountedCommand, Performance, Suite, TimedCommand
from pytest_forge.policy.rules import shown
from pytest_forge.policy.weakening import Weakening, number

_Kind: TypeAlias = Artifact | TimedCommand | Suite | CountedCommand
_BUDGETS = frozenset({"limit", "wall", "cpu", "memory"})
_KINDS = {
    "artifacts": "artifacts",
    "commands": "commands",
    "suites": "benchmarks",
    "counted": "instructions",
}
"""The fields that hold what is measured, with the keys by which users know them."""

_SESSIONS = f":(glob){DIRECTORY}/*.benchmarks.json"
_CHANGED = ("compare", "base")


def weakened(before: Performance, after: Performance, source: str) -> Iterator[Weakening]:
    """Yield what is measured no more or otherwise, and what may be lost where it might not."""
    for field, table in _KINDS.items():
        yield from _measured(getattr(before, field), getattr(after, field), table, source)
    for name in ("warn", "fail"):
        yield from _lost(name, before, after, source)
    if before.strict and not after.strict:
        yield Weakening(source, "performance.strict", "strict", "not strict")
    for name in _CHANGED:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield Weakening(source, f"performance.{name}", shown(old), shown(new))


def _measured(
    before: tuple[_Kind, ...], after: tuple[_Kind, ...], table: str, source: str
) -> Iterator[Weakening]:
    now = {one.name: one for one in after}
    for one in before:
        key = f"performance.{table}.{one.name}"
        if one.name not in now:
            yield Weakening(source, key, "measured", "removed")
        else:
            yield from _changed(one, now[one.name], key, source)


def sessions(root: Path, commit: str) -> Iterator[Weakening]:
    """Yield the files of stored sessions that are not as they were: what is slow may be in them.

    Raises `GitError`.
    """
    names = git(root, "diff", "--name-only", "--relative", "-z", commit, "--", _SESSIONS)
    for name in filter(None, names.split("\0")):
        yield Weakening(name, "stored benchmark sessions", "as at the merge base", "changed")


def _changed(
    before: _Kind,
    after: _Kind,
    key: str,
    source: str,
) -> Iterator[Weakening]:
    """Yield budgets that are larger or gone, and whatever else is not as it was."""
    for name in (one.name for one in fields(before)):
        old, new = getattr(before, name), getattr(after, name)
        if name in _BUDGETS:
            if _is_larger(old, new):
                yield Weakening(source, f"{key}.{name}", number(old), number(new))
        elif old != new:
            yield Weakening(source, f"{key}.{name}", shown(old), shown(new))


def _lost(name: str, before: Performance, after: Performance, source: str) -> Iterator[Weakening]:
    """Yield the per cent that may be lost more, by all benchmarks or by those of one glob."""
    old, new = getattr(before, name), getattr(after, name)
    if _is_larger(old, new):
        yield Weakening(source, f"performance.{name}", number(old), number(new))
    globs = [one.benchmark for one in (*before.thresholds, *after.thresholds)]
    for glob in dict.fromkeys(globs):
        was, is_now = _threshold(name, glob, before), _threshold(name, glob, after)
        # What the general threshold lost is said already.
        if _is_larger(was, is_now) and (was, is_now) != (old, new):
            key = f"performance.threshold of {glob}, {name}"
            yield Weakening(source, key, number(was), number(is_now))


def _threshold(name: str, glob: str, performance: Performance) -> float:
    """Return what holds for the benchmarks of a glob: the last that states it, else the general."""
    stated = [
        getattr(one, name)
        for one in performance.thresholds
        if one.benchmark == glob and getattr(one, name) is not None
    ]
    value: float = stated[-1] if stated else getattr(performance, name)
    return value


def _is_larger(before: float | None, after: float | None) -> bool:
    return before is not None and (after is None or after > before)
