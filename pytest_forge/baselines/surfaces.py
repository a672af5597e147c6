"""The public API as the baseline knows it: lines that a reviewer reads in the file's diff."""

from collections.abc import Iterable, Iterator

from pytest_forge.baselines.entries import Known
from pytest_forge.model import ApiItem
from pytest_forge.phrases import few


def lines_of(surface: Iterable[ApiItem]) -> tuple[str, ...]:
    """Return a line for each item: its kind, its name and its signature."""
    return tuple(sorted({_line(one) for one in surface}))


def _line(item: ApiItem) -> str:
    # Some tools give the signature with the item's own name.
    own = item.name.rpartition(".")[2]
    return " ".join(f"{item.kind} {item.name}{item.signature.removeprefix(own)}".split())


def updated(known: tuple[str, ...], now: tuple[str, ...], accepted: bool) -> tuple[str, ...]:
    """Return what is known after a run: all of it where that is accepted, else what is left.

    A check that saw no surface at all leaves what is known.
    """
    if not now:
        return known
    return now if accepted else tuple(line for line in known if line in set(now))


def remarks(surface: Iterable[ApiItem], known: Known) -> Iterator[str]:
    """Say what has come to the public API since the baseline, and what is gone from it."""
    now = set(lines_of(surface))
    if not known.surface or not now or known.adopts:
        return
    before = set(known.surface)
    for word, lines in (("new", now - before), ("no more", before - now)):
        if lines:
            yield f"{word} in the public API, by the baseline: {few(sorted(lines))}"
