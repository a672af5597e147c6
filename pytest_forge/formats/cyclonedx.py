"""A CycloneDX bill of materials in JSON: components with the licenses that they state."""

from urllib.parse import unquote

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Component, Report

_TOOL = "the CycloneDX tool"
# purl's types, and OSV's names of their ecosystems.
_ECOSYSTEMS = {
    "maven": "Maven",
    "npm": "npm",
    "pypi": "PyPI",
    "cargo": "crates.io",
    "golang": "Go",
    "nuget": "NuGet",
}


def parse(data: bytes) -> Report:
    """Return the components; one that has several licenses leaves the choice to its users.

    That is how a pom means several licenses. Those of the scope `excluded` do not ship. `documents`
    is 1. Raises `OutputUnreadable`.
    """
    document = parse_json(data, _TOOL)
    if document.key("bomFormat").text() != "CycloneDX":
        raise unreadable(_TOOL, "it is no CycloneDX document")
    document.key("specVersion").text()
    found = document.optional("components")
    components = tuple(map(_component, found.items())) if found else ()
    return Report(components=components, measures={"documents": 1})


def _component(one: Value) -> Component:
    purl = one.optional("purl")
    kind = purl.text().removeprefix("pkg:").partition("/")[0] if purl else ""
    group, version = one.optional("group"), one.optional("version")
    scope = one.optional("scope")
    name = one.key("name").text()
    mark = ":" if kind == "maven" else "/"
    return Component(
        name=f"{group.text()}{mark}{name}" if group and group.text() else name,
        version=version.text() if version else "",
        ecosystem=_ECOSYSTEMS.get(kind, kind),
        license=_license(one),
        ships=scope is None or scope.text() != "excluded",
        purl=unquote(purl.text().partition("?")[0]) if purl else "",
    )


def _license(component: Value) -> str:
    stated = component.optional("licenses")
    names = list(dict.fromkeys(map(_name, stated.items()))) if stated else []
    if len(names) == 1:
        return names[0]
    return " OR ".join(f"({name})" if " " in name else name for name in names)


def _name(choice: Value) -> str:
    expression = choice.optional("expression")
    if expression:
        return expression.text()
    stated = choice.key("license")
    return (stated.optional("id") or stated.key("name")).text()
