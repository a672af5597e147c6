"""vitest's `bench --outputJson`: what tinybench measured, for each benchmark of each file."""

from pytest_forge.formats.benchmarks import positive, report, times
from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Benchmark, Report

_TOOL = "vitest"
_MILLISECONDS = 1e3


def parse(data: bytes) -> Report:
    """Return the fastest sample of each benchmark in seconds; vitest leaves the others out.

    Raises `OutputUnreadable`, also for a benchmark that threw: it has no number of samples.
    """
    return report(
        _benchmark(group.key("fullName").text(), one)
        for file in parse_json(data, _TOOL).key("files").items()
        for group in file.key("groups").items()
        for one in group.key("benchmarks").items()
    )


def _benchmark(group: str, one: Value) -> Benchmark:
    name = f"{group} > {one.key('name').text()}"
    samples = one.optional("sampleCount")
    if samples is None or not samples.count():
        raise unreadable(_TOOL, f"{name} has no sample: did it throw?")
    return times(_TOOL, name, (positive(one.key("min")),), _MILLISECONDS)
