"""What a run makes of a baseline."""

from dataclasses import replace

import pytest

from pytest_forge.baselines.describing import difference, held
from pytest_forge.baselines.entries import HELD, Acceptance, Baseline, Known, KnownMeasure
from pytest_forge.baselines.fingerprints import content_of, with_fingerprints
from pytest_forge.baselines.surfaces import lines_of, remarks
from pytest_forge.baselines.updating import Evidence, key_of, updated
from pytest_forge.errors import ErrorName
from pytest_forge.judging import Gate, Limit
from pytest_forge.model import ApiItem, Finding, Outcome
from pytest_forge.results import CheckResult, LimitResult

LINT = Limit("lint.findings", "at most", 0, adopts="findings")
COMPLEXITY = Limit("complexity.max", "at most", 9, each=True, adopts="findings")
LINE = Limit("coverage.line", "at least", 80, adopts="value")
SECRETS = Limit("secrets", "at most", 0, adopts="findings")
ERRORS = Limit("errors", "at most", 0)
GATE = Gate("a-gate", "A gate", 1, (LINT, COMPLEXITY, LINE, SECRETS, ERRORS), (), "about it")
CHECK = "a-gate::check"
WHY = Acceptance("a reason", "Ada", "2026-06-30")
LATER = Acceptance("another reason", "Bob", "2026-07-01")
EMPTY = Baseline("m")


def source_line(path: str, line: int) -> str:
    return {1: "import os", 2: "x = 1", 3: "import os"}.get(line, "")


class Moved:
    """The file `a` has become `b`."""

    def is_gone(self, path: str) -> bool:
        return path == "a"

    def resembles(self, old: str, new: str) -> bool | None:
        return (old, new) == ("a", "b")


EVIDENCE = Evidence(lambda finding: content_of(finding, source_line), Moved())


def lint(line: int, path: str = "a", measure: str = "lint.findings") -> Finding:
    return Finding(measure, "R", "a message", path=path, line=line)


def complex_(value: float) -> Finding:
    return Finding("complexity.max", "complexity.max", "f: x > 9", subject="f", value=value)


def result(
    *findings: Finding, adopted: bool = False, limits: tuple[LimitResult, ...] = ()
) -> CheckResult:
    marked = with_fingerprints(
        [replace(one, held_by=HELD if adopted else None) for one in findings], source_line
    )
    return CheckResult(
        "m::a-gate::check", "m", "l", "a-gate", "t", Outcome.PASSED, findings=marked, limits=limits
    )


def after(baseline: Baseline, done: CheckResult, acceptance: Acceptance | None = None) -> Baseline:
    return updated(baseline, [(CHECK, done, GATE)], EVIDENCE, acceptance)


def adopted(*findings: Finding, limits: tuple[LimitResult, ...] = ()) -> Baseline:
    return after(EMPTY, result(*findings, adopted=True, limits=limits), WHY)


def coverage(actual: float, bound: float = 80, stated: float | None = None) -> LimitResult:
    return LimitResult("coverage.line", actual, bound, True, stated)


def test_without_a_reason_nothing_is_added() -> None:
    assert after(EMPTY, result(lint(1))) == EMPTY
    assert after(EMPTY, result(lint(1), limits=(coverage(70),))) == EMPTY


def test_with_a_reason_what_is_held_is_added_and_says_why() -> None:
    baseline = adopted(lint(1), limits=(coverage(70, 70, stated=80),))
    (entry,) = baseline.findings[CHECK]
    assert (entry.rule, entry.path, entry.message) == ("R", "a", "a message")
    assert baseline.measures == {CHECK: {"coverage.line": KnownMeasure(70, key_of(WHY))}}
    assert baseline.acceptances == {entry.accepted: WHY}


def test_what_is_fixed_goes_with_its_reason() -> None:
    baseline = adopted(lint(1), lint(2))
    assert after(baseline, result(lint(2))).findings == {CHECK: baseline.findings[CHECK][1:]}
    assert after(baseline, result()) == EMPTY


def test_a_second_finding_on_an_equal_line_is_not_taken_in() -> None:
    baseline = adopted(lint(1))
    assert after(baseline, result(lint(1), lint(3))) == baseline


@pytest.mark.parametrize("outcome", [Outcome.ERROR, Outcome.BLOCKED, Outcome.EXEMPT])
def test_a_check_that_did_not_measure_keeps_its_entries(outcome: Outcome) -> None:
    baseline = adopted(lint(1), limits=(coverage(70, 70, stated=80),))
    done = replace(result(), outcome=outcome, error=ErrorName.TOOL_CRASHED)
    assert after(baseline, done) == baseline


