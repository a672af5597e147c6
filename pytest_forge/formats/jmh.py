"""JMH's results as JSON (`-rf json`): a list of values for each fork, which is a process."""

from collections.abc import Iterator
from dataclasses import replace

from pytest_forge.formats.benchmarks import positive, report, times
from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Benchmark, Report

_TOOL = "JMH"
_PER_SECOND = {"s": 1.0, "ms": 1e3, "us": 1e6, "ns": 1e9, "min": 1 / 60, "hr": 1 / 3600}


def parse(data: bytes) -> Report:
    """Return each benchmark once for each fork, with the score of each iteration.

    Times are in seconds for one operation; a throughput is in operations for one second, of which
    more is better. Raises `OutputUnreadable`.
    """
    entries = {}
    for entry in parse_json(data, _TOOL).items():
        name = f"{entry.key('benchmark').text()}{_parameters(entry)} {entry.key('mode').text()}"
        if name in entries:
            raise unreadable(_TOOL, f"two results are called {name}")
        entries[name] = entry
    return report(one for name, entry in entries.items() for one in _forks(name, entry))


def _forks(name: str, entry: Value) -> Iterator[Benchmark]:
    metric = entry.key("primaryMetric")
    unit = metric.key("scoreUnit").text()
    forks = list(metric.key("rawData").items())
    if not forks:
        raise unreadable(_TOOL, f"{metric.at} holds no fork")
    for fork in forks:
        yield _benchmark(name, [positive(one) for one in fork.items()], unit)


def _benchmark(name: str, values: list[float], unit: str) -> Benchmark:
    above, _, below = unit.partition("/")
    if above == "ops" and below in _PER_SECOND:
        rate = times(_TOOL, name, values, 1 / _PER_SECOND[below], "ops/s")
        return replace(rate, direction="higher")
    if below == "op" and above in _PER_SECOND:
        return times(_TOOL, name, values, _PER_SECOND[above])
    raise unreadable(_TOOL, f"{unit!r} is no unit of a score")


def _parameters(entry: Value) -> str:
    stated = entry.optional("params")
    if stated is None:
        return ""
    return "(" + ", ".join(f"{name}={value.text()}" for name, value in stated.members()) + ")"
