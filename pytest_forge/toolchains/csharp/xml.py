"""XML files of a project: MSBuild's, and solutions'."""

from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Tree
from pytest_forge.toolchains.reading import read


def read_xml(tree: Tree, path: str) -> Element:
    """Return the root of an XML file, its elements without namespaces.

    A byte-order mark is no matter. Raises `ConfigurationError` with the path where it is no XML.
    """
    try:
        root: Element = defusedxml.ElementTree.fromstring(read(tree, path))
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise ConfigurationError(
            f"{path}: not XML ({error}); mend it, or take it out of the run with `exclude`"
        ) from error
    for element in root.iter():
        element.tag = str(element.tag).rpartition("}")[2]
    return root
