"""What a new configuration would have to say: exemptions, and today's numbers as limits."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pytest_forge.errors import ErrorName
from pytest_forge.judging import Limit
from pytest_forge.model import Outcome
from pytest_forge.plan import UNMEASURED
from pytest_forge.projects import REPOSITORY, Project
from pytest_forge.results import CheckResult
from pytest_forge.session import Session

_DIGITS = 2


@dataclass(frozen=True)
class Proposal:
    """A gate, or a check as `gate::check`, that can't be measured in some projects, and why.

    Without manifests it concerns the repository itself.
    """

    key: str
    why: str
    manifests: tuple[str, ...]


@dataclass(frozen=True)
class TodaysLimit:
    """A number of today that its limit does not allow: `bound` would allow it just so.

    Without manifests it concerns the repository itself.
    """

    manifests: tuple[str, ...]
    measure: str
    bound: float
    actual: float
    default: float
    unit: str


def without_check(session: Session) -> tuple[Proposal, ...]:
    """Propose to exempt what no check of a project supplies."""
    return _grouped(
        (
            _key(one.gate.id, one.check.name, _names(session, one.project)),
            one.check.nothing,
            (one.project.manifest,),
        )
        for one in session.checks
        if one.check.name == UNMEASURED and not one.exemption
    )


def without_measurement(session: Session, results: Iterable[CheckResult]) -> tuple[Proposal, ...]:
    """Propose to exempt what was run and had nothing to measure."""
    subjects = {(one.manifest, one.language): one for one in session.subjects}
    return _grouped(
        (
            _key(one.gate, _check(one), _names(session, subjects[one.manifest, one.language])),
            one.reason,
            _manifests(one),
        )
        for one in results
        if one.error is ErrorName.NOTHING_MEASURED
    )


def todays_limits(session: Session, results: Iterable[CheckResult]) -> tuple[TodaysLimit, ...]:
    """Return a limit for each number that fails today, the worst where several checks have it."""
    known = _limits(session)
    worst: dict[tuple[tuple[str, ...], str], TodaysLimit] = {}
    for result in results:
        for row in result.limits:
            limit = known.get(row.name)
            if row.ok or limit is None:
                continue
            place, bound = _manifests(result), _lenient(row.actual, limit)
            one = TodaysLimit(place, row.name, bound, row.actual, row.limit, limit.unit)
            before = worst.get((place, row.name))
            if before is None or limit.met(before.actual, one.bound):
                worst[place, row.name] = one
    return tuple(worst.values())


def left_over(session: Session, results: Iterable[CheckResult]) -> tuple[CheckResult, ...]:
    """Return the results that no limit and no exemption mends: other errors and other findings."""
    known = _limits(session)
    return tuple(
        one
        for one in results
        if (one.outcome is Outcome.ERROR and one.error is not ErrorName.NOTHING_MEASURED)
        or any(not row.ok and row.name not in known for row in one.limits)
    )


def _limits(session: Session) -> dict[str, Limit]:
    return {limit.measure: limit for gate in session.gates for limit in gate.limits}


def _check(result: CheckResult) -> str:
    return result.id.rpartition("::")[2]


def _manifests(result: CheckResult) -> tuple[str, ...]:
    """Return where a result belongs: () for the repository's own, which has no manifest."""
    return () if result.language == REPOSITORY else (result.manifest,)


def _lenient(value: float, limit: Limit) -> float:
    """Round to the side on which today's exact value meets the limit."""
    scale = 10**_DIGITS
    rounded = (math.ceil if limit.sense == "at most" else math.floor)(value * scale) / scale
    return rounded if limit.met(value, rounded) else value


def _names(session: Session, project: Project) -> Mapping[str, Sequence[str]]:
    """Return the names of a project's checks by gate."""
    names: dict[str, list[str]] = {}
    for one in session.checks:
        if (one.project.manifest, one.project.language) == (project.manifest, project.language):
            names.setdefault(one.gate.id, []).append(one.check.name)
    return names


def _key(gate: str, check: str, names: Mapping[str, Sequence[str]]) -> str:
    """Name the gate where the check is all that it has there."""
    alone = list(names[gate]) == [check]
    return gate if alone else f"{gate}::{check}"


def _grouped(rows: Iterable[tuple[str, str, tuple[str, ...]]]) -> tuple[Proposal, ...]:
    """Join what is the same in several projects; a row is key, reason and manifests."""
    joined: dict[str, Proposal] = {}
    for key, why, manifests in rows:
        before = joined.get(key, Proposal(key, why, ()))
        joined[key] = Proposal(key, before.why, (*before.manifests, *manifests))
    return tuple(joined.values())
