"""licensecheck's JSON report: are the dependencies' licenses compatible with the project's own."""

from pytest_forge.errors import NoReference
from pytest_forge.formats.reading import Value, parse_json
from pytest_forge.model import Finding, Report, Severity

_UNKNOWN = ("", "UNKNOWN", "NO LICENSE", "NO_LICENSE")


def parse(data: bytes) -> Report:
    """Return incompatible packages as `licenses.refused`, and `packages.examined`.

    Raises `OutputUnreadable`, and `NoReference` where the project states no license that
    licensecheck knows: it would compare with nothing.
    """
    document = parse_json(data, "licensecheck")
    document.key("info").key("version").text()
    own = document.key("project_license").text()
    if own.upper() in _UNKNOWN:
        raise NoReference(
            "licensecheck finds no license of the project to compare with",
            'state it in pyproject.toml: license = "MIT", or by its classifier',
        )
    packages = list(document.key("packages").items())
    refused = [one for one in packages if not one.key("licenseCompat").flag()]
    return Report(
        findings=tuple(_finding(one, own) for one in refused),
        measures={"packages.examined": len(packages)},
    )


def _finding(package: Value, own: str) -> Finding:
    name = package.key("name").text().lower()
    license_ = package.key("license").text()
    return Finding(
        measure="licenses.refused",
        rule="incompatible-license",
        message=(
            f"{name} {package.key('version').text()}: {license_ or 'no license known'} "
            f"is not compatible with the project's own {own}"
        ),
        severity=Severity.HIGH,
    )
