"""What MSBuild says of a project (`-getProperty`, `-getItem`): JSON, after a restore."""

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Report, Sample

FRAMEWORKS = "msbuild.frameworks"
"""The measure of a sample for each project: how many frameworks it is compiled for."""
TEST = "msbuild.test"
"""The measure of a sample for each project: 1 if it is a test project to MSBuild, else 0."""
NULLABLE = "msbuild.nullable"
"""The measure of a sample for each project: 1 if the compiler warns of null in it, else 0."""
SOURCE = "msbuild.source"
"""The measure of a sample for each file that is compiled."""

_TOOL = "dotnet msbuild"
_FLAGS = {"": 0, "true": 1, "false": 0}
_NULLABLE = frozenset({"enable", "warnings"})


def parse(data: bytes) -> Report:
    """Return samples of one project; raises `OutputUnreadable`."""
    document = parse_json(data, _TOOL)
    properties = document.key("Properties")
    frameworks = _frameworks(properties)
    name = _text(properties, "AssemblyName")
    return Report(
        samples=(
            Sample(FRAMEWORKS, len(frameworks), name),
            Sample(TEST, _flag(properties, "IsTestProject"), name),
            Sample(NULLABLE, int(_text(properties, "Nullable").lower() in _NULLABLE), name),
            *(Sample(SOURCE, 1, "", path) for path in _sources(document)),
        )
    )


def _frameworks(properties: Value) -> list[str]:
    several = [one.strip() for one in _text(properties, "TargetFrameworks").split(";")]
    found = list(filter(None, several)) or [properties.key("TargetFramework").text()]
    if not all(found):
        raise unreadable(_TOOL, "the project has no target framework")
    return list(dict.fromkeys(found))


def _flag(properties: Value, name: str) -> int:
    text = properties.key(name).text().lower()
    if text not in _FLAGS:
        raise unreadable(_TOOL, f"{name} is {text!r}")
    return _FLAGS[text]


def _text(properties: Value, name: str) -> str:
    found = properties.optional(name)
    return found.text() if found else ""


def _sources(document: Value) -> list[str]:
    items = document.optional("Items")
    compiled = items.optional("Compile") if items else None
    return [one.key("FullPath").text() for one in compiled.items()] if compiled else []
