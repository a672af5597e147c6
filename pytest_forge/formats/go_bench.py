"""Go's benchmark text, as a test binary prints it for `-test.bench`.

The form is that of "Go Benchmark Data Format" (the proposal 14313, in force since Go 1.7).
"""

import re

from pytest_forge.formats.benchmarks import report, times
from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Benchmark, Report

_TOOL = "go's benchmarks"
_RESULT = re.compile(r"(?P<name>Benchmark\S*)\s+(?P<count>\d+)\s+(?P<value>\d+(?:\.\d+)?) ns/op\b")
_BROKEN = re.compile(r"--- FAIL: |FAIL\b|panic: ")
_NANOSECONDS = 1e9


def parse(data: bytes) -> Report:
    """Return each benchmark with the seconds of one operation, once for each time that it ran.

    A name is the package's path and the benchmark's name with the number of processors, as Go
    prints it. Metrics beside the time are not read. Raises `OutputUnreadable`, also where the text
    does not end as a passed test does, or where a line of a result has no time.
    """
    text = [line.rstrip() for line in lines(data) if line.strip()]
    broken = next(filter(_BROKEN.match, text), "")
    if broken:
        raise unreadable(_TOOL, broken)
    if not text or not (text[-1] == "PASS" or text[-1].startswith("ok  ")):
        raise unreadable(_TOOL, "it does not end with PASS")
    return report(_benchmarks(text))


def _benchmarks(text: list[str]) -> list[Benchmark]:
    package, values = "", dict[str, list[float]]()
    for line in text:
        if line.startswith("pkg: "):
            package = line.removeprefix("pkg: ") + " "
        elif line.startswith("Benchmark"):
            name, value = _result(line)
            values.setdefault(package + name, []).append(value)
    return [times(_TOOL, name, found, _NANOSECONDS) for name, found in values.items()]


def _result(line: str) -> tuple[str, float]:
    found = _RESULT.match(line)
    if found is None or not float(found["value"]):
        raise unreadable(_TOOL, line)
    return found["name"], float(found["value"])
