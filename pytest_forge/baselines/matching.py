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
    if moves is not None and len(pairs) < min(len(keys), len(entries)):
        left, stale = _without(keys, pairs.keys()), _without(entries, pairs.values())
        pairs |= _pair(left, _followed(stale, left, moves), findings, known)
    return Matched(
        {place: known[entry] for place, entry in pairs.items()},
        tuple(known[place] for place in _without(entries, pairs.values())),
    )


def _without(keys: Mapping[int, Key], places: Iterable[int]) -> dict[int, Key]:
    gone = set(places)
    return {place: key for place, key in keys.items() if place not in gone}


def _followed(stale: Mapping[int, Key], left: Mapping[int, Key], moves: Moves) -> dict[int, Key]:
    """Return the entries of files that were moved, with the paths where these are now."""
    moved = _moved(left.values(), stale.values(), moves)
    return {
        place: (rule, moved[path], digest)
        for place, (rule, path, digest) in stale.items()
        if path in moved
    }


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
    pairs = {}
    if all(findings[place].value is None for place in places):
        pairs = _pair_same(places, entries, findings, known)
    left = sorted(
        set(places) - pairs.keys(), key=lambda place: (-(findings[place].value or 0), place)
    )
    free = sorted(
        set(entries) - set(pairs.values()), key=lambda entry: (-(known[entry].value or 0), entry)
    )
    return pairs | dict(zip(left, free, strict=False))


def _pair_same(
    places: Iterable[int],
    entries: Iterable[int],
    findings: Sequence[Finding],
    known: Sequence[KnownFinding],
) -> dict[int, int]:
    by_print = {known[entry].fingerprint: entry for entry in entries}
    prints = ((place, findings[place].fingerprint) for place in places)
    return {place: by_print[one] for place, one in prints if one in by_print}


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
