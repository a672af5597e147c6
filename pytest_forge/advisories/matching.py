"""What advisories say of a component: the records that hold for it, as findings.

The ids that become rules are those of the ecosystem's own database where it has one (PYSEC,
RUSTSEC, GO), then GHSA, then CVE: the same that the ecosystem's own audit tool prints, so that a
waiver holds whichever of the two is used. Aliases of one vulnerability are one finding.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import reduce

from pytest_forge.advisories import osv
from pytest_forge.advisories.database import Database
from pytest_forge.advisories.osv import Record
from pytest_forge.errors import NothingMeasured
from pytest_forge.model import Component, Finding, Severity
from pytest_forge.phrases import clipped

_PREFERRED = ("PYSEC-", "RUSTSEC-", "GO-", "GHSA-", "CVE-")

_SUMMARY_LENGTH = 100


@dataclass(frozen=True)
class Match:
    """One advisory that holds for a component: all its ids, and the first version without it."""

    component: Component
    ids: frozenset[str]
    severity: Severity
    fixed: str
    summary: str
    url: str


def matches(component: Component, database: Database) -> Iterator[Match]:
    """Yield what the records of a database say of a component."""
    name = osv.ECOSYSTEMS[database.ecosystem].name(component.name)
    for record in database.records.get(name, ()):
        try:
            affected = osv.affected_entry(record, database.ecosystem, name, component.version)
        except ValueError as error:
            raise NothingMeasured(
                f"{component.name} has advisories, but its version {component.version!r} can't be "
                "compared with them",
                f"install a released version of {component.name}",
            ) from error
        if affected is not None:
            yield match_of(component, record, affected)


def match_of(component: Component, record: Record, affected: Record | None) -> Match:
    """Return what a record says of a component; a server need not say which entry holds."""
    if affected is None and component.ecosystem in osv.ECOSYSTEMS:
        with suppress(ValueError):
            affected = osv.affected_entry(
                record, component.ecosystem, component.name, component.version
            )
    fixed = ""
    if affected is not None:
        fixed = osv.fixed_version(affected, component.ecosystem, component.version)
    return Match(
        component=component,
        ids=frozenset({record["id"], *(record.get("aliases") or ())}),
        severity=osv.severity(record, affected or {}),
        fixed=fixed,
        summary=_summary(record),
        url=_reference(record),
    )


def _summary(record: Record) -> str:
    text = str(record.get("summary") or record.get("details") or "").strip()
    line = text.splitlines()[0].lstrip("# ") if text else "no summary"
    return clipped(line, _SUMMARY_LENGTH)


def _reference(record: Record) -> str:
    references = list(record.get("references") or ())
    references.sort(key=lambda one: one.get("type") != "ADVISORY")
    return str(references[0].get("url", "")) if references else ""


def joined(matches: Iterable[Match]) -> list[Match]:
    """Make one of the matches of a component that share an id (an advisory and its aliases)."""
    joined: list[Match] = []
    for match in matches:
        same = [one for one in joined if one.component == match.component and one.ids & match.ids]
        joined = [one for one in joined if one not in same]
        joined.append(reduce(_join, same, match))
    return joined


def _join(one: Match, other: Match) -> Match:
    """Join two records of one vulnerability: a known severity and a known fix win."""
    return Match(
        component=one.component,
        ids=one.ids | other.ids,
        severity=min(one.severity, other.severity, key=list(Severity).index),
        fixed=one.fixed or other.fixed,
        summary=one.summary,
        url=one.url,
    )


def finding(match: Match, manifest: str) -> Finding:
    """Return the finding that stands for a match in the report of `manifest`."""
    component = match.component
    rule, *aliases = sorted(match.ids, key=_preference)
    fixed = f"-> {match.fixed}" if match.fixed else "(no fixed version)"
    also = f" [{', '.join(aliases)}]" if aliases else ""
    scope = "" if component.ships else ", does not ship"
    return Finding(
        measure="findings",
        rule=rule,
        message=f"{component.name} {component.version} ({match.severity}{scope}) {fixed}: "
        f"{match.summary}{also}",
        severity=match.severity,
        path=manifest,
        help_url=match.url,
    )


def _preference(identifier: str) -> tuple[int, str]:
    places = [place for place, start in enumerate(_PREFERRED) if identifier.startswith(start)]
    return (min(places, default=len(_PREFERRED)), identifier)
