"""japicmp's XML report: what changed between two jars, class by class.

A change that is not compatible, in binaries or in sources, breaks.
"""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from pytest_forge.formats.markup import attribute, parse_xml
from pytest_forge.formats.reading import plain
from pytest_forge.model import Finding, Report

_TOOL = "japicmp"
_MEMBERS = ("constructors/constructor", "methods/method", "fields/field")
_PARTS = ("superclass", "interfaces/interface", "annotations/annotation", "returnType", "type")


def parse(data: bytes) -> Report:
    """Return what breaks as `api.breaking`, with `api.additions` and `api.compared`.

    `api.compared` counts the classes that the old jar holds. Raises `OutputUnreadable`.
    """
    classes = parse_xml(data, _TOOL, "japicmp").findall("classes/class")
    findings: list[Finding] = []
    additions = 0
    for one in classes:
        name = attribute(one, "fullyQualifiedName", _TOOL)
        if attribute(one, "changeStatus", _TOOL) in ("NEW", "REMOVED"):
            # What it holds came or went with it.
            findings += _breaks(one, name, ())
            additions += one.get("changeStatus") == "NEW"
            continue
        findings += _breaks(one, name, _PARTS)
        for subject, member in _members(one, name):
            findings += _breaks(member, subject, _PARTS)
            additions += attribute(member, "changeStatus", _TOOL) == "NEW"
    compared = sum(one.get("changeStatus") != "NEW" for one in classes)
    return Report(
        findings=tuple(dict.fromkeys(findings)),
        measures={"api.additions": additions, "api.compared": compared},
    )


def _members(one: Element, name: str) -> Iterator[tuple[str, Element]]:
    for path in _MEMBERS:
        for member in one.iterfind(path):
            types = [
                plain(parameter.get("type") or "") for parameter in member.iterfind("parameters/*")
            ]
            called = attribute(member, "name", _TOOL)
            signature = "" if path.startswith("fields") else f"({', '.join(types)})"
            yield f"{name}.{called}{signature}", member


def _breaks(element: Element, subject: str, parts: Iterable[str]) -> Iterator[Finding]:
    """Yield the incompatible changes of an element and of what it consists of."""
    own = list(element.iterfind("compatibilityChanges/compatibilityChange"))
    for place in parts:
        own += element.iterfind(f"{place}/compatibilityChanges/compatibilityChange")
    for change in own:
        kinds = [
            kind
            for kind in ("binary", "source")
            if attribute(change, f"{kind}Compatible", _TOOL) != "true"
        ]
        if kinds:
            rule = attribute(change, "type", _TOOL)
            words = rule.lower().replace("_", " ")
            yield Finding(
                measure="api.breaking",
                rule=rule,
                message=f"{subject}: {words} (breaks {' and '.join(kinds)} compatibility)",
                subject=subject,
            )
