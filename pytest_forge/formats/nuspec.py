"""A package's nuspec: its license, as an SPDX expression, a file in the package, or a URL."""

import re
from xml.etree.ElementTree import Element

from pytest_forge.formats.markup import child, parse_xml
from pytest_forge.formats.reading import plain, unreadable
from pytest_forge.model import Component, Report

_TOOL = "the nuspec"
# Addresses that stand for one license and nothing else.
_SPDX_URL = re.compile(
    r"https?://(?:licenses\.nuget\.org|(?:www\.)?spdx\.org/licenses|(?:www\.)?opensource\.org/licenses?)"
    r"/(?P<name>[\w.+-]+?)(?:\.html|\.php)?/?$",
    re.IGNORECASE,
)
_APACHE_URL = re.compile(r"https?://(?:www\.)?apache\.org/licenses/LICENSE-2\.0(?:\.\w+)?/?$")


def parse(data: bytes) -> Report:
    """Return the package as one component; its license is "" where it states none.

    A license file's name, and an address that stands for no license, are kept as they are: no
    policy can allow them without having read them. Raises `OutputUnreadable`.
    """
    metadata = child(parse_xml(data, _TOOL, "package"), "metadata", _TOOL)
    name, version = _text(metadata, "id"), _text(metadata, "version")
    if not name or not version:
        raise unreadable(_TOOL, "it names no package, or no version")
    component = Component(
        name=name,
        version=version,
        ecosystem="NuGet",
        license=_license(metadata),
        purl=f"pkg:nuget/{name}@{version}",
    )
    return Report(components=(component,))


def _license(metadata: Element) -> str:
    stated = metadata.find("license")
    if stated is not None and stated.text:
        kind = stated.get("type", "")
        if kind not in ("expression", "file"):
            raise unreadable(_TOOL, f"its license is of the type {kind!r}")
        return plain(stated.text)
    url = _text(metadata, "licenseUrl")
    named = _SPDX_URL.match(url)
    if _APACHE_URL.match(url):
        return "Apache-2.0"
    return named["name"] if named else url


def _text(metadata: Element, name: str) -> str:
    return plain(metadata.findtext(name, ""))
