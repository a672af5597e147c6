"""What MSBuild's files state of a project, as far as it can be read without MSBuild.

Properties and items come from the nearest Directory.Build.props, the project, and what these
import; what depends on a condition is taken where it names an item, and passed over where it sets a
property that something else sets too. What really holds MSBuild itself is asked in a run.
"""

import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Tree
from pytest_forge.toolchains.reading import decoded, read, read_xml

_REFERENCE = re.compile(r"\$\((\w+)\)")
_ABOVE = re.compile(r"\$\(\[MSBuild\]::GetPathOfFileAbove\(\s*'?([^',)]+)'?[^)]*\)+\)")
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_DEPTH = 20


@dataclass(frozen=True)
class Stated:
    """What is stated of one project: properties, and the paths or names of its items.

    `files` are the files that were read, the project's own last: paths below forge's root, as those
    of the projects that it references are. `origins` tell the file of each property.
    """

    path: str
    sdk: str
    properties: dict[str, str]
    origins: dict[str, str]
    conditional: frozenset[str]
    packages: tuple[str, ...]
    references: tuple[str, ...]
    files: tuple[str, ...]

    def text(self, name: str) -> str:
        """Return a property, "" where it is not stated."""
        return self.properties.get(name, "")

    def flag(self, name: str) -> bool | None:
        """Return a property that is true or false, None where it is not stated for all cases."""
        said = "" if name in self.conditional else self.text(name).lower()
        return {"true": True, "false": False}.get(said)

    @property
    def name(self) -> str:
        """Return the project's name: that of its file."""
        return posixpath.basename(self.path).rpartition(".")[0]

    @property
    def directory(self) -> str:
        """Return the project's directory, "." for forge's root."""
        return posixpath.dirname(self.path) or "."


def read_project(tree: Tree, path: str) -> Stated:
    """Return what is stated of the project in `path`; `ConfigurationError` if it can't be read."""
    root = read_xml(tree, path)
    reader = _Reader(tree, path)
    props = nearest(tree, posixpath.dirname(path), "Directory.Build.props")
    if props:
        reader.read(props)
    reader.read(path)
    targets = nearest(tree, posixpath.dirname(path), "Directory.Build.targets")
    if targets:
        reader.read(targets)
    return Stated(
        path=path,
        sdk=_sdk(root),
        properties=reader.properties,
        origins=reader.origins,
        conditional=frozenset(reader.conditional),
        packages=tuple(dict.fromkeys(reader.packages)),
        references=tuple(dict.fromkeys(reader.references)),
        files=tuple(dict.fromkeys(reader.files)),
    )


def nearest(tree: Tree, directory: str, name: str) -> str:
    """Return the file of a name in the directory or the nearest one above it, "" for none.

    Upper and lower case count the same, as they do to NuGet ("NuGet.Config").
    """
    above = [directory, *_above(directory)]
    found = {path.lower(): path for path in tree.files if _is_named(path, name)}
    places = (posixpath.join(place, name).lower() for place in above)
    return next((found[place] for place in places if place in found), "")


def _is_named(path: str, name: str) -> bool:
    return posixpath.basename(path).lower() == name.lower()


def _above(directory: str) -> Iterator[str]:
    while directory and directory != ".":
        directory = posixpath.dirname(directory)
        yield directory


def read_json(tree: Tree, path: str) -> dict[str, Any]:
    """Return a JSON object that may hold comments; `ConfigurationError` where it is none."""
    text = decoded(read(tree, path))
    for form in (text, _COMMENT.sub("", text)):
        try:
            document = json.loads(form)
        except ValueError:
            continue
        if isinstance(document, dict):
            return document
    raise ConfigurationError(f"{path}: not a JSON object; mend it, or exclude it")


def _sdk(root: Element) -> str:
    child = root.find("Sdk")
    named = root.get("Sdk") or (child.get("Name") if child is not None else "") or ""
    imported = (one.get("Sdk") for one in root.iter("Import"))
    return named or next(filter(None, imported), "")


class _Reader:
    """Reads files in the order in which MSBuild imports them."""

    def __init__(self, tree: Tree, project: str) -> None:
        self._tree = tree
        self.properties = {"MSBuildProjectName": posixpath.basename(project).rpartition(".")[0]}
        self.origins: dict[str, str] = {}
        self.conditional: set[str] = set()
        self.packages: list[str] = []
        self.references: list[str] = []
        self.files: list[str] = []
        self._project = project

    def read(self, path: str) -> None:
        """Read a file, and what it imports at the places of the imports."""
        if path in self.files or len(self.files) >= _DEPTH:
            return
        self.files.append(path)
        for child in read_xml(self._tree, path):
            if child.tag == "Import":
                self._import(child, path)
            elif child.tag == "PropertyGroup":
                self._group(child, path)
            elif child.tag == "ItemGroup":
                self._items(child)

    def _import(self, element: Element, path: str) -> None:
        target = self._filled(element.get("Project", ""), path).replace("\\", "/")
        above = _ABOVE.search(target)
        if above:
            up = posixpath.dirname(posixpath.dirname(path))
            place = nearest(self._tree, up, above[1])
        else:
            place = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        if self._tree.has(place):
            self.read(place)

    def _group(self, group: Element, path: str) -> None:
        for element in group:
            conditional = group.get("Condition") or element.get("Condition")
            if conditional and element.tag in self.properties:
                continue
            change = self.conditional.add if conditional else self.conditional.discard
            change(element.tag)
            self.properties[element.tag] = self._filled((element.text or "").strip(), path)
            self.origins[element.tag] = path

    def _items(self, group: Element) -> None:
        for element in group:
            names = self._filled(element.get("Include", ""), self._project).split(";")
            named = [name.strip() for name in names if name.strip()]
            if element.tag == "PackageReference":
                self.packages.extend(named)
            elif element.tag == "ProjectReference":
                directory = posixpath.dirname(self._project)
                slashed = (name.replace("\\", "/") for name in named)
                places = (posixpath.normpath(posixpath.join(directory, one)) for one in slashed)
                self.references.extend(places)

    def _filled(self, text: str, path: str) -> str:
        here = posixpath.dirname(path)
        known = {**self.properties, "MSBuildThisFileDirectory": "", "MSBuildProjectDirectory": here}
        return _REFERENCE.sub(lambda found: known.get(found[1], ""), text)
