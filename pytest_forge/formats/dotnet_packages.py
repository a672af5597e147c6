"""`dotnet list package --format json`: the packages of each project, or the vulnerable ones.

It exits with 0 whatever it finds. Where the package source has no data on vulnerabilities nothing
says so, unless an audit source is configured, whose `problems` do.
"""

from collections.abc import Iterator

from pytest_forge.errors import NoReference
from pytest_forge.formats.reading import Value, lines, parse_json, unreadable
from pytest_forge.model import Component, Finding, Report, Sample, Severity

PROJECT = "nuget.project"
"""The measure of a sample for each project that was looked at."""
USED = "nuget.used"
"""The measure of a sample for each package of a project: 1 if it refers to it itself, else 0."""

_TOOL = "dotnet list package"
_MEND = "see `auditSources` in nuget.config, or set FORGE_ADVISORIES to OSV's export"
_SEVERITIES = {
    "Critical": Severity.CRITICAL,
    "High": Severity.HIGH,
    "Moderate": Severity.MEDIUM,
    "Low": Severity.LOW,
}


def parse(data: bytes) -> Report:
    """Return the packages as components, each once, with samples of the projects that use them.

    The subject of such a sample is `name/version`, its path the project's. Raises
    `OutputUnreadable`.
    """
    components: dict[str, Component] = {}
    samples: list[Sample] = []
    for project in _projects(data):
        path = project.key("path").text()
        samples.append(Sample(PROJECT, 1, "", path))
        for package, direct in _packages(project):
            name, version = package.key("id").text(), package.key("resolvedVersion").text()
            key = f"{name}/{version}"
            known = components.get(key)
            components[key] = Component(
                name=name,
                version=version,
                ecosystem="NuGet",
                direct=direct or (known is not None and known.direct),
                purl=f"pkg:nuget/{name}@{version}",
            )
            samples.append(Sample(USED, int(direct), key, path))
    return Report(components=tuple(components.values()), samples=tuple(samples))


def parse_vulnerable(data: bytes) -> Report:
    """Return the vulnerable packages as `findings`; the rule is the advisory's id.

    Raises `OutputUnreadable`, and `NoReference` where an audit source gave no data.
    """
    findings: dict[tuple[str, str], Finding] = {}
    samples = []
    for project in _projects(data):
        path = project.key("path").text()
        samples.append(Sample(PROJECT, 1, "", path))
        for package, _ in _packages(project):
            for finding in _vulnerabilities(package, path):
                findings.setdefault((finding.rule, finding.message), finding)
    return Report(findings=tuple(findings.values()), samples=tuple(samples))


def _projects(data: bytes) -> list[Value]:
    failed = [line for line in lines(data) if line.startswith("error: ")]
    if failed:
        raise NoReference(failed[0].removeprefix("error: "), _MEND)
    document = parse_json(data, _TOOL)
    if document.key("version").integer() != 1:
        raise unreadable(_TOOL, "its version is not 1")
    problems = document.optional("problems")
    for problem in problems.items() if problems else ():
        text = problem.key("text").text()
        raise NoReference(text, _MEND)
    projects = list(document.key("projects").items())
    if not projects:
        raise unreadable(_TOOL, "it names no project")
    return projects


def _packages(project: Value) -> Iterator[tuple[Value, bool]]:
    """Yield the packages of a project, and whether it refers to them itself."""
    frameworks = project.optional("frameworks")
    for framework in frameworks.items() if frameworks else ():
        framework.key("framework").text()
        for name, direct in (("topLevelPackages", True), ("transitivePackages", False)):
            found = framework.optional(name)
            yield from ((one, direct) for one in (found.items() if found else ()))


def _vulnerabilities(package: Value, path: str) -> Iterator[Finding]:
    name, version = package.key("id").text(), package.key("resolvedVersion").text()
    for one in package.key("vulnerabilities").items():
        severity, url = one.key("severity").text(), one.key("advisoryurl").text()
        yield Finding(
            measure="findings",
            rule=url.rstrip("/").rpartition("/")[2],
            message=f"{name} {version}",
            severity=_SEVERITIES.get(severity, Severity.UNKNOWN),
            path=path,
            help_url=url,
        )
