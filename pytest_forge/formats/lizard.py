"""lizard's XML report (`lizard --xml`): the cyclomatic complexity of each function.

Not its CSV, which could end after any line: the XML closes, and counts its functions at the end.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from pytest_forge.formats.markup import parse_xml
from pytest_forge.formats.reading import plain, unreadable
from pytest_forge.model import Report, Sample

_PLACE = re.compile(r"(?P<name>.*)\(\.\.\.\) at (?P<path>.+):(?P<line>\d+)$", re.DOTALL)
_COLUMNS = ["Nr.", "NCSS", "CCN"]


def parse(data: bytes) -> Report:
    """Return `complexity.max`, `functions`, `files.checked`, and each function as a sample.

    Raises `OutputUnreadable`, also where the functions are not as many as the report counts.
    """
    root = parse_xml(data, "lizard", "cppncss")
    measured = {one.get("type"): one for one in root.findall("measure")}
    if set(measured) != {"Function", "File"}:
        raise unreadable("lizard", "it does not measure functions and files")
    functions, files = measured["Function"], measured["File"]
    if [label.text for label in functions.iterfind("labels/label")] != _COLUMNS:
        raise unreadable("lizard", f"the columns of its functions are not {_COLUMNS}")
    samples = tuple(_samples(functions))
    counted = [one.get("value") for one in files.iterfind("sum[@label='Functions']")]
    if counted != [str(len(samples))]:
        raise unreadable("lizard", f"it names {len(samples)} functions, but counts {counted}")
    measures: dict[str, float] = {
        "functions": len(samples),
        "files.checked": len(files.findall("item")),
    }
    if samples:
        measures["complexity.max"] = max(sample.value for sample in samples)
    return Report(measures=measures, samples=samples)


def _samples(functions: Element) -> Iterator[Sample]:
    for item in functions.findall("item"):
        found = _PLACE.match(item.get("name", ""))
        values = [value.text or "" for value in item.findall("value")]
        if not found or len(values) != len(_COLUMNS) or not values[-1].isdigit():
            raise unreadable("lizard", f"a function is {item.get('name')!r}: {values}")
        yield Sample(
            measure="complexity.max",
            value=int(values[-1]),
            subject=plain(found["name"]),
            path=found["path"],
            line=int(found["line"]),
        )
