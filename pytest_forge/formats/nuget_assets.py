"""project.assets.json, in which NuGet writes what a restore has resolved for one project."""

from collections.abc import Iterable, Mapping

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Component, Report, Sample

FOLDER = "nuget.folder"
"""The measure of a sample for each directory that holds unpacked packages."""

_TOOL = "NuGet's assets file"


def parse(data: bytes) -> Report:
    """Return the packages as components, with the folders in which they are unpacked.

    What only serves development (`PrivateAssets="All"`) does not ship, nor does what nothing else
    needs. Raises `OutputUnreadable`.
    """
    document = parse_json(data, _TOOL)
    if document.key("version").integer() not in (3, 4):
        raise unreadable(_TOOL, "its version is neither 3 nor 4")
    resolved = _resolved(document)
    direct, private = _declared(document)
    shipped = _reached(resolved, [name for name in direct if name not in private])
    components = {
        f"{name}/{version}": Component(
            name=name,
            version=version,
            ecosystem="NuGet",
            direct=name.lower() in direct,
            ships=name.lower() in shipped,
            purl=f"pkg:nuget/{name}@{version}",
        )
        for name, version in _packages(document)
    }
    folders = [name for name, _ in document.key("packageFolders").members()]
    return Report(
        components=tuple(components.values()),
        samples=tuple(Sample(FOLDER, 1, name) for name in folders),
    )


def _packages(document: Value) -> Iterable[tuple[str, str]]:
    for key, library in document.key("libraries").members():
        if library.key("type").text() == "package":
            name, _, version = key.partition("/")
            yield name, version


def _resolved(document: Value) -> dict[str, set[str]]:
    """Return what each library needs, over all frameworks; names in lower case."""
    needs: dict[str, set[str]] = {}
    for _, target in document.key("targets").members():
        for key, library in target.members():
            name = key.partition("/")[0].lower()
            found = library.optional("dependencies")
            names = {one.lower() for one, _ in found.members()} if found else set()
            needs.setdefault(name, set()).update(names)
    return needs


def _declared(document: Value) -> tuple[set[str], set[str]]:
    """Return the names that the project refers to, and those of them that don't ship."""
    direct: set[str] = set()
    shipping: set[str] = set()
    for _, framework in document.key("project").key("frameworks").members():
        dependencies = framework.optional("dependencies")
        for name, one in dependencies.members() if dependencies else ():
            suppressed = one.optional("suppressParent")
            direct.add(name.lower())
            if suppressed is None or suppressed.text().lower() != "all":
                shipping.add(name.lower())
    groups = document.key("projectFileDependencyGroups").members()
    named = {one.text().split(" ")[0].lower() for _, group in groups for one in group.items()}
    # Projects are named there too; they lead to what they need.
    return direct, direct - shipping - (named - direct)


def _reached(needs: Mapping[str, set[str]], start: Iterable[str]) -> set[str]:
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(needs.get(name, ()))
    return reached
