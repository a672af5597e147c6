"""The bump that a change of the API needs, beside the declared one."""

from collections.abc import Callable

import pytest

from forge_gate_breaking_changes import GATE
from forge_gate_breaking_changes.bumps import examine
from pytest_forge.errors import OutputUnreadable
from pytest_forge.judging import Case, Judgement
from pytest_forge.model import Finding, Outcome, Release, Report
from pytest_forge.verdict import Verdict, judge

BuildCase = Callable[..., Case]


def report(previous: str | None, declared: str, breaks: int = 0, additions: int = 0) -> Report:
    return Report(
        findings=tuple(
            Finding("api.breaking", "removed", f"item {number} was removed")
            for number in range(breaks)
        ),
        measures={"api.additions": additions, "api.breaking": breaks},
        release=Release(declared=declared, previous=previous),
    )


def test_a_report_without_a_release_stays_as_it_is(case: BuildCase) -> None:
    given = Report(findings=(Finding("versions.mismatched", "versions", "1.0 is not 1.1"),))
    assert examine(given, case()) is given


def test_a_first_release_says_so(case: BuildCase) -> None:
    examined = examine(report(None, "0.1.0", additions=40), case())
    assert examined.findings == ()
    assert examined.notes == ("first release: nothing to compare 0.1.0 with",)


@pytest.mark.parametrize(
    ("previous", "declared"),
    [
        ("1.2.3", "2.0.0"),
        ("1.2.3", "3.1.0"),
        ("1.2.3", "2.0.0rc1"),
        ("0.4.0", "0.5.0"),
        ("0.4.2", "1.0.0"),
        ("2.0.0b1", "2.0.0"),
    ],
)
def test_a_bump_that_covers_the_breaks_holds_them(
    case: BuildCase, previous: str, declared: str
) -> None:
    examined = examine(report(previous, declared, breaks=2), case())
    assert [one.measure for one in examined.findings] == ["api.covered", "api.covered"]
    assert "api.breaking" not in examined.measures
    assert examined.notes == (
        f"breaking changes covered by the step from {previous} to {declared}: 2",
    )


@pytest.mark.parametrize(
    ("previous", "declared", "following"),
    [
        ("1.2.3", "1.2.3", "2.0.0"),
        ("1.2.3", "1.2.4", "2.0.0"),
        ("1.2.3", "1.3.0", "2.0.0"),
        ("0.4.0", "0.4.0", "0.5.0"),
        ("0.4.0", "0.4.1", "0.5.0"),
        ("1.2.3", "1.1.0", "2.0.0"),
    ],
)
def test_a_smaller_bump_leaves_the_breaks_and_says_the_version(
    case: BuildCase, previous: str, declared: str, following: str
) -> None:
    examined = examine(report(previous, declared, breaks=1), case())
    (finding,) = examined.findings
    assert finding.measure == "api.breaking"
    assert finding.message == f"item 0 was removed; keep it, or declare at least {following}"
    assert examined.notes == (f"the next version must be at least {following}",)


@pytest.mark.parametrize(
    ("previous", "following"), [("1.2.3", "1.3.0"), ("0.4.0", "0.4.1"), ("v0.4.0", "0.4.1")]
)
def test_additions_under_the_released_version_pass_with_the_next_one(
    case: BuildCase, previous: str, following: str
) -> None:
    examined = examine(report(previous, previous, additions=3), case())
    assert examined.findings == ()
    assert examined.notes == (f"the next version must be at least {following}",)


@pytest.mark.parametrize(
    ("previous", "declared"),
    [("1.2.3", "1.3.0"), ("1.2.3", "2.0.0"), ("0.4.0", "0.4.1"), ("0.4.0", "0.5.0")],
)
def test_additions_with_a_sufficient_bump_need_no_word(
    case: BuildCase, previous: str, declared: str
) -> None:
    examined = examine(report(previous, declared, additions=3), case())
    assert examined.findings == ()
    assert examined.notes == ()


