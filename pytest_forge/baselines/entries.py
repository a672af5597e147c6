"""What a baseline holds: frozen values without I/O, and the part of them that one check sees."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Protocol, TypeVar

Held = TypeVar("Held")
"""What one section holds of a check."""

HELD = "baseline"
"""What `held_by` says of a known finding, and of a bound that the baseline sets."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Why a baseline grew, who let it, and on which day (ISO 8601, "" where nobody knows)."""

    reason: str
    by: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class KnownFinding:
    """A finding that is known.

    `fingerprint` is the one that reports show. `content` is a digest of rule and source line alone,
    by which the finding is found again in a file that was moved. `value` is the number that may not
    get worse, where the finding is one item's value beyond its limit. `accepted` is the key of
    an acceptance.
    """

    rule: str
    path: str
    fingerprint: str
    content: str
    measure: str
    accepted: str
    message: str = ""
    value: float | None = None


@dataclass(frozen=True, slots=True)
class KnownMeasure:
    """A measure that was worse than its limit: `value` is its bound until it meets the limit."""

    value: float
    accepted: str


@dataclass(frozen=True)
class Baseline:
    """The baseline of one project, or of the repository's own checks.

    The keys of `findings`, `measures`, `surface` and `artifacts` are checks, as `gate::check`.
    `surface` are the items of the public API as lines, `artifacts` are sizes in bytes by name.
    `acceptances` are the reasons of the entries that name them.
    """

    manifest: str
    findings: Mapping[str, tuple[KnownFinding, ...]] = field(default_factory=dict)
    measures: Mapping[str, Mapping[str, KnownMeasure]] = field(default_factory=dict)
    surface: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    artifacts: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    acceptances: Mapping[str, Acceptance] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is known."""
        return not (self.findings or self.measures or self.surface or self.artifacts)

    @property
    def checks(self) -> tuple[str, ...]:
        """Return the checks of which something is known."""
        sections = (self.findings, self.measures, self.surface, self.artifacts)
        return tuple(sorted({check for section in sections for check in section}))

    def tidied(self) -> "Baseline":
        """Return this baseline without checks of which nothing is known, and unused acceptances."""
        used = self._used()
        return replace(
            self,
            findings=_filled(self.findings),
            measures=_filled(self.measures),
            surface=_filled(self.surface),
            artifacts=_filled(self.artifacts),
            acceptances={key: one for key, one in self.acceptances.items() if key in used},
        )

    def without(self, checks: Collection[str]) -> "Baseline":
        """Return this baseline as if it knew nothing of `checks`."""
        return replace(
            self,
            findings=_left(self.findings, checks),
            measures=_left(self.measures, checks),
            surface=_left(self.surface, checks),
            artifacts=_left(self.artifacts, checks),
        ).tidied()

    def _used(self) -> set[str]:
        """Return the keys of the acceptances that an entry names."""
        findings = chain.from_iterable(self.findings.values())
        measures = chain.from_iterable(known.values() for known in self.measures.values())
        return {one.accepted for one in findings} | {one.accepted for one in measures}


def _filled(section: Mapping[str, Held]) -> dict[str, Held]:
    return {check: known for check, known in section.items() if known}


def _left(section: Mapping[str, Held], gone: Collection[str]) -> dict[str, Held]:
    return {check: known for check, known in section.items() if check not in gone}


class Moves(Protocol):
    """What is known of files that are no longer where the baseline knows them."""

    def is_gone(self, path: str) -> bool:
        """Tell whether there is no such file any more."""

    def resembles(self, old: str, new: str) -> bool | None:
        """Tell whether `new` is what `old` has become; None where nobody can tell."""


@dataclass(frozen=True)
class Known:
    """What the baseline knows of one check.

    `moves` tells of moved files, nothing where it is None. `adopts` says that this run takes what
    it finds into the baseline: what may be adopted counts as known already.
    """

    findings: tuple[KnownFinding, ...] = ()
    measures: Mapping[str, KnownMeasure] = field(default_factory=dict)
    surface: tuple[str, ...] = ()
    artifacts: Mapping[str, float] = field(default_factory=dict)
    moves: Moves | None = None
    adopts: bool = False


def known_of(
    baseline: Baseline, check: str, moves: Moves | None = None, adopts: bool = False
) -> Known:
    """Return the part of a baseline that concerns one check, named `gate::check`."""
    return Known(
        findings=baseline.findings.get(check, ()),
        measures=baseline.measures.get(check, {}),
        surface=baseline.surface.get(check, ()),
        artifacts=baseline.artifacts.get(check, {}),
        moves=moves,
        adopts=adopts,
    )
