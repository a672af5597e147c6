"""The bump that a change of the API needs, beside the declared one."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from forge_gate_breaking_changes import GATE
from forge_gate_breaking_changes.bumps import examine
from pytest_forge.errors import OutputUnreadable
from pytest_forge.judging import Case, Judgement
from pytest_forge.judging.verdict import Verdict, judge
from pytest_forge.model import Finding, Outcome, Release, Report, VersionStep

BuildCase = Callable[..., Case]


def report(
    previous: str | None, declared: str, breaks: int = 0, additions: int | None = 0
) -> Report:
    return Report(
        findings=tuple(
            Finding("api.breaking", "removed", f"item {number} was removed")
            for number in range(breaks)
        ),
        measures={
            "api.breaking": breaks,
            **({} if additions is None else {"api.additions": additions}),
        },
        release=Release(declared=declared, previous=previous, tag=previous and f"v{previous}"),
    )


def step_of(given: Report, case: Case) -> VersionStep:
    step = examine(given, case).step
    assert step is not None
    return step


def test_a_report_without_a_release_stays_as_it_is(case: BuildCase) -> None:
    given = Report(findings=(Finding("versions.mismatched", "versions", "1.0 is not 1.1"),))
    assert examine(given, case()) is given


def test_a_first_release_says_so(case: BuildCase) -> None:
    examined = examine(report(None, "0.1.0", additions=40), case())
    assert examined.findings == ()
    told = "first release: nothing to compare 0.1.0 with"
    assert examined.step == VersionStep(
        *(None, None, "0.1.0", None, None, "none", "", True), sentence=told
    )
    assert verdict_on(report(None, "0.1.0", additions=40), case()).notes == (told,)


SENTENCES = {
    # The declared version is the released one.
    ("1.2.0", "1.2.0", 0, 0): "no change since 1.2.0 needs a higher version; "
    "1.2.0 is still declared",
    (
        "1.2.0",
        "1.2.0",
        0,
        1,
    ): "1 addition since 1.2.0 needs at least 1.3.0; 1.2.0 is still declared",
    ("v0.4.0", "0.4.0", 0, 3): "3 additions since v0.4.0 need at least 0.4.1; "
    "0.4.0 is still declared",
    # A patch, a minor and a major step that will do.
    ("1.2.0", "1.2.1", 0, 0): "no change since 1.2.0 needs a higher version; 1.2.1 is declared",
    ("1.2.0", "1.3.0", 0, 2): "2 additions since 1.2.0 need at least 1.3.0; 1.3.0 is declared",
    ("1.2.3", "3.1.0", 2, 3): "2 breaks and 3 additions since 1.2.3 need at least 2.0.0; "
    "3.1.0 is declared",
    # Before 1.0.0 a minor step may break, and a patch may add.
    ("0.4.0", "0.4.1", 0, 1): "1 addition since 0.4.0 needs at least 0.4.1; 0.4.1 is declared",
    ("0.4.0", "0.5.0", 1, 0): "1 break since 0.4.0 needs at least 0.5.0; 0.5.0 is declared",
    ("0.4.2", "1.0.0", 1, 1): "1 break and 1 addition since 0.4.2 need at least 0.5.0; "
    "1.0.0 is declared",
    # Only a tag tells the version, as in Go.
    ("1.4.2", "", 0, 0): "no change since 1.4.2 needs a higher version; "
    "the next tag declares the version",
    ("1.4.2", "", 0, 1): "1 addition since 1.4.2 needs at least 1.5.0; "
    "the next tag declares the version",
    ("0.4.2", "", 2, 0): "2 breaks since 0.4.2 need at least 0.5.0; "
    "the next tag declares the version",
    # Pre-releases promise nothing; what leads to a final release is weighed as that.
    ("1.2.3", "2.0.0rc1", 2, 0): "2 breaks since 1.2.3 need at least 2.0.0; "
    "2.0.0rc1, on the way to 2.0.0, is declared",
    ("2.19.1", "2.20.0-SNAPSHOT", 0, 1): "1 addition since 2.19.1 needs at least 2.20.0; "
    "2.20.0-SNAPSHOT, on the way to 2.20.0, is declared",
    ("2.0.0b1", "2.0.0b2", 1, 0): "1 break since 2.0.0b1 needs a version above 2.0.0b1; "
    "2.0.0b2, on the way to 2.0.0, is declared",
    ("2.0.0-beta.1", "2.0.0", 1, 0): "1 break since 2.0.0-beta.1 needs a version above "
    "2.0.0-beta.1; 2.0.0 is declared",
    # Dates, four parts, post releases and epochs are weighed like every other version.
    ("25.4.0", "26.1.0", 1, 0): "1 break since 25.4.0 needs at least 26.0.0; 26.1.0 is declared",
    ("2026.1", "2026.2", 0, 1): "1 addition since 2026.1 needs at least 2026.2.0; "
    "2026.2 is declared",
    ("2.18.4.1", "2.18.4.2", 0, 0): "no change since 2.18.4.1 needs a higher version; "
    "2.18.4.2 is declared",
    ("1.2.0", "1.2.0.post1", 0, 0): "no change since 1.2.0 needs a higher version; "
    "1.2.0.post1 is declared",
    ("2024.1", "1!1.0", 2, 0): "2 breaks since 2024.1 need at least 2025.0.0; 1!1.0 is declared",
    # Nothing looked for additions.
    ("1.2.0", "1.2.1", 0, None): "no break since 1.2.0 needs a higher version; 1.2.1 is declared",
}


@pytest.mark.parametrize(("given", "sentence"), SENTENCES.items(), ids=map(str, SENTENCES))
def test_a_version_that_will_do_is_told_in_one_sentence(
    case: BuildCase, given: tuple[str, str, int, int | None], sentence: str
) -> None:
    examined = examine(report(*given), case())
    assert [one.measure for one in examined.findings] == ["api.covered"] * given[2]
    assert verdict_on(report(*given), case()).notes == (sentence,)
    assert examined.step is not None
    assert (examined.step.ok, examined.step.sentence) == (True, sentence)


REFUSED = {
    ("1.2.3", "1.2.3", 1, 0): "1 break since 1.2.3 needs at least 2.0.0; 1.2.3 is still declared",
    ("1.2.0", "1.2.1", 2, 0): "2 breaks since 1.2.0 need at least 2.0.0; 1.2.1 is declared",
    ("1.2.0", "1.3.0", 2, 3): "2 breaks and 3 additions since 1.2.0 need at least 2.0.0; "
    "1.3.0 is declared",
    ("0.4.0", "0.4.0", 1, 0): "1 break since 0.4.0 needs at least 0.5.0; 0.4.0 is still declared",
    ("0.4.0", "0.4.1", 1, 0): "1 break since 0.4.0 needs at least 0.5.0; 0.4.1 is declared",
    ("1.2.3", "1.1.0", 1, 0): "1 break since 1.2.3 needs at least 2.0.0; 1.1.0 is declared",
    ("1.4.2", "", 1, None): "1 break since 1.4.2 needs at least 2.0.0; "
    "the next tag declares the version",
    ("2.0.0b1", "2.0.0b1", 1, 0): "1 break since 2.0.0b1 needs a version above 2.0.0b1; "
    "2.0.0b1 is still declared",
    ("1.2.0", "1.3.0.dev1", 1, 0): "1 break since 1.2.0 needs at least 2.0.0; "
    "1.3.0.dev1, on the way to 1.3.0, is declared",
    ("2.19.1", "2.20.0-SNAPSHOT", 1, 0): "1 break since 2.19.1 needs at least 3.0.0; "
    "2.20.0-SNAPSHOT, on the way to 2.20.0, is declared",
    ("2026.1", "2026.2", 1, 0): "1 break since 2026.1 needs at least 2027.0.0; 2026.2 is declared",
    ("1!1.2.0", "1!1.3.0", 1, 0): "1 break since 1!1.2.0 needs at least 1!2.0.0; "
    "1!1.3.0 is declared",
}


@pytest.mark.parametrize(("given", "sentence"), REFUSED.items(), ids=map(str, REFUSED))
def test_a_version_that_will_not_do_keeps_the_breaks_and_opens_the_reason(
    case: BuildCase, given: tuple[str, str, int, int | None], sentence: str
) -> None:
    examined = examine(report(*given), case())
    assert examined.findings == report(*given).findings
    verdict = verdict_on(report(*given), case())
    assert verdict.notes == ()
    assert verdict.outcome is Outcome.FAILED
    assert verdict.reason.startswith(f"{sentence}; ")
    assert "removed item 0 was removed" in verdict.reason
    assert verdict.step == examined.step


def test_additions_in_a_patch_release_are_a_bump_too_small(case: BuildCase) -> None:
    sentence = "3 additions since 1.2.3 need at least 1.3.0; 1.2.4 is declared"
    (finding,) = examine(report("1.2.3", "1.2.4", additions=3), case()).findings
    assert (finding.measure, finding.rule) == ("versions.bump", "versions.bump")
    assert finding.message == sentence
    verdict = verdict_on(report("1.2.3", "1.2.4", additions=3), case())
    assert (verdict.outcome, verdict.reason) == (Outcome.FAILED, f"versions.bump {sentence}")


@pytest.mark.parametrize(("previous", "needed"), [("1.2.3", "1.3.0"), ("0.4.0", "0.4.1")])
def test_additions_under_the_released_version_fail_in_the_release_profile_alone(
    case: BuildCase, previous: str, needed: str
) -> None:
    given = report(previous, previous, additions=1)
    for profile in ("", "quick", "pull-request", "nightly"):
        assert verdict_on(given, case(profile=profile)).outcome is Outcome.PASSED
    verdict = verdict_on(given, case(profile="release"))
    assert (verdict.outcome, verdict.reason) == (
        Outcome.FAILED,
        f"versions.bump 1 addition since {previous} needs at least {needed}; "
        f"{previous} is still declared",
    )


@pytest.mark.parametrize(
    ("previous", "declared", "additions"),
    [("1.2.3", "1.2.3", 0), ("1.2.3", "1.3.0", 1), ("1.2.3", "", 1), ("2.0.0b1", "2.0.0", 1)],
)
def test_the_release_profile_passes_what_needs_no_other_version(
    case: BuildCase, previous: str, declared: str, additions: int
) -> None:
    given = report(previous, declared, additions=additions)
    assert verdict_on(given, case(profile="release")).outcome is Outcome.PASSED


def test_the_parts_of_the_verdict_are_told_apart(case: BuildCase) -> None:
    step = step_of(report("1.2.0", "1.3.0", breaks=2, additions=3), case())
    assert replace(step, sentence="") == VersionStep(
        previous="1.2.0",
        tag="v1.2.0",
        declared="1.3.0",
        breaks=2,
        additions=3,
        needs="major",
        required="2.0.0",
        ok=False,
        sentence="",
    )
    before_one = step_of(report("0.4.0", "0.5.0", breaks=1), case())
    assert (before_one.needs, before_one.required) == ("minor", "0.5.0")
    nothing = step_of(report("0.4.0", "0.5.0", additions=None), case())
    assert (nothing.needs, nothing.required, nothing.additions) == ("none", "", None)


def test_findings_that_are_no_breaks_keep_their_words(case: BuildCase) -> None:
    other = Finding("changelog.missing", "changelog-entry", "no entry for 1.2.4")
    for declared in ("1.2.4", "2.0.0"):
        given = report("1.2.3", declared, breaks=1)
        given = Report((*given.findings, other), release=given.release)
        assert examine(given, case()).findings[1] == other


def verdict_on(given: Report, case: Case) -> Verdict:
    return judge(given, Judgement(GATE, case, counts=("api.breaking",)))


def test_covered_breaks_pass_the_gate_and_are_told_once(case: BuildCase) -> None:
    verdict = verdict_on(report("1.2.3", "2.0.0", breaks=2), case())
    assert (verdict.outcome, verdict.reason) == (Outcome.PASSED, "")
    assert len(verdict.notes) == 1
    assert verdict.measures == {"api.breaking": 0, "api.covered": 2, "api.additions": 0}


def test_breaks_that_a_limit_allows_are_told_all_the_same(case: BuildCase) -> None:
    lenient = case()
    settings = replace(lenient.settings, limits={"api.breaking": 5})
    verdict = verdict_on(report("1.2.3", "1.3.0", breaks=2), replace(lenient, settings=settings))
    assert (verdict.outcome, verdict.reason) == (Outcome.PASSED, "")
    assert verdict.notes == ("2 breaks since 1.2.3 need at least 2.0.0; 1.3.0 is declared",)


def test_a_version_that_cannot_be_ordered_is_an_error(case: BuildCase) -> None:
    with pytest.raises(OutputUnreadable, match="'next' is no version"):
        examine(report("1.0.0", "next", breaks=1), case())
