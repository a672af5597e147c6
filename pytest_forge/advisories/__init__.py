"""Known vulnerabilities of a project's dependencies, matched by forge itself.

The data comes from a directory of OSV's own export, which needs no network, or from a server that
answers OSV's queries.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime

from pytest_forge.advisories import server
from pytest_forge.advisories.database import load
from pytest_forge.advisories.matching import finding, joined, match_of, matches
from pytest_forge.errors import NoReference, NothingMeasured
from pytest_forge.model import Component, Report
from pytest_forge.settings import AdvisorySource, ProjectSettings
from pytest_forge.toolchains.declarations import Check, Context

SEVERITIES = ("findings.critical", "findings.high", "findings.unknown")
"""The measures for which a check of vulnerabilities answers."""


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
        database = load(source.database, ecosystem)
        note = _age_note(database.newest, source, today())
        found = [match for one in components for match in matches(one, database)]
        count = database.count
    elif source.url:
        answers = server.ask(source.url, ecosystem, components)
        note = f"advisories: {source.url}, asked about {len(components)} packages"
        found = [match_of(one, record, None) for one, record in answers.found]
        count = answers.count
    else:
        raise NoReference(
            "no source of advisories is configured",
            'set `advisories = { database = "DIR" }` to a directory of OSV\'s export',
        )
    findings = tuple(finding(match, manifest) for match in joined(found))
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
