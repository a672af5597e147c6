"""Unit tests of what the formats in XML share."""

from xml.etree.ElementTree import Element

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats.markup import attribute, child, count, line_of, parse_xml


def test_namespaces_and_a_mark_are_dropped_and_a_doctype_is_allowed() -> None:
    data = (
        b'\xef\xbb\xbf<?xml version="1.0"?><!DOCTYPE a PUBLIC "-//A//A//EN" "a.dtd">'
        b'<a xmlns="urn:one" xmlns:o="urn:two"><!-- nothing --><o:b/></a>'
    )
    root = parse_xml(data, "a tool", "a")
    assert [one.tag for one in root.iter()] == ["a", "b"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", r"the output of a tool is unreadable: it is not XML \("),
        (b"<a><b></a>", r"it is not XML \(mismatched tag"),
        (b'<!DOCTYPE a [<!ENTITY e "e">]><a>&e;</a>', r"it is not XML \(Entities"),
        (b"<html/>", "its root is 'html', not 'a' or 'b'"),
    ],
)
def test_what_is_not_the_document_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(OutputUnreadable, match=reason):
        parse_xml(data, "a tool", "a", "b")


def test_an_attribute_holds_no_terminal_escapes() -> None:
    assert attribute(Element("a", name=" one\x1b[31m "), "name", "a tool") == "one"


def test_a_count_is_a_whole_number_that_is_not_negative() -> None:
    assert count(Element("a", size="12"), "size", "a tool") == 12
    for wrong in ("-1", "1.5", "", "²"):
        with pytest.raises(OutputUnreadable, match="size of a a is no count"):
            count(Element("a", size=wrong), "size", "a tool")


@pytest.mark.parametrize(
    ("written", "line"),
    [({}, None), ({"line": ""}, None), ({"line": "0"}, None), ({"line": "7"}, 7)],
)
def test_a_line_is_counted_from_one_and_may_be_absent(
    written: dict[str, str], line: int | None
) -> None:
    assert line_of(Element("a", written), "line", "a tool") == line


def test_what_must_be_there_is_named_where_it_is_not() -> None:
    with pytest.raises(OutputUnreadable, match="a a has no 'name'"):
        attribute(Element("a"), "name", "a tool")
    with pytest.raises(OutputUnreadable, match="a a has no 'b'"):
        child(Element("a"), "b", "a tool")
    with pytest.raises(OutputUnreadable, match="line of a a is no count: 'x'"):
        line_of(Element("a", line="x"), "line", "a tool")
