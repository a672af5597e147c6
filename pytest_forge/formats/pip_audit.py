"""pip-audit's JSON report (`pip-audit -f json`)."""

from collections.abc import Iterator

from pytest_forge.errors import NoReference
from pytest_forge.formats.reading import Value, parse_json
from pytest_forge.model import Finding, Report, Severity


def parse(data: bytes) -> Report:
    """Return known vulnerabilities as `findings`, and how many `components.audited`.

    pip-audit tells no severity, so it is unknown. Raises `OutputUnreadable`, and `NoReference` for
    a distribution that was skipped: that is what it says when its feed does not answer, with the
    exit status of a clean audit.
    """
    findings: list[Finding] = []
    audited = 0
    for dependency in parse_json(data, "pip-audit").key("dependencies").items():
        name = dependency.key("name").text()
        skipped = dependency.optional("skip_reason")
        if skipped is not None:
            raise NoReference(
                f"pip-audit has no advisory data for {name}: {skipped.text()}",
                'give it data with `advisories = { database = "DIR" }` or FORGE_ADVISORIES',
            )
        version = dependency.key("version").text()
        audited += 1
        findings.extend(_findings(dependency.key("vulns"), name, version))
    return Report(findings=tuple(findings), measures={"components.audited": audited})


def _findings(vulnerabilities: Value, name: str, version: str) -> Iterator[Finding]:
    for one in vulnerabilities.items():
        identifier = one.key("id").text()
        fixes = [fix.text() for fix in one.key("fix_versions").items()]
        mended = f" -> {', '.join(fixes)}" if fixes else ", not fixed in any version"
        yield Finding(
            measure="findings",
            rule=identifier,
            message=f"{identifier} {name} {version}{mended}",
            severity=Severity.UNKNOWN,
            help_url=f"https://osv.dev/vulnerability/{identifier}",
        )
