"""Cobertura XML, as coverlet writes it: one file for each test project, over the same sources.

Several files are merged line by line, by whoever reads their samples. A function is a `method`; one
that is an iterator or asynchronous has a class of its own. coverlet's `complexity` is not McCabe's.
"""

import posixpath
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from pytest_forge.formats.markup import attribute, child, count, parse_xml
from pytest_forge.formats.reading import unreadable
from pytest_forge.model import CoveredLines, Report, Sample

FUNCTION = "cobertura.function"
"""The measure of a sample for each function: 1 where one of its lines has run, else 0."""
BRANCHES = "cobertura.branches"
"""The measure of a sample for each line with branches: how many these are."""
TAKEN = "cobertura.taken"
"""The measure of a sample beside it: how many of the branches were taken."""
FILE = "cobertura.file"
"""The measure of the one sample that each file of coverage gives: its number of lines."""

_TOOL = "the coverage collector"
_CONDITIONS = re.compile(r"\((\d+)/(\d+)\)$")
# What the compiler makes of an iterator or an asynchronous method: PageReader/<ReadAll>d__3.
_STATE_MACHINE = re.compile(r"^(?P<type>.+)/<(?P<method>[^>]+)>d__\d+$")


def parse(data: bytes) -> Report:
    """Return the lines of each file, and samples of functions and branches.

    Raises `OutputUnreadable`, also where the lines are not as many as the file says.
    """
    root = parse_xml(data, _TOOL, "coverage")
    source = _source(root)
    lines: dict[str, CoveredLines] = {}
    samples = [Sample(FILE, count(root, "lines-valid", _TOOL), "")]
    for one in child(root, "packages", _TOOL).iterfind("package/classes/class"):
        path = posixpath.join(source, attribute(one, "filename", _TOOL).replace("\\", "/"))
        found = list(child(one, "lines", _TOOL).iterfind("line"))
        lines[path] = lines.get(path, CoveredLines()).merged(_lines(found))
        samples.extend(_branches(path, found))
        samples.extend(_functions(path, one))
    _require_all(root, lines)
    return Report(lines=lines, samples=tuple(samples))


def _source(root: Element) -> str:
    sources = [(one.text or "").strip() for one in root.iterfind("sources/source")]
    if len(sources) > 1:
        raise unreadable(_TOOL, f"its files may lie in {len(sources)} places")
    return sources[0].replace("\\", "/") if sources else ""


def _require_all(root: Element, lines: dict[str, CoveredLines]) -> None:
    valid = sum(len(one.covered | one.uncovered) for one in lines.values())
    announced = count(root, "lines-valid", _TOOL)
    # Lines of several functions (lambdas) stand in several classes, and are announced more often.
    if (announced and not valid) or valid > announced:
        raise unreadable(_TOOL, f"it announces {announced} lines, but holds {valid}")


def _lines(found: list[Element]) -> CoveredLines:
    numbers = {count(one, "number", _TOOL): False for one in found}
    for one in found:
        numbers[count(one, "number", _TOOL)] |= count(one, "hits", _TOOL) > 0
    covered = frozenset(number for number, hit in numbers.items() if hit)
    return CoveredLines(covered, frozenset(numbers) - covered)


def _branches(path: str, found: list[Element]) -> Iterator[Sample]:
    for one in found:
        if one.get("branch", "False").lower() != "true":
            continue
        said = _CONDITIONS.search(attribute(one, "condition-coverage", _TOOL))
        if said is None:
            raise unreadable(_TOOL, "a line with branches does not say how many")
        line = count(one, "number", _TOOL)
        yield Sample(BRANCHES, int(said[2]), "", path, line)
        yield Sample(TAKEN, int(said[1]), "", path, line)


def _functions(path: str, holder: Element) -> Iterator[Sample]:
    name = attribute(holder, "name", _TOOL)
    for one in child(holder, "methods", _TOOL).iterfind("method"):
        numbers = [count(line, "number", _TOOL) for line in one.iterfind("lines/line")]
        hit = any(count(line, "hits", _TOOL) for line in one.iterfind("lines/line"))
        if numbers:
            subject = _named(name, attribute(one, "name", _TOOL), one.get("signature", ""))
            yield Sample(FUNCTION, int(hit), subject, path, min(numbers), max(numbers))


def _named(holder: str, method: str, signature: str) -> str:
    machine = _STATE_MACHINE.match(holder)
    if machine and method == "MoveNext":
        return f"{machine['type']}.{machine['method']}"
    return f"{holder}.{method}{signature}"