def test_additions_in_a_patch_release_are_a_bump_too_small(case: BuildCase) -> None:
    (finding,) = examine(report("1.2.3", "1.2.4", additions=3), case()).findings
    assert (finding.measure, finding.rule) == ("versions.bump", "versions.bump")
    assert finding.message == (
        "the public API gained 3 since 1.2.3: declare at least 1.3.0, not 1.2.4"
    )


@pytest.mark.parametrize("declared", ["1.2.3", "1.2.4", "1.3.0"])
def test_no_change_is_no_word(case: BuildCase, declared: str) -> None:
    given = report("1.2.3", declared)
    assert examine(given, case()) == given


def test_findings_that_are_no_breaks_keep_their_words(case: BuildCase) -> None:
    other = Finding("changelog.missing", "changelog-entry", "no entry for 1.2.4")
    given = report("1.2.3", "1.2.4", breaks=1)
    given = Report((*given.findings, other), release=given.release)
    assert examine(given, case()).findings[1] == other


def verdict_on(given: Report, case: Case) -> Verdict:
    return judge(
        given, Judgement(GATE, case, counts=("api.breaking",), supplies=("api.additions",))
    )


def test_covered_breaks_pass_the_gate_and_are_told_once(case: BuildCase) -> None:
    verdict = verdict_on(report("1.2.3", "2.0.0", breaks=2), case())
    assert (verdict.outcome, verdict.reason) == (Outcome.PASSED, "")
    assert len(verdict.notes) == 1
    assert verdict.measures == {"api.breaking": 0, "api.covered": 2, "api.additions": 0}


def test_breaks_that_are_not_covered_fail_the_gate_with_the_mend(case: BuildCase) -> None:
    verdict = verdict_on(report("1.2.3", "1.3.0", breaks=1), case())
    assert (verdict.outcome, verdict.reason) == (
        Outcome.FAILED,
        "removed item 0 was removed; keep it, or declare at least 2.0.0",
    )


def test_additions_under_the_released_version_pass_the_gate(case: BuildCase) -> None:
    assert verdict_on(report("1.2.3", "1.2.3", additions=1), case()).outcome is Outcome.PASSED


def test_additions_in_a_patch_release_fail_the_gate(case: BuildCase) -> None:
    verdict = verdict_on(report("1.2.3", "1.2.4", additions=1), case())
    assert verdict.outcome is Outcome.FAILED
    assert verdict.reason.startswith("versions.bump the public API gained 1 since 1.2.3")


def test_other_findings_stay_beside_covered_breaks(case: BuildCase) -> None:
    other = Finding("changelog.missing", "changelog-entry", "no entry for 2.0.0")
    given = report("1.0.0", "2.0.0", breaks=1)
    given = Report((*given.findings, other), release=given.release)
    assert examine(given, case()).findings[1] == other


def test_a_version_that_cannot_be_ordered_is_an_error(case: BuildCase) -> None:
    with pytest.raises(OutputUnreadable, match="'next' is no version"):
        examine(report("1.0.0", "next", breaks=1), case())


def test_breaks_before_the_first_major_version_pass_where_only_the_tag_tells(
    case: BuildCase,
) -> None:
    examined = examine(report("0.4.2", "", breaks=1), case())
    assert [one.measure for one in examined.findings] == ["api.covered"]
    assert examined.notes == ("breaking changes covered by the step from 0.4.2 to 0.5.0: 1",)


def test_breaks_fail_where_only_the_tag_tells_the_next_version(case: BuildCase) -> None:
    examined = examine(report("1.4.2", "", breaks=1), case())
    assert [one.measure for one in examined.findings] == ["api.breaking"]
    assert examined.notes == ("the next version must be at least 2.0.0",)


def test_additions_name_the_next_version_where_only_the_tag_tells_it(case: BuildCase) -> None:
    examined = examine(report("1.4.2", "", additions=1), case())
    assert (examined.findings, examined.notes) == (
        (),
        ("the next version must be at least 1.5.0",),
    )
    assert examine(report("1.4.2", ""), case()).notes == ()
