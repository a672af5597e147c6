"""Known vulnerabilities of a project's dependencies, matched by forge itself.

The data comes from a directory of OSV's own export, which needs no network, or from a server that
answers OSV's queries. The ids that become rules are those of the ecosystem's own database where it
has one (PYSEC, RUSTSEC, GO), then GHSA, then CVE: the same that the ecosystem's own audit tool
prints, so that a waiver holds whichever of the two is used. Aliases of one vulnerability are one
finding.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import reduce

from pytest_forge import osv, osv_server
from pytest_forge.errors import NoReference, NothingMeasured
from pytest_forge.model import Component, Finding, Report, Severity
from pytest_forge.osv import Record
from pytest_forge.settings import AdvisorySource, ProjectSettings
from pytest_forge.toolchains.declarations import Check, Context

_PREFERRED = ("PYSEC-", "RUSTSEC-", "GO-", "GHSA-", "CVE-")
_SUMMARY_LENGTH = 100
SEVERITIES = ("findings.critical", "findings.high", "findings.unknown")
"""The measures for which a check of vulnerabilities answers."""


@dataclass(frozen=True)
class Match:
    """One advisory that holds for a component: all its ids, and the first version without it."""

    component: Component
    ids: frozenset[str]
    severity: Severity
    fixed: str
    summary: str
    url: str


def configured(settings: ProjectSettings) -> bool:
    """Tell whether the settings name a source, so that this matcher replaces the tool's feed."""
    return bool(settings.advisories.database or settings.advisories.url)


def check(ecosystem: str) -> Check:
    """Return the check of a language whose computation `advisories` is a `matcher`."""
    return Check(
        name="advisories",
        gate="security",
        run="advisories",
        proof="advisories",
        nothing=f"the advisory database has no record for {ecosystem}; renew it from OSV's export",
        counts=SEVERITIES,
        applies=lambda project, settings: configured(settings),
    )


def today() -> date:
    """Return the day by which the age of a database is told (UTC)."""
    return datetime.now(UTC).date()


def matcher(ecosystem: str) -> Callable[[Context, Mapping[str, Report]], Report]:
    """Return the function of a `Computation` over the components of its inputs.

    `ecosystem` is OSV's name of what the toolchain installs. The report holds findings of the
    measure `findings`, and `advisories`: the number of records of the ecosystem that were
    considered (of a server: that it gave).
    """

    def compute(context: Context, inputs: Mapping[str, Report]) -> Report:
        given = [one for report in inputs.values() for one in report.components]
        components = list({(one.ecosystem, one.name, one.version): one for one in given}.values())
        _demand_components(context, components)
        ecosystems = sorted({ecosystem, *(one.ecosystem for one in components)})
        report = Report(measures={"components": len(components)}, notes=_empty_note(components))
        records = 0.0
        for name in ecosystems:
            of_it = [one for one in components if one.ecosystem == name]
            part = _of_ecosystem(name, of_it, context.settings.advisories, context.project.manifest)
            records += part.measures["advisories"]
            report = report.merged(part)
        return report.merged(Report(measures={"advisories": records}))

    return compute


def _demand_components(context: Context, components: Sequence[Component]) -> None:
    declared = context.project.words("dependencies")
    if declared and not components:
        raise NothingMeasured(
            f"the environment holds none of the {len(declared)} declared dependencies",
            "prepare the project again",
        )


def _empty_note(components: Sequence[Component]) -> tuple[str, ...]:
    return () if components else ("advisories: no dependency is declared, so 0 of 0 are affected",)


def _of_ecosystem(
    ecosystem: str, components: Sequence[Component], source: AdvisorySource, manifest: str
) -> Report:
    if source.database is not None:
        database = osv.load(source.database, ecosystem)
        note = _age_note(database.newest, source, today())
        matches = [match for one in components for match in _matches(one, database)]
        count = database.count
    elif source.url:
        answers = osv_server.ask(source.url, ecosystem, components)
        note = f"advisories: {source.url}, asked about {len(components)} packages"
        matches = [_match(one, record, None) for one, record in answers.found]
        count = answers.count
    else:
        raise NoReference(
            "no source of advisories is configured",
            'set `advisories = { database = "DIR" }` to a directory of OSV\'s export',
        )
    findings = tuple(_finding(match, manifest) for match in _joined(matches))
    return Report(findings=findings, measures={"advisories": count}, notes=(note,))


def _age_note(newest: date | None, source: AdvisorySource, now: date) -> str:
    """Say how old a local database is; `NoReference` where that is more than `max-age`."""
    age = "of unknown age"
    if newest is not None:
        age = f"newest record {newest.isoformat()}, {(now - newest).days} days old"
    too_old = newest is None or (source.max_age is not None and now - newest > source.max_age)
    if source.max_age is not None and too_old:
        raise NoReference(
            f"the advisory database is too old for max-age = {source.max_age.days} days: {age}",
            f"renew {source.database} from OSV's export",
        )
    return f"advisories: local database, {age}"


def _matches(component: Component, database: osv.Database) -> Iterator[Match]:
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
            yield _match(component, record, affected)


def _match(component: Component, record: Record, affected: Record | None) -> Match:
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
    if len(line) > _SUMMARY_LENGTH:
        line = line[: _SUMMARY_LENGTH - 3].rstrip() + "..."
    return line


def _reference(record: Record) -> str:
    references = list(record.get("references") or ())
    references.sort(key=lambda one: one.get("type") != "ADVISORY")
    return str(references[0].get("url", "")) if references else ""


def _joined(matches: Iterable[Match]) -> list[Match]:
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


def _finding(match: Match, manifest: str) -> Finding:
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
