"""Poms in a copy of the tree, changed where what they say is stronger than Maven's command line."""

from collections.abc import Callable, Collection, Iterator
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, ParseError, SubElement, register_namespace

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from pytest_forge.toolchains.declarations import Context

_MAVEN = "http://maven.apache.org/POM/4.0.0"

Change = Callable[[Element, str], bool]
"""Changes a pom's root in place, whose tags begin with the text; False where there is no need."""


def change_each(context: Context, change: Change, modules: Collection[str] | None = None) -> None:
    """Change each pom of the project in the copy at the slot `snapshot`, or those of some modules.

    These are directories relative to the project's.
    """
    top = Path(context.slots["snapshot"])
    for path in poms(context):
        if modules is None or path.parent.relative_to(top).as_posix() in modules:
            path.write_bytes(changed(path.read_bytes(), change))


def poms(context: Context) -> Iterator[Path]:
    """Yield the poms of the project in the copy at the slot `snapshot`."""
    top = Path(context.slots["snapshot"])
    manifest = Path(context.project.manifest)
    for name in (manifest, *map(Path, context.project.members)):
        path = top / name.relative_to(manifest.parent)
        if path.is_file():
            yield path


def changed(pom: bytes, change: Change) -> bytes:
    """Return a pom with a change; what is no well-formed pom is Maven's to refuse."""
    try:
        root: Element = defusedxml.ElementTree.fromstring(pom)
    except (ParseError, DefusedXmlException, ValueError):
        return pom
    namespace = root.tag[: root.tag.find("}") + 1]
    register_namespace("", namespace.strip("{}") or _MAVEN)
    if not change(root, namespace):
        return pom
    file = BytesIO()
    ElementTree(root).write(file, encoding="UTF-8", xml_declaration=True)
    return file.getvalue()


def plugins(root: Element, namespace: str, artifact: str) -> list[Element]:
    """Return each plugin of a name, wherever in the pom it stands."""
    every = root.iter(f"{namespace}plugin")
    return [
        one for one in every if (one.findtext(f"{namespace}artifactId") or "").strip() == artifact
    ]


def child(parent: Element, tag: str) -> Element:
    """Return a child, made where there is none."""
    found = parent.find(tag)
    return SubElement(parent, tag) if found is None else found