def test_a_check_that_was_not_run_keeps_its_entries() -> None:
    baseline = adopted(lint(1))
    assert updated(baseline, [], EVIDENCE) == baseline


def test_errors_are_never_taken_in() -> None:
    assert adopted(lint(1, measure="errors")) == EMPTY


def test_the_message_of_a_secret_is_not_stored() -> None:
    (entry,) = adopted(lint(1, measure="secrets")).findings[CHECK]
    assert entry.message == ""


def test_an_entry_follows_its_file() -> None:
    baseline = adopted(lint(1))
    moved = after(baseline, result(lint(1, path="b")))
    assert [one.path for one in moved.findings[CHECK]] == ["b"]
    assert difference(baseline, moved) == "1 moved; now 1 finding"


class TestRatchets:
    def test_a_better_value_is_kept_and_a_worse_one_is_not(self) -> None:
        baseline = adopted(complex_(14))
        better = after(baseline, result(complex_(12)))
        assert [one.value for one in better.findings[CHECK]] == [12]
        assert after(better, result(complex_(14))) == better

    def test_a_worse_value_needs_a_reason(self) -> None:
        worse = after(adopted(complex_(12)), result(complex_(14), adopted=True), LATER)
        assert [one.value for one in worse.findings[CHECK]] == [14]
        assert set(worse.acceptances.values()) == {LATER}

    def test_a_measure_improves(self) -> None:
        baseline = adopted(limits=(coverage(70, 70, stated=80),))
        done = result(limits=(coverage(75.5, 70, stated=80),))
        assert after(baseline, done).measures[CHECK]["coverage.line"].value == 75.5
        assert after(baseline, done).acceptances == baseline.acceptances

    def test_a_measure_gets_worse_with_a_reason_alone(self) -> None:
        baseline = adopted(limits=(coverage(70, 70, stated=80),))
        done = result(limits=(coverage(60, 70, stated=80),))
        assert after(baseline, done) == baseline
        accepted = after(baseline, result(limits=(coverage(60, 60, stated=80),)), LATER)
        assert accepted.measures[CHECK]["coverage.line"] == KnownMeasure(60, key_of(LATER))

    def test_a_measure_that_meets_its_limit_again_is_forgotten(self) -> None:
        baseline = adopted(limits=(coverage(70, 70, stated=80),))
        assert after(baseline, result(limits=(coverage(80, 70, stated=80),))) == EMPTY

    def test_a_measure_that_was_not_taken_is_kept(self) -> None:
        baseline = adopted(limits=(coverage(70, 70, stated=80),))
        assert after(baseline, result()) == baseline


class TestSurfaces:
    def test_the_public_api_is_taken_in_with_a_reason(self) -> None:
        done = replace(result(), surface=("class a", "class b"))
        assert after(EMPTY, done) == EMPTY
        taken = after(EMPTY, done, WHY)
        assert taken.surface == {CHECK: ("class a", "class b")}
        assert held(taken) == "2 API items"

    def test_by_itself_it_only_shrinks(self) -> None:
        taken = after(EMPTY, replace(result(), surface=("class a", "class b")), WHY)
        changed = after(taken, replace(result(), surface=("class b", "class c")))
        assert changed.surface == {CHECK: ("class b",)}
        assert difference(taken, changed) == "1 removed; now 1 API item"
        assert after(taken, result()) == taken

    def test_what_has_changed_in_it_is_told(self) -> None:
        items = [ApiItem("a.f", "function", "f(x:  int)"), ApiItem("a.B", "class")]
        known = Known(surface=("class a.B", "class a.Gone"))
        assert list(remarks(items, known)) == [
            "new in the public API, by the baseline: function a.f(x: int)",
            "no more in the public API, by the baseline: class a.Gone",
        ]
        assert list(remarks(items, Known(surface=lines_of(items)))) == []
        assert list(remarks(items, Known())) == []

    def test_of_many_the_first_are_told(self) -> None:
        items = [ApiItem(f"a.f{number}", "function") for number in range(5)]
        (told,) = remarks(items, Known(surface=lines_of(items[:1])))
        assert told.endswith("function a.f1, function a.f2, function a.f3 and 1 more")


def test_what_has_changed_is_told() -> None:
    before = adopted(lint(1), lint(2), complex_(14), limits=(coverage(70, 70, stated=80),))
    done = result(lint(2), complex_(12), limits=(coverage(75, 70, stated=80),))
    told = difference(before, after(before, done))
    assert told == "1 removed, 2 changed; now 2 findings, 1 measure"
    assert held(EMPTY) == "nothing"
