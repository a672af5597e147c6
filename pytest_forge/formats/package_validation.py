"""Suppression files of .NET's package validation: each change of the API, by documentation ids.

`dotnet pack` writes one where it finds a change, and none where it finds none. In strict mode
additions are changes as well: what is in the strict file alone was added.
"""

import re

from pytest_forge.formats.markup import child, parse_xml
from pytest_forge.formats.reading import lines, plain, unreadable
from pytest_forge.model import Finding, Report, Sample, Severity

CHANGED = "validation.changed"
"""The measure of a sample for each change in strict mode."""

VALIDATED = "validation.packed"
"""The measure of a sample for each package that was made, and so validated."""

_TOOL = "package validation"
_MADE = re.compile(r"^\s*Successfully created package '(?P<path>.+\.nupkg)'\.$")
_WHAT = {
    "CP0001": "a type is gone",
    "CP0002": "a member is gone, or has another signature",
    "CP0003": "the assembly has another identity",
    "CP0004": "an assembly is gone",
    "CP0005": "an abstract member was added",
    "CP0006": "a member was added to an interface",
    "CP0007": "a base type is gone",
    "CP0008": "an interface is no longer implemented",
    "CP0009": "a type was sealed",
}


def parse(data: bytes) -> Report:
    """Return what breaks as findings of `api.breaking`; raises `OutputUnreadable`."""
    changes = _changes(data)
    findings = (
        Finding(
            measure="api.breaking",
            rule=rule,
            message=f"{target}: {_WHAT.get(rule, 'incompatible with the last release')}",
            severity=Severity.HIGH,
        )
        for rule, target in changes
    )
    return Report(findings=tuple(findings))


def parse_strict(data: bytes) -> Report:
    """Return every change as a sample; raises `OutputUnreadable`."""
    samples = (Sample(CHANGED, 1, f"{rule} {target}") for rule, target in _changes(data))
    return Report(samples=tuple(samples))


def parse_log(data: bytes) -> Report:
    """Return the packages that `dotnet pack` has made, as samples.

    Where one was there already nothing is validated again, and none is named. Raises
    `OutputUnreadable`.
    """
    text = lines(data)
    if not any(" -> " in line for line in text):
        raise unreadable(_TOOL, "it names nothing that was built")
    made = (found["path"] for line in text if (found := _MADE.match(line)))
    names = [path for path in made if not path.endswith(".symbols.nupkg")]
    return Report(samples=tuple(Sample(VALIDATED, 1, name) for name in names))


def _changes(data: bytes) -> list[tuple[str, str]]:
    """Return rule and target of each change, once over all frameworks."""
    root = parse_xml(data, _TOOL, "Suppressions")
    found = [
        (
            plain(child(one, "DiagnosticId", _TOOL).text or ""),
            plain(child(one, "Target", _TOOL).text or ""),
        )
        for one in root.iterfind("Suppression")
    ]
    if not found or not all(rule and target for rule, target in found):
        raise unreadable(_TOOL, "it names no change")
    return list(dict.fromkeys(found))
