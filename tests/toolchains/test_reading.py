"""Reading the configuration files of a project."""

from pathlib import Path

import pytest

from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Tree
from pytest_forge.toolchains.reading import read_xml


def tree_with(root: Path, data: bytes) -> Tree:
    (root / "pom.xml").write_bytes(data)
    return Tree(root, ("pom.xml",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1"])
def test_xml_is_read_in_its_own_encoding_and_without_namespaces(
    encoding: str, tmp_path: Path
) -> None:
    name = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{name}"?><p xmlns="urn:a"><!-- b --><n>é</n></p>'
    root = read_xml(tree_with(tmp_path, text.encode(encoding)), "pom.xml")
    assert [one.tag for one in root.iter()] == ["p", "n"]
    assert root.findtext("n") == "é"


@pytest.mark.parametrize(
    "data", [b"", b"<p><n></p>", b'<!DOCTYPE p [<!ENTITY e "e">]><p>&e;</p>', b"\xff\xfe\x00<p/>"]
)
def test_what_is_no_xml_is_named_with_what_helps(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"^pom\.xml: not XML \(.*; mend it, or take it"):
        read_xml(tree_with(tmp_path, data), "pom.xml")
