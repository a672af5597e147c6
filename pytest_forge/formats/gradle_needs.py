"""The dependencies of one project of a Gradle build, as forge's own init script writes them down.

They are those of its resolved configurations, with the licenses that their POMs state.
"""

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Component, Report

_TOOL = "forge's init script for Gradle"


def parse(data: bytes) -> Report:
    """Return the components, and `modules` (1).

    Those of the runtime classpath ship. One that several licenses are stated for leaves the choice
    to its users: that is how a POM means it. Raises `OutputUnreadable`.
    """
    document = parse_json(data, _TOOL)
    if document.key("forge").integer() != 1:
        raise unreadable(_TOOL, "it is of another version of forge")
    document.key("name").text()
    components = tuple(map(_component, document.key("dependencies").items()))
    return Report(components=components, measures={"modules": 1})


def _component(one: Value) -> Component:
    group, name = one.key("group").text(), one.key("name").text()
    version = one.key("version").text()
    # What is a mere file of the tree has no coordinates, and no POM.
    purl = f"pkg:maven/{group}/{name}@{version}" if group else ""
    return Component(
        name=f"{group}:{name}" if group else name,
        version=version,
        ecosystem="Maven",
        license=_license(one),
        direct=one.key("direct").flag(),
        ships=one.key("ships").flag(),
        purl=purl,
    )


def _license(component: Value) -> str:
    stated = (
        one.key("name").text() or one.key("url").text() for one in component.key("licenses").items()
    )
    names = list(dict.fromkeys(filter(None, stated)))
    if len(names) == 1:
        return names[0]
    return " OR ".join(f"({name})" if " " in name else name for name in names)
