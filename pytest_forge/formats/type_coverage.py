"""type-coverage's JSON (`type-coverage --json-output --detail`).

Its `percent` is null, with success, where there was nothing to look at; it is computed here.
"""

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Report, Sample


def parse(data: bytes) -> Report:
    """Return `type.coverage` and `identifiers`, and a sample for each one without a type.

    Raises `OutputUnreadable`, also where what has no type is not as many as it counts.
    """
    document = parse_json(data, "type-coverage")
    failed = document.optional("error")
    if failed is not None:
        raise unreadable("type-coverage", failed.text().partition("\n")[0])
    total = document.key("totalCount").count()
    typed = document.key("correctCount").count()
    details = tuple(_sample(one) for one in document.key("details").items())
    if typed > total or len(details) != total - typed:
        raise unreadable(
            "type-coverage", f"it counts {typed} of {total}, but names {len(details)} without type"
        )
    measures: dict[str, float] = {"identifiers": total}
    if total:
        measures["type.coverage"] = 100 * typed / total
    return Report(measures=measures, samples=details)


def _sample(one: Value) -> Sample:
    return Sample(
        measure="type.untyped",
        value=1,
        subject=one.key("text").text(),
        path=one.key("filePath").text(),
        # It counts lines from 0.
        line=one.key("line").count() + 1,
    )
