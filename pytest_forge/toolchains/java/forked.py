"""Poms in a copy of the tree, changed so that the compiler runs as a process of its own.

Only such a javac reads the variable with further options, and a pom that forbids it (`fork` is
false, as Apache Commons' parent says) is stronger than a property on Maven's command line.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, ParseError, SubElement, register_namespace

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from pytest_forge.toolchains.declarations import Context

_COMPILER = "maven-compiler-plugin"
_MAVEN = "http://maven.apache.org/POM/4.0.0"


@contextmanager
def forked(context: Context) -> Iterator[Mapping[str, str]]:
    """Have each pom of the project fork the compiler, in the copy at the slot `snapshot`."""
    top = Path(context.slots["snapshot"])
    manifest = Path(context.project.manifest)
    for name in (manifest, *map(Path, context.project.members)):
        path = top / name.relative_to(manifest.parent)
        if path.is_file():
            path.write_bytes(forking(path.read_bytes()))
    yield {}


def forking(pom: bytes) -> bytes:
    """Return a pom that forks the compiler; what is no well-formed pom is Maven's to refuse."""
    try:
        root: Element = defusedxml.ElementTree.fromstring(pom)
    except (ParseError, DefusedXmlException, ValueError):
        return pom
    namespace = root.tag[: root.tag.find("}") + 1]
    register_namespace("", namespace.strip("{}") or _MAVEN)
    plugins = _child(_child(root, f"{namespace}build"), f"{namespace}plugins")
    own = [one for one in root.iter(f"{namespace}plugin") if _is_compiler(one, namespace)]
    if not any(one in own for one in plugins):
        own.append(SubElement(plugins, f"{namespace}plugin"))
        SubElement(own[-1], f"{namespace}artifactId").text = _COMPILER
    for plugin in own:
        _child(_child(plugin, f"{namespace}configuration"), f"{namespace}fork").text = "true"
        for stated in plugin.iter(f"{namespace}fork"):
            stated.text = "true"
    return _written(root)


def _is_compiler(plugin: Element, namespace: str) -> bool:
    return (plugin.findtext(f"{namespace}artifactId") or "").strip() == _COMPILER


def _child(parent: Element, tag: str) -> Element:
    found = parent.find(tag)
    return SubElement(parent, tag) if found is None else found


def _written(root: Element) -> bytes:
    file = BytesIO()
    ElementTree(root).write(file, encoding="UTF-8", xml_declaration=True)
    return file.getvalue()
