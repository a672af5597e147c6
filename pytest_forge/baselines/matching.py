"""Which findings are known: the rule, the path and the line decide, not the line's number."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pytest_forge.baselines.entries import KnownFinding, Moves
from pytest_forge.model import Finding

Key: TypeAlias = tuple[str, str, str]
"""Rule, path and content: findings that are alike in these differ in their occurrence alone."""

Content: TypeAlias = Callable[[Finding], str]
"""The digest of a finding's rule and line, see `fingerprints.content_of`."""

Sense: TypeAlias = Literal["at most", "at least"]


@dataclass(frozen=True)
class Matched:
    """The entry of each known finding by the finding's place, and the entries that fit none."""

    entries: Mapping[int, KnownFinding]
    stale: tuple[KnownFinding, ...]


def match(
    findings: Sequence[Finding],
    known: Sequence[KnownFinding],
    content: Content,
    moves: Moves | None = None,
) -> Matched:
    """Find the entry of each finding, one entry for one finding.

    Of findings that are alike in rule, path and content as many are known as there are entries, so
    that a second one on an equal line is new. What is left is sought in the files that the gone
    ones of its entries have become.
    """
    if not known:
        return Matched({}, ())
    keys = {place: (one.rule, one.path or "", content(one)) for place, one in enumerate(findings)}
    entries = {place: (one.rule, one.path, one.content) for place, one in enumerate(known)}
    pairs = _pair(keys, entries, findings, known)
    left = {place: key for place, key in keys.items() if place not in pairs}
    stale = {place: key for place, key in entries.items() if place not in set(pairs.values())}
    if left and stale and moves is not None:
        moved = _moved(left.values(), stale.values(), moves)
        followed = {
            place: (rule, moved[path], digest)
            for place, (rule, path, digest) in stale.items()
            if path in moved
        }
        pairs |= _pair(left, followed, findings, known)
    used = set(pairs.values())
    return Matched(
        {place: known[entry] for place, entry in pairs.items()},
        tuple(one for place, one in enumerate(known) if place not in used),
    )


def _pair(
    keys: Mapping[int, Key],
    entries: Mapping[int, Key],
    findings: Sequence[Finding],
    known: Sequence[KnownFinding],
) -> dict[int, int]:
    """Pair the places of findings with those of entries of the same key."""
    candidates = _grouped(entries)
    pairs: dict[int, int] = {}
    for key, places in _grouped(keys).items():
        pairs |= _pair_alike(places, candidates.get(key, []), findings, known)
    return pairs


def _grouped(keys: Mapping[int, Key]) -> dict[Key, list[int]]:
    groups: dict[Key, list[int]] = defaultdict(list)
    for place, key in keys.items():
        groups[key].append(place)
    return groups


def _pair_alike(
    places: Sequence[int],
    entries: Sequence[int],
    findings: Sequence[Finding],
    known: Sequence[KnownFinding],
) -> dict[int, int]:
    """Pair what is alike: the same fingerprints first, what has values largest with largest."""
    by_print = {known[entry].fingerprint: entry for entry in entries}
    pairs = {}
    if not any(findings[place].value is not None for place in places):
        pairs = {
            place: by_print[findings[place].fingerprint]
            for place in places
            if findings[place].fingerprint in by_print
        }
    used = set(pairs.values())
    left = sorted(
        (place for place in places if place not in pairs),
        key=lambda place: -(findings[place].value or 0),
    )
    free = sorted(
        (entry for entry in entries if entry not in used),
        key=lambda entry: -(known[entry].value or 0),
    )
    return pairs | dict(zip(left, free, strict=False))


def _moved(left: Iterable[Key], stale: Iterable[Key], moves: Moves) -> dict[str, str]:
    """Return where each gone file has moved to: the likeliest place that has become of it."""
    new = _by_path(left)
    found = {}
    for path, contents in _by_path(stale).items():
        if not path or not moves.is_gone(path):
            continue
        shared = {other: len(contents & those) for other, those in new.items()}
        for other in sorted(filter(shared.__getitem__, shared), key=lambda one: -shared[one]):
            same = moves.resembles(path, other)
            # Where nobody can tell, most of what was known must be there.
            if same or (same is None and 2 * shared[other] > len(contents)):
                found[path] = other
                break
    return found


def _by_path(keys: Iterable[Key]) -> dict[str, set[tuple[str, str]]]:
    contents: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for rule, path, digest in keys:
        contents[path].add((rule, digest))
    return contents


def is_worse(now: float | None, known: float | None, sense: Sense) -> bool:
    """Tell whether a value lies further beyond its limit than the one that is known."""
    if now is None or known is None:
        return False
    return now > known if sense == "at most" else now < known
