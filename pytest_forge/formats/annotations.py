"""The report of forge's own probe `annotations`: how many parameters and returns are annotated."""

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Report, Sample


def parse(data: bytes) -> Report:
    """Return `type.coverage` in percent and `files.checked`; raises `OutputUnreadable`.

    Each function with something left to annotate is a sample, its value its own percentage.
    """
    document = parse_json(data, "annotations")
    files = document.key("files").count()
    total, annotated = document.key("total").count(), document.key("annotated").count()
    missing = [_missing(entry) for entry in document.key("incomplete").items()]
    if total - annotated != sum(count for count, _ in missing):
        raise unreadable("annotations", "its functions do not add up to its totals")
    measures: dict[str, float] = {"files.checked": files}
    unavailable = {}
    if total:
        measures["type.coverage"] = 100 * annotated / total
    else:
        unavailable["type.coverage"] = "the code has no parameter and no return"
    samples = tuple(sample for _, sample in missing)
    return Report(measures=measures, samples=samples, unavailable=unavailable)


def _missing(entry: Value) -> tuple[int, Sample]:
    total, annotated = entry.key("total").count(), entry.key("annotated").count()
    if not total > annotated:
        raise unreadable("annotations", f"{entry.at} is complete")
    return total - annotated, Sample(
        measure="type.coverage",
        value=100 * annotated / total,
        subject=entry.key("name").text(),
        path=entry.key("path").text(),
        line=entry.key("line").count(),
    )
