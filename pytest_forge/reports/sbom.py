"""The bill of materials: CycloneDX 1.6 as JSON, of all components that the checks saw.

It is reproducible: no timestamp, and a serial number that follows from the content, so that the
same dependencies give the same file. The commit says when it was.
"""

import json
import uuid
import warnings
from collections.abc import Iterable

from cyclonedx.model import Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component as BomComponent
from cyclonedx.model.component import ComponentScope, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from license_expression import (  # type: ignore[import-untyped]
    ExpressionError,
    get_spdx_licensing,
)
from packageurl import PackageURL

from pytest_forge.model import Component
from pytest_forge.reports.escape import one_line
from pytest_forge.results import RunReport

_SPDX = get_spdx_licensing()
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://cyclonedx.org/bom/1.6")


def write(run: RunReport) -> str:
    """Return the bill of materials of a run; components that several checks saw stand once."""
    merged = _merged(component for check in run.checks for component in check.components)
    parts = {component: _component(component) for component in merged}
    root = BomComponent(name="root", version=run.commit or None, type=ComponentType.APPLICATION)
    root.bom_ref.value = "root"
    bom = Bom(components=parts.values())
    bom.metadata.component = root
    bom.metadata.tools.components.add(
        BomComponent(name="pytest-forge", version=run.version, type=ComponentType.APPLICATION)
    )
    bom.register_dependency(root, [part for one, part in parts.items() if one.direct])
    bom.serial_number = uuid.uuid5(_NAMESPACE, "\n".join(map(repr, (run.commit, *merged))))
    with warnings.catch_warnings():
        # The library warns where no dependency is known to be direct; here that is no mistake.
        warnings.simplefilter("ignore", UserWarning)
        text = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string()
    document = json.loads(text)
    document["metadata"].pop("timestamp", None)
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _merged(components: Iterable[Component]) -> list[Component]:
    """Keep one of each package and version: it ships, or is direct, if any check says so."""
    found: dict[tuple[str, str, str], Component] = {}
    for one in components:
        key = (one.ecosystem, one.name, one.version)
        other = found.get(key, one)
        found[key] = Component(
            name=one.name,
            version=one.version,
            ecosystem=one.ecosystem,
            license=other.license or one.license,
            direct=other.direct or one.direct,
            ships=other.ships or one.ships,
            purl=other.purl or one.purl,
        )
    return [found[key] for key in sorted(found)]


def _component(component: Component) -> BomComponent:
    reference = one_line(f"{component.ecosystem}:{component.name}@{component.version}")
    return BomComponent(
        name=one_line(component.name),
        version=one_line(component.version, 1000) or None,
        type=ComponentType.LIBRARY,
        bom_ref=reference,
        purl=_purl(component.purl),
        scope=ComponentScope.REQUIRED if component.ships else ComponentScope.EXCLUDED,
        licenses=_licenses(component.license),
        properties=[Property(name="pytest-forge:ecosystem", value=one_line(component.ecosystem))],
    )


def _purl(text: str) -> PackageURL | None:
    try:
        return PackageURL.from_string(one_line(text)) if text else None
    except ValueError:
        return None


def _licenses(statement: str) -> list[LicenseExpression | DisjunctiveLicense]:
    """Return an SPDX expression where the statement is one, else a license by its name."""
    text = one_line(statement)
    if not text:
        return []
    try:
        return [LicenseExpression(str(_SPDX.parse(text, validate=True)))]
    except ExpressionError:
        return [DisjunctiveLicense(name=text)]
