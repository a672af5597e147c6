"""What apidiff prints of two releases of a module: incompatible changes, then compatible ones.

It prints nothing where nothing has changed; the export data that it compared is another output.
"""

from collections.abc import Iterator

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Finding, Report, Sample, Severity

ADDED = "api.added"
"""The measure of the samples that name each compatible change."""

INCOMPATIBLE = "api.incompatible"
"""The measure of the samples that name each change of `apidiff -incompatible`."""

_HEADINGS = {"Incompatible changes:": True, "Compatible changes:": False}
_MARK = "- "


def parse(data: bytes) -> Report:
    """Return incompatible changes as findings of `api.breaking`; of any changes `api.additions`.

    Compatible changes are additions, each also a sample. Raises `OutputUnreadable`.
    """
    changes = list(_changes(data))
    added = [message for message, breaking in changes if not breaking]
    return Report(
        findings=tuple(_finding(message) for message, breaking in changes if breaking),
        measures={"api.additions": len(added)} if changes else {},
        samples=tuple(Sample(ADDED, 1, message) for message in added),
    )


def parse_incompatible(data: bytes) -> Report:
    """Return a sample for each change in the list of `apidiff -incompatible`, which has no heading.

    Raises `OutputUnreadable`.
    """
    text = lines(data)
    if text[-1] or not all(line.startswith(_MARK) for line in text[:-1]):
        raise unreadable("apidiff", next(filter(None, reversed(text))))
    names = (line.removeprefix(_MARK) for line in text[:-1])
    return Report(samples=tuple(Sample(INCOMPATIBLE, 1, name) for name in names))


def _changes(data: bytes) -> Iterator[tuple[str, bool]]:
    text = lines(data)
    if text[-1]:
        raise unreadable("apidiff", f"its last line is cut off: {text[-1]}")
    breaking: bool | None = None
    for line in text[:-1]:
        if line in _HEADINGS:
            breaking = _HEADINGS[line]
        elif breaking is None or not line.startswith(_MARK):
            raise unreadable("apidiff", line)
        else:
            yield line.removeprefix(_MARK), breaking


def _finding(message: str) -> Finding:
    # `./till.(*Till).Add: removed`: the name, then what became of it, as the rule.
    what = message.rpartition(": ")[2].partition(" from ")[0]
    return Finding("api.breaking", what or "changed", message, Severity.HIGH)
