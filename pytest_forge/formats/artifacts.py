"""The report of forge's own probe `artifacts`: the files that a build has made."""

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Report, Sample

_TOOL = "the probe artifacts"


def parse(data: bytes) -> Report:
    """Return the number of `artifacts`, and each one's `artifact.size` in bytes as a sample.

    A sample's subject is the declared name and the file's path. Raises `OutputUnreadable`, also for
    an artifact that is empty: a build that failed on the way leaves such files.
    """
    document = parse_json(data, _TOOL)
    name = document.key("artifact").text()
    samples = tuple(_sample(name, one) for one in document.key("files").items())
    return Report(measures={"artifacts": len(samples)}, samples=samples)


def _sample(name: str, one: Value) -> Sample:
    path, size = one.key("path").text(), one.key("bytes").count()
    if not size:
        raise unreadable(_TOOL, f"the artifact {path} is empty")
    return Sample("artifact.size", size, f"{name}/{path}")
