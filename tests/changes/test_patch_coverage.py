"""Patch coverage: three states of changed lines, and what the gate makes of them."""

from datetime import date
from importlib.metadata import entry_points

import pytest
from toy_repository import Repository
from toy_runs import forge

from pytest_forge.changes.changed import WHOLE, Changes
from pytest_forge.judging import Case, Gate, Judgement
from pytest_forge.judging.verdict import Verdict, judge
from pytest_forge.model import CoveredLines, Outcome, Report
from pytest_forge.projects import Project
from pytest_forge.settings import ProjectSettings

(GATE,) = entry_points(group="pytest_forge.gates", name="unit-tests")
UNIT_TESTS: Gate = GATE.load().GATE
WHOLE_MEASURES = {"tests.executed": 1, "coverage.line": 99.0}
SOURCE = frozenset({1, 2, 3, 5, 6})
"""Lines with text of every file that is code."""


def lines(covered: list[int], uncovered: list[int]) -> CoveredLines:
    return CoveredLines(frozenset(covered), frozenset(uncovered))


def verdict(
    changed: dict[str, tuple[tuple[int, int], ...]],
    known: dict[str, CoveredLines],
    supplies: tuple[str, ...] = ("tests.executed", "coverage.line"),
    limit: float | None = None,
    compared: bool = True,
) -> Verdict:
    settings = ProjectSettings(limits={} if limit is None else {"coverage.patch": limit})
    changes = Changes("main", "0" * 40, changed) if compared else None
    case = Case(Project("m", "a language", "p"), settings, date(2026, 6, 30), changes=changes)
    judgement = Judgement(
        UNIT_TESTS,
        case,
        supplies=supplies,
        code=lambda path: SOURCE if path.endswith(".code") else frozenset(),
    )
    return judge(Report(measures=WHOLE_MEASURES, lines=known), judgement)


def test_only_changed_lines_with_code_count() -> None:
    known = {"a": lines([1, 2, 3, 10], [4, 11, 12]), "b": lines([1], [2])}
    found = verdict({"a": ((3, 4), (8, 11)), "other": WHOLE}, known)
    assert found.measures["coverage.patch"] == 50
    assert "changed lines with code: 2 covered, 2 uncovered, 0 never measured" in found.notes
    assert found.outcome is Outcome.FAILED
    assert "coverage.patch" in found.reason
    told = [(one.measure, one.path, one.line, one.message) for one in found.findings]
    assert told == [
        ("coverage.patch.uncovered", "a", 4, "no unit test reaches line 4 of the change"),
        ("coverage.patch.uncovered", "a", 11, "no unit test reaches line 11 of the change"),
    ]
    assert [one.held_by for one in found.findings] == [None, None]
    assert "uncovered parts of the change: 2" in found.notes


def test_lines_that_follow_each_other_are_one_finding() -> None:
    known = {"a": lines(list(range(20, 60)), [3, 4, 5, 7])}
    found = verdict({"a": WHOLE}, known)
    assert found.outcome is Outcome.PASSED
    assert [(one.line, one.last_line) for one in found.findings] == [(3, 5), (7, 7)]
    assert found.findings[0].message == "no unit test reaches lines 3 to 5 of the change"


def test_what_no_coverage_data_mentions_is_never_measured_and_not_covered() -> None:
    found = verdict({"a": ((1, 5),), "new.code": WHOLE}, {"a": lines([1, 2, 3, 4, 5], [])})
    assert found.measures["coverage.patch"] == 50
    assert found.outcome is Outcome.FAILED
    assert "changed lines with code: 5 covered, 0 uncovered, 5 never measured" in found.notes
    (finding,) = found.findings
    assert (finding.measure, finding.path) == ("coverage.patch.unmeasured", "new.code")
    assert (finding.line, finding.last_line) == (1, 6)
    assert "changed files never measured: 1" in found.notes
    alone = verdict({"new.code": ((4, 5),)}, {"a": lines([1], [])})
    assert (alone.measures["coverage.patch"], alone.outcome) == (0, Outcome.FAILED)


@pytest.mark.parametrize(
    ("changed", "known"),
    [
        ({}, {"a": lines([1], [2])}),
        ({"a": ((9, 9),)}, {"a": lines([1], [2])}),
        ({"a": ()}, {"a": lines([1], [2])}),
        ({"a.code": ((4, 4),)}, {"a": lines([1], [2])}),
        ({"notes": WHOLE}, {"a": lines([1], [2])}),
    ],
)
def test_a_change_without_code_has_no_patch_coverage(
    changed: dict[str, tuple[tuple[int, int], ...]], known: dict[str, CoveredLines]
) -> None:
    found = verdict(changed, known)
    assert found.outcome is Outcome.PASSED
    assert "coverage.patch" not in found.measures
    assert found.notes == ()


def test_data_without_lines_says_so() -> None:
    assert verdict({}, {}).notes == ()
    found = verdict({"a.code": WHOLE}, {})
    assert "coverage.patch is not available: the coverage data names no lines" in found.notes
    assert "coverage.patch" not in found.measures


def test_it_is_measured_for_a_change_alone_and_by_the_check_that_measures_coverage() -> None:
    changed, known = {"a": WHOLE}, {"a": lines([], [1])}
    assert verdict(changed, known, compared=False).measures == WHOLE_MEASURES
    assert "coverage.patch" not in verdict(changed, known, ("tests.executed",)).measures
    assert verdict(changed, known, limit=0).outcome is Outcome.PASSED
    assert verdict(changed, {"a": lines([1, 2, 3, 4], [5])}, limit=80.5).outcome is Outcome.FAILED


def test_lines_that_ran_in_one_of_two_reports_are_covered() -> None:
    first, second = Report(lines={"a": lines([1], [2, 3])}), Report(lines={"a": lines([2], [1, 4])})
    assert first.merged(second).lines == {"a": lines([1, 2], [3, 4])}


def test_the_lines_come_from_the_tool_to_the_report(repository: Repository) -> None:
    repository.toy().write({"forge.toml": "", "x.code": "1\n2\n3\n4\n", "y.code": "1\n"}).commit()
    repository.write({"x.code": "1\nb\nc\n4\n", "y.code": "b\n\n"})
    known = {"x.code": [[1, 2], [3, 4]]}
    repository.steer(test={"report": {"lines": known}})
    ran = forge(repository, "--forge-since", "HEAD", "-k", "toy-test and unit-tests")
    check = ran.check("toy.json::unit-tests::toy-test")
    assert (ran.status, check["outcome"]) == (1, "failed")
    assert check["measures"]["coverage.patch"] == pytest.approx(100 / 3)
    places = {(one["measure"], one["path"], one["line"]) for one in check["findings"]}
    assert places == {
        ("coverage.patch.uncovered", "x.code", 3),
        ("coverage.patch.unmeasured", "y.code", 1),
    }
