"""What the formats in XML share: a document's root, and attributes that must be there."""

from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from pytest_forge.formats.reading import plain, unreadable


def parse_xml(data: bytes, tool: str, *roots: str) -> Element:
    """Return the root element, which must be named as one of `roots`; namespaces are dropped.

    A byte-order mark is no matter. A DOCTYPE is allowed (JaCoCo writes one), entities are not.
    Raises `OutputUnreadable`, naming the tool.
    """
    try:
        found: Element = defusedxml.ElementTree.fromstring(data)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise unreadable(tool, f"it is not XML ({error})") from error
    for element in found.iter():
        element.tag = str(element.tag).rpartition("}")[2]
    if found.tag not in roots:
        raise unreadable(tool, f"its root is {found.tag!r}, not {' or '.join(map(repr, roots))}")
    return found


def attribute(element: Element, name: str, tool: str) -> str:
    """Return an attribute, which must be there, without terminal escapes."""
    value = element.get(name)
    if value is None:
        raise unreadable(tool, f"a {element.tag} has no {name!r}")
    return plain(value)


def count(element: Element, name: str, tool: str) -> int:
    """Return an attribute that is a whole number, not negative."""
    text = attribute(element, name, tool)
    if not (text.isascii() and text.isdigit()):
        raise unreadable(tool, f"{name} of a {element.tag} is no count: {text!r}")
    return int(text)


def line_of(element: Element, name: str, tool: str) -> int | None:
    """Return an attribute that is a line or a column, None where it is absent, empty or 0."""
    return (count(element, name, tool) or None) if element.get(name) else None


def child(element: Element, name: str, tool: str) -> Element:
    """Return the one child of a name, which must be there."""
    found = element.find(name)
    if found is None:
        raise unreadable(tool, f"a {element.tag} has no {name!r}")
    return found
