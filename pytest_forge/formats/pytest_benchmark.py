"""pytest-benchmark's `--benchmark-json`, which holds every round of each benchmark."""

from pytest_forge.formats.benchmarks import positive, report, times
from pytest_forge.formats.reading import Value, parse_json
from pytest_forge.model import Benchmark, Report

_TOOL = "pytest-benchmark"


def parse(data: bytes) -> Report:
    """Return each benchmark with its rounds, in seconds for one iteration.

    A file that was saved without the rounds (`--benchmark-storage`) has the fastest alone. Raises
    `OutputUnreadable`.
    """
    document = parse_json(data, _TOOL)
    document.key("machine_info")
    return report(_benchmark(one) for one in document.key("benchmarks").items())


def _benchmark(one: Value) -> Benchmark:
    stats = one.key("stats")
    rounds = stats.optional("data")
    values = [stats.key("min")] if rounds is None else list(rounds.items())
    return times(_TOOL, one.key("fullname").text(), map(positive, values))
