"""radon's cyclomatic complexity (`radon cc --json --show-closures`), by McCabe's count.

Functions and methods count, also those inside of functions and classes; a class's own number is
the mean of its methods and does not.
"""

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Report, Sample


def parse(data: bytes) -> Report:
    """Return `complexity.max`, `functions`, and each function's complexity as a sample.

    Raises `OutputUnreadable`, also for a file that radon could not read: it hides that in its
    report and exits 0.
    """
    samples: list[Sample] = []
    for path, blocks in parse_json(data, "radon").members():
        if isinstance(blocks.raw, dict):
            raise unreadable("radon", f"{path}: {blocks.key('error').text()}")
        samples.extend(_sample(path, block) for block in blocks.items() if _is_function(block))
    measures: dict[str, float] = {"functions": len(samples)}
    if samples:
        measures["complexity.max"] = max(sample.value for sample in samples)
    return Report(measures=measures, samples=tuple(samples))


def _is_function(block: Value) -> bool:
    kind = block.key("type").text()
    if kind not in ("function", "method", "class"):
        raise unreadable("radon", f"{block.at} has the type {kind!r}")
    return kind != "class"


def _sample(path: str, block: Value) -> Sample:
    owner, name = block.optional("classname"), block.key("name").text()
    return Sample(
        measure="complexity.max",
        value=block.key("complexity").count(),
        subject=f"{owner.text()}.{name}" if owner else name,
        path=path,
        line=block.key("lineno").count(),
        last_line=block.key("endline").count(),
    )
