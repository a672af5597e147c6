"""Baselines that a branch grows: findings, measures and sizes that it declares to be known."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from pytest_forge.baselines.entries import Baseline, KnownFinding
from pytest_forge.judging import Limit
from pytest_forge.phrases import few
from pytest_forge.policy.bounds import is_laxer
from pytest_forge.policy.weakening import Weakening, number

Limits: TypeAlias = Mapping[str, Limit]
"""The gates' limits by measure."""


def grown(before: Baseline, after: Baseline, path: str, limits: Limits) -> Iterator[Weakening]:
    """Yield what the baseline holds more than before; `path` is the file in which it lies."""
    for check in after.checks:
        yield from _findings(before, after, check, path)
        yield from _measures(before, after, check, path, limits)
    yield from _sizes(before, after, path)


def _findings(before: Baseline, after: Baseline, check: str, path: str) -> Iterator[Weakening]:
    """Yield the findings of a check, known by what they say and not by where their file lies.

    One whose number may be worse than it was counts as new.
    """
    old, new = (one.findings.get(check, ()) for one in (before, after))
    left: dict[tuple[str, ...], list[float]] = {}
    for one in old:
        left.setdefault(_content(one), []).append(_value(one))
    added = []
    for one in sorted(new, key=_value, reverse=True):
        fitting = [value for value in left.get(_content(one), ()) if _value(one) <= value]
        if fitting:
            left[_content(one)].remove(min(fitting))
        else:
            added.append(f"{one.rule} {one.path}".strip())
    if added:
        key = f"baseline of {check}, findings"
        yield Weakening(path, key, f"{len(old)} known", f"{len(new)} known: {few(sorted(added))}")


def _content(one: KnownFinding) -> tuple[str, ...]:
    return (one.rule, one.measure, one.content)


def _value(one: KnownFinding) -> float:
    return 0.0 if one.value is None else one.value


def _measures(
    before: Baseline, after: Baseline, check: str, path: str, limits: Limits
) -> Iterator[Weakening]:
    old, new = (one.measures.get(check, {}) for one in (before, after))
    for measure, now in new.items():
        was = old[measure].value if measure in old else None
        limit = limits.get(measure, Limit(measure, "at most", 0))
        if was is None or is_laxer(limit, was, now.value):
            text = "not known" if was is None else number(was)
            yield Weakening(path, f"baseline of {check}, {measure}", text, number(now.value))


def _sizes(before: Baseline, after: Baseline, path: str) -> Iterator[Weakening]:
    """Yield sizes that may be larger; one that is gone would be taken for a first measurement."""
    for check, old in before.artifacts.items():
        new = after.artifacts.get(check, {})
        for name, size in old.items():
            now = new.get(name)
            if now is None or now > size:
                text = "not known" if now is None else number(now)
                yield Weakening(path, f"baseline of {check}, size of {name}", number(size), text)
