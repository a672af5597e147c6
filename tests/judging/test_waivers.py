from datetime import date

import pytest

from pytest_forge.judging.waivers import fits, is_live, marked, sentence
from pytest_forge.model import Finding
from pytest_forge.settings import Waiver

LAST_DAY = date(2026, 6, 30)


def waiver(rule: str = "S105", path: str = "", expires: date = LAST_DAY) -> Waiver:
    return Waiver("security", rule, "a test value", "Ada", expires, path)


def finding(rule: str = "S105", path: str | None = "src/a", held_by: str | None = None) -> Finding:
    return Finding("findings", rule, "a password", path=path, held_by=held_by)


@pytest.mark.parametrize(
    ("today", "live"),
    [
        (date(2026, 6, 29), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_the_last_day_counts(today: date, live: bool) -> None:
    assert is_live(waiver(), today) is live
    held = marked([finding()], [waiver()], today)[0].held_by
    assert held == ("waiver" if live else None)


@pytest.mark.parametrize(
    ("glob", "path", "fit"),
    [
        ("", "src/a", True),
        ("", None, True),
        ("src/**", "src/deep/a", True),
        ("src/*", "src/a", True),
        ("src/*", "src/deep/a", False),
        ("tests/**", "src/a", False),
        ("src/**", None, False),
    ],
)
def test_the_path_is_a_glob_over_the_findings_path(glob: str, path: str | None, fit: bool) -> None:
    assert fits(waiver(path=glob), "S105", path) is fit


@pytest.mark.parametrize("rule", ["S106", "s105", "S1055", "S10"])
def test_the_rule_must_match_exactly(rule: str) -> None:
    assert not fits(waiver(), rule)


def test_other_findings_stay_unmarked() -> None:
    held = marked([finding(), finding("S106")], [waiver()], LAST_DAY)
    assert [one.held_by for one in held] == ["waiver", None]


def test_what_a_baseline_holds_stays_the_baselines() -> None:
    (one,) = marked([finding(held_by="baseline")], [waiver()], LAST_DAY)
    assert one.held_by == "baseline"


def test_a_live_waiver_is_told_with_reason_approver_and_end() -> None:
    assert sentence(waiver(path="src/**"), LAST_DAY) == (
        "S105 in src/** is waived until 2026-06-30: a test value (approved by Ada)"
    )


def test_a_past_waiver_is_named_with_its_date() -> None:
    assert sentence(waiver(), date(2026, 7, 1)) == (
        "the waiver of S105 expired on 2026-06-30 and is ignored"
    )
