"""The step of a verdict that concerns a change: what it did not bring is marked, never removed."""

from collections.abc import Mapping
from dataclasses import replace

from pytest_forge.changes.changed import WHOLE, Changes
from pytest_forge.judging import Gate
from pytest_forge.model import Finding, Report
from pytest_forge.phrases import counted

HELD = "unchanged"
"""What `held_by` says of a finding that does not stand on changed lines."""

_LAST = WHOLE[0][1]


def marked(report: Report, gate: Gate, changes: Changes | None) -> Report:
    """Mark the findings that the changes did not bring, and say how many they are.

    What that means is said by the gate, for each of its limits. What something else holds stays
    as it is, and so does a finding without a place: nobody can tell which line brought it.
    """
    if changes is None:
        return report
    rules = {limit.measure: limit.by_change for limit in gate.limits}
    ends = _ends(report)
    findings = tuple(
        replace(one, held_by=HELD)
        if one.held_by is None and not _is_brought(one, _rule(one, rules), changes, ends)
        else one
        for one in report.findings
    )
    count = sum(one.held_by == HELD for one in findings)
    what = counted(count, "finding")
    note = f"not brought by the change since {changes.revision}: {what}"
    return replace(report, findings=findings, notes=(*report.notes, *([note] if count else [])))


def _rule(finding: Finding, rules: Mapping[str, str]) -> str:
    split = f"{finding.measure}.{finding.severity}"
    return rules.get(split, "") or rules.get(finding.measure, "")


def _is_brought(
    finding: Finding, rule: str, changes: Changes, ends: Mapping[tuple[str, str, int], int]
) -> bool:
    path, line = finding.path, finding.line
    if not rule or path is None:
        return True
    if rule == "file":
        return path in changes.files
    if line is None:
        return True
    last = finding.last_line or ends.get((finding.measure, path, line), line)
    return changes.touches(path, line, max(line, last))


def _ends(report: Report) -> dict[tuple[str, str, int], int]:
    """Return the last lines of samples of which no tool tells it: the one before the next begins.

    So a change inside of a function counts for the function, which is reported at its first line.
    """
    starts: dict[tuple[str, str], set[int]] = {}
    for one in report.samples:
        if one.path is not None and one.line is not None:
            starts.setdefault((one.measure, one.path), set()).add(one.line)
    return {
        (*key, line): following - 1
        for key, lines in starts.items()
        for line, following in _pairs(sorted(lines))
    }


def _pairs(lines: list[int]) -> list[tuple[int, int]]:
    return list(zip(lines, [*lines[1:], _LAST + 1], strict=True))
