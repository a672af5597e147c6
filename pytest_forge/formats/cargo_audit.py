"""cargo-audit's JSON report (`cargo audit --json`)."""

from collections.abc import Iterator

from pytest_forge.advisories import cvss
from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Finding, Report, Severity

# RustSec's "informational" advisories name no vulnerability; unsound code may hold one.
_WARNINGS = {
    "unsound": Severity.MEDIUM,
    "unmaintained": Severity.INFO,
    "notice": Severity.INFO,
    "yanked": Severity.INFO,
}


def parse(data: bytes) -> Report:
    """Return known vulnerabilities and warnings as `findings`.

    `advisories` is the number of records in the database, `components.audited` that of the packages
    in the lock file. The severity is that of the record's CVSS vector, else unknown. Raises
    `OutputUnreadable`.
    """
    document = parse_json(data, "cargo-audit")
    vulnerabilities = document.key("vulnerabilities")
    found = list(vulnerabilities.key("list").items())
    if len(found) != vulnerabilities.key("count").count():
        raise unreadable("cargo-audit", "it lists other vulnerabilities than it counts")
    findings = [_finding(entry, entry.key("advisory")) for entry in found]
    for kind, entries in document.key("warnings").members():
        findings.extend(_warning(kind, entry) for entry in entries.items())
    return Report(
        findings=tuple(findings),
        measures={
            "advisories": document.key("database").key("advisory-count").count(),
            "components.audited": document.key("lockfile").key("dependency-count").count(),
        },
        notes=tuple(_age(document.key("database"))),
    )


def _age(database: Value) -> Iterator[str]:
    updated = database.optional("last-updated")
    if updated is not None:
        yield f"advisories: cargo-audit's database, last updated {updated.text()}"


def _finding(entry: Value, advisory: Value) -> Finding:
    identifier = advisory.key("id").text()
    vector = advisory.optional("cvss")
    patched = [one.text() for one in entry.key("versions").key("patched").items()]
    mended = f" -> {', '.join(patched)}" if patched else ", not fixed in any version"
    title = advisory.key("title").text()
    return Finding(
        measure="findings",
        rule=identifier,
        message=f"{identifier} {_package(entry)}: {title}{mended}",
        severity=cvss.severity(vector.text()) if vector else Severity.UNKNOWN,
        help_url=f"https://rustsec.org/advisories/{identifier}.html",
    )


def _warning(kind: str, entry: Value) -> Finding:
    advisory = entry.optional("advisory")
    severity = _WARNINGS.get(kind, Severity.UNKNOWN)
    if advisory is None:
        message = f"{_package(entry)} is {kind}"
        return Finding(measure="findings", rule=kind, message=message, severity=severity)
    identifier = advisory.key("id").text()
    return Finding(
        measure="findings",
        rule=identifier,
        message=f"{identifier} {_package(entry)} ({kind}): {advisory.key('title').text()}",
        severity=severity,
        help_url=f"https://rustsec.org/advisories/{identifier}.html",
    )


def _package(entry: Value) -> str:
    package = entry.key("package")
    return f"{package.key('name').text()} {package.key('version').text()}"
