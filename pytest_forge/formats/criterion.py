"""criterion's `benchmark.json` and `sample.json`, as `probes/criterion.py` collects them."""

from pytest_forge.formats.benchmarks import positive, report, times
from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Benchmark, Report

_TOOL = "criterion"
_NANOSECONDS = 1e9


def parse(data: bytes) -> Report:
    """Return each benchmark with its samples: the seconds of one iteration.

    A sample is a number of iterations and the time of all of them. Raises `OutputUnreadable`.
    """
    document = parse_json(data, _TOOL)
    return report(_benchmark(one) for one in document.key("criterion").items())


def _benchmark(one: Value) -> Benchmark:
    sample = one.key("sample")
    iterations = [positive(value) for value in sample.key("iters").items()]
    spent = [positive(value) for value in sample.key("times").items()]
    if len(iterations) != len(spent):
        raise unreadable(_TOOL, f"{sample.at} has not one time for each number of iterations")
    values = [total / count for total, count in zip(spent, iterations, strict=True)]
    return times(_TOOL, one.key("benchmark").key("full_id").text(), values, _NANOSECONDS)
