"""Baselines in words: what one holds, and what has changed between two."""

from collections import Counter
from collections.abc import Hashable

from pytest_forge.baselines.entries import Baseline, KnownFinding, KnownMeasure
from pytest_forge.phrases import counted


def difference(before: Baseline, after: Baseline) -> str:
    """Say how many entries were added, removed, improved, made worse or moved."""
    old, new = _entries(before), _entries(after)
    gone = _contents(old, new) + (_items(before) - _items(after))
    come = _contents(new, old) + (_items(after) - _items(before))
    moved = gone & come
    counts = {
        "added": (come - moved).total(),
        "removed": (gone - moved).total(),
        "moved": moved.total(),
        "changed": sum(_value(one) != _value(new[key]) for key, one in old.items() if key in new),
    }
    told = [f"{count} {word}" for word, count in counts.items() if count]
    return f"{', '.join(told) or 'rewritten'}; now {held(after)}"


def held(baseline: Baseline) -> str:
    """Say how much a baseline holds."""
    findings = sum(map(len, baseline.findings.values()))
    measures = sum(map(len, baseline.measures.values()))
    told = [counted(findings, "finding")] if findings else []
    told += [counted(measures, "measure")] if measures else []
    items = sum(map(len, baseline.surface.values()))
    told += [counted(items, "API item")] if items else []
    artifacts = sum(map(len, baseline.artifacts.values()))
    told += [counted(artifacts, "artifact")] if artifacts else []
    return ", ".join(told) or "nothing"


def _entries(baseline: Baseline) -> dict[Hashable, KnownFinding | KnownMeasure]:
    entries: dict[Hashable, KnownFinding | KnownMeasure] = {}
    for check, known in baseline.findings.items():
        entries |= {(check, one.fingerprint): one for one in known}
    for check, measures in baseline.measures.items():
        entries |= {(check, name): one for name, one in measures.items()}
    return entries


def _items(baseline: Baseline) -> Counter[Hashable]:
    return Counter((check, line) for check, lines in baseline.surface.items() for line in lines)


def _contents(
    these: dict[Hashable, KnownFinding | KnownMeasure],
    others: dict[Hashable, KnownFinding | KnownMeasure],
) -> Counter[Hashable]:
    """Count what stands in these alone by what does not change where a file is moved."""
    return Counter(
        (one.rule, one.content) if isinstance(one, KnownFinding) else key
        for key, one in these.items()
        if key not in others
    )


def _value(one: KnownFinding | KnownMeasure) -> float | None:
    return one.value
