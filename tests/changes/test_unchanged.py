"""What a change did not bring is held; the gate says for each limit what that means."""

import dataclasses
from datetime import date
from importlib.metadata import entry_points

import pytest

from pytest_forge.changes.changed import WHOLE, Changes
from pytest_forge.judging import Case, Gate, Judgement, Limit
from pytest_forge.judging.verdict import Verdict, judge
from pytest_forge.model import Finding, Outcome, Report, Sample, Severity
from pytest_forge.projects import Project
from pytest_forge.settings import ProjectSettings, Waiver

TODAY = date(2026, 6, 30)
CHANGES = Changes("main", "0" * 40, {"a": ((3, 5), (20, 20)), "new": WHOLE, "lost": ()}, ("gone",))
GATE = Gate(
    "a-gate",
    "A gate",
    1,
    (
        Limit("lint.findings", "at most", 0, noun="lint findings", by_change="line"),
        Limit("findings.high", "at most", 0, noun="high findings", by_change="line"),
        Limit("files.unformatted", "at most", 0, noun="unformatted files", by_change="file"),
        Limit("complexity.max", "at most", 9, each=True, noun="functions", by_change="line"),
        Limit("type.errors", "at most", 0, noun="type errors"),
    ),
    (),
    "about it",
)
CASE = Case(Project("m", "a language", "p"), ProjectSettings(), TODAY, changes=CHANGES)


def verdict(report: Report, *counts: str, changes: Changes | None = CHANGES) -> Verdict:
    case = dataclasses.replace(CASE, changes=changes)
    return judge(report, Judgement(GATE, case, counts=counts))


def lint(path: str | None, line: int | None, last: int | None = None) -> Finding:
    return Finding("lint.findings", "R", "text", path=path, line=line, last_line=last)


@pytest.mark.parametrize(
    ("finding", "held"),
    [
        (lint("a", 2), True),
        (lint("a", 3), False),
        (lint("a", 5), False),
        (lint("a", 6), True),
        (lint("a", 1, 2), True),
        (lint("a", 1, 3), False),
        (lint("a", 10, 30), False),
        (lint("a", 21, 30), True),
        (lint("new", 1000), False),
        (lint("lost", 1), True),
        (lint("other", 3), True),
        (lint("other", None), False),
        (lint(None, None), False),
        (Finding("findings", "R", "t", Severity.HIGH, "a", 2), True),
        (Finding("findings", "R", "t", Severity.HIGH, "a", 4), False),
        (Finding("findings", "CVE-1", "an advisory", Severity.HIGH, "m"), False),
        (Finding("type.errors", "R", "a caller", path="other", line=3), False),
        (Finding("nobodys", "R", "what no limit counts", path="other", line=3), False),
        (Finding("files.unformatted", "R", "t", path="other"), True),
        (Finding("files.unformatted", "R", "t", path="other", line=3), True),
        (Finding("files.unformatted", "R", "t", path="a", line=90), False),
        (Finding("files.unformatted", "R", "t", path="lost"), False),
    ],
)
def test_what_counts_as_brought_by_a_change(finding: Finding, held: bool) -> None:
    found = verdict(Report(findings=(finding,)), finding.measure)
    assert [one.held_by for one in found.findings] == ["unchanged" if held else None]
    assert found.outcome is (Outcome.PASSED if held else Outcome.FAILED)
    whole = verdict(Report(findings=(finding,)), finding.measure, changes=None)
    assert (whole.outcome, whole.findings[0].held_by) == (Outcome.FAILED, None)


def test_what_is_held_is_counted_in_the_measures_and_noted() -> None:
    found = verdict(Report(findings=(lint("a", 4), lint("a", 9), lint("b", 1))), "lint.findings")
    assert found.measures["lint.findings"] == 3
    (row,) = [row for row in found.limits if row.name == "lint.findings"]
    assert (row.actual, row.ok) == (1, False)
    assert found.notes == ("not brought by the change since main: 2 findings",)
    assert "R a:4" in found.reason
    assert "a:9" not in found.reason


@pytest.mark.parametrize(
    ("first", "second", "brought"),
    [
        ((1, None), (8, None), {"f", "g"}),
        ((6, None), (12, None), {"g"}),
        ((6, 11), (12, 18), set()),
        ((1, 2), (12, 20), {"g"}),
        ((21, None), (30, None), set()),
    ],
)
def test_a_change_anywhere_in_a_function_counts_for_it(
    first: tuple[int, int | None], second: tuple[int, int | None], brought: set[str]
) -> None:
    samples = (
        Sample("complexity.max", 30, "f", "a", *first),
        Sample("complexity.max", 20, "g", "a", *second),
    )
    found = verdict(Report(samples=samples, measures={"complexity.max": 30}))
    assert {one.subject for one in found.findings if one.held_by is None} == brought
    worst = max((one.value for one in samples if one.subject in brought), default=None)
    judged = {row.name: row.actual for row in found.limits}
    assert judged.get("complexity.max") == worst


def test_what_the_change_did_not_bring_needs_no_waiver() -> None:
    waiver = Waiver("a-gate", "R", "a reason", "Ada", TODAY)
    report = Report(findings=(lint("a", 9),))
    held = judge(report, Judgement(GATE, CASE, (waiver,), counts=("lint.findings",)))
    assert (held.outcome, held.findings[0].held_by) == (Outcome.PASSED, "unchanged")


def test_gates_hold_by_place_only_what_has_one() -> None:
    gates: list[Gate] = [entry.load().GATE for entry in entry_points(group="pytest_forge.gates")]
    rules = {limit.measure: limit.by_change for gate in gates for limit in gate.limits}
    by_line = {measure for measure, rule in rules.items() if rule == "line"}
    assert by_line == {
        *("warnings", "lint.findings", "complexity.max", "secrets"),
        *(f"findings.{one}" for one in ("critical", "high", "unknown", "medium", "low")),
    }
    by_file = {measure for measure, rule in rules.items() if rule == "file"}
    assert by_file == {"files.unformatted", "licenses.headers"}
