"""BenchmarkDotNet's JSON (`--exporters json`): the measurements of each launch."""

from collections.abc import Iterator

from pytest_forge.formats.benchmarks import positive, report, times
from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Benchmark, Report

_TOOL = "BenchmarkDotNet"
_NANOSECONDS = 1e9


def parse(data: bytes) -> Report:
    """Return each benchmark once for each launch, which is a process, in seconds for one operation.

    Taken are the results of the workload, from which BenchmarkDotNet has taken its own overhead. A
    benchmark without one has failed. Raises `OutputUnreadable`.
    """
    document = parse_json(data, _TOOL)
    document.key("HostEnvironmentInfo").key("BenchmarkDotNetVersion")
    entries = list(document.key("Benchmarks").items())
    names = [_said(entry, "FullName") for entry in entries]
    # One method under several jobs has one full name: what is displayed tells the jobs apart.
    shown = [
        name if names.count(name) == 1 else _said(entry, "DisplayInfo")
        for name, entry in zip(names, entries, strict=True)
    ]
    pairs = zip(shown, entries, strict=True)
    return report(one for name, entry in pairs for one in _launches(name, entry))


def _launches(name: str, entry: Value) -> Iterator[Benchmark]:
    launches: dict[int, list[float]] = {}
    for one in entry.key("Measurements").items():
        if (_said(one, "IterationMode"), _said(one, "IterationStage")) == ("Workload", "Result"):
            value = positive(one.key("Nanoseconds")) / positive(one.key("Operations"))
            launches.setdefault(one.key("LaunchIndex").count(), []).append(value)
    if not launches:
        raise unreadable(_TOOL, f"{name} has no result: did it fail?")
    for _, values in sorted(launches.items()):
        yield times(_TOOL, name, values, _NANOSECONDS)


def _said(one: Value, name: str) -> str:
    return one.key(name).text()
