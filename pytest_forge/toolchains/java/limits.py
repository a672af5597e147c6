"""The limits that a pom states for its own tools: JaCoCo's ratios, Checkstyle's complexity."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from pytest_forge.projects import Tree
from pytest_forge.toolchains.java.reactor import Module
from pytest_forge.toolchains.places import join
from pytest_forge.toolchains.reading import read

# Properties by which Apache Commons' parent is told the ratios for JaCoCo, in percent of one.
_OF_PARENT = {
    "commons.jacoco.lineRatio": "coverage.line",
    "commons.jacoco.branchRatio": "coverage.branch",
    "commons.jacoco.methodRatio": "coverage.function",
}
_COMPLEXITY = "CyclomaticComplexity"


def limits_of(tree: Tree, module: Module) -> Mapping[str, float]:
    """Return the limits by measure, as far as the tree's poms and Checkstyle's file state them."""
    stated = {
        measure: module.properties[name]
        for name, measure in _OF_PARENT.items()
        if name in module.properties
    }
    for pom in reversed(module.line):
        stated |= pom.ratios
    shares = {name: _share(module.filled(text)) for name, text in stated.items()}
    limits = {name: share for name, share in shares.items() if share is not None}
    complexity = max(_complexities(tree, module), default=None)
    return limits if complexity is None else {**limits, "complexity.max": complexity}


def _share(text: str) -> float | None:
    """Return a ratio ("0.85") or a share ("85%") in percent, None where it is neither."""
    number = text.removesuffix("%").strip()
    try:
        value = float(number)
    except ValueError:
        return None
    percent = value if text.endswith("%") else round(100 * value, 6)
    return percent if 0 <= percent <= 100 else None


def _complexities(tree: Tree, module: Module) -> Iterator[float]:
    for pom in module.line:
        path = join(module.directory, module.filled(pom.checkstyle))
        if pom.checkstyle and tree.has(path):
            yield from maxima(read(tree, path))


def maxima(data: bytes) -> Iterator[float]:
    """Yield what a Checkstyle configuration allows; what can't be read Checkstyle complains of."""
    try:
        root: Element = defusedxml.ElementTree.fromstring(data)
    except (ParseError, DefusedXmlException, ValueError):
        return
    for one in root.iterfind(f".//module[@name='{_COMPLEXITY}']"):
        # The limit where none is stated is Checkstyle's own.
        stated = one.find("property[@name='max']")
        value = "10" if stated is None else stated.get("value", "")
        if value.isdecimal():
            yield float(value)
