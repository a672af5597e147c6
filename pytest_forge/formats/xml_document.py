"""What the formats of XML documents share: the root element, or the reason why it is none."""

from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from pytest_forge.formats.reading import unreadable


def root_of(data: bytes, tool: str, tag: str) -> Element:
    """Return the root element, which must be `tag` (namespaces dropped in all of the document).

    A DOCTYPE is allowed (JaCoCo writes one), entities are not. Raises `OutputUnreadable`.
    """
    try:
        root: Element = defusedxml.ElementTree.fromstring(data)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise unreadable(tool, f"not well-formed XML ({error})") from error
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    if root.tag != tag:
        raise unreadable(tool, f"<{root.tag}> is not its root element")
    return root


def attribute(element: Element, name: str, tool: str) -> str:
    """Return an attribute that must be there; `OutputUnreadable` where it is not."""
    value = element.get(name)
    if value is None:
        raise unreadable(tool, f"a <{element.tag}> has no {name!r}")
    return value


def number(element: Element, name: str, tool: str) -> int:
    """Return an attribute that must be a count; `OutputUnreadable` where it is none."""
    value = attribute(element, name, tool)
    if not value.isdecimal():
        raise unreadable(tool, f"the {name} of a <{element.tag}> is {value!r}")
    return int(value)


def line_of(element: Element, name: str, tool: str) -> int | None:
    """Return an attribute that is a line or column, None where it is absent or 0."""
    return (number(element, name, tool) or None) if element.get(name) else None
