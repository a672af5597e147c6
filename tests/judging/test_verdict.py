"""What a gate makes of a report, told with gates of the tests' own."""

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from pytest_forge.errors import NothingMeasured
from pytest_forge.judging import Case, Examination, Gate, Judgement, Limit
from pytest_forge.judging.verdict import Verdict, judge
from pytest_forge.model import Finding, Outcome, Report, Sample, Severity, TestCase, TestOutcome
from pytest_forge.projects import Project
from pytest_forge.results import LimitResult
from pytest_forge.settings import ProjectSettings, Waiver

TODAY = date(2026, 6, 30)
LINT = Limit("lint.findings", "at most", 0, noun="lint findings")
LINE = Limit("coverage.line", "at least", 80, unit="%", gives_way_to="coverage.total")
TOTAL = Limit("coverage.total", "at least", None, unit="%")
TYPED = Limit("type.coverage", "at least", 100, unit="%", only_if="typed")
COMPLEXITY = Limit("complexity.max", "at most", 9, each=True, noun="functions too complex")
TESTS = (
    Limit("tests.failed", "at most", 0, noun="tests failed"),
    Limit("tests.executed", "at least", 1, noun="tests"),
)
SEVERITIES = (
    Limit("findings.critical", "at most", 0, noun="critical findings"),
    Limit("findings.high", "at most", 0, noun="high findings"),
    Limit("findings.unknown", "at most", 0, noun="findings of unknown severity"),
    Limit("findings.medium", "at most", None, noun="medium findings"),
)


def judgement(
    *limits: Limit,
    counts: tuple[str, ...] = (),
    supplies: tuple[str, ...] = (),
    waivers: tuple[Waiver, ...] = (),
    users: Mapping[str, float] | None = None,
    projects: Mapping[str, float] | None = None,
    typed: bool = False,
    unavailable: Mapping[str, str] | None = None,
    examine: Examination = lambda report, case: report,
) -> Judgement:
    project = Project("m", "a language", "a project", {"typed": typed}, limits=projects or {})
    return Judgement(
        gate=Gate("a-gate", "A gate", 1, limits, (), "about it", examine),
        case=Case(project, ProjectSettings(limits=users or {}), TODAY),
        waivers=waivers,
        counts=counts,
        supplies=supplies,
        unavailable=unavailable or {},
    )


def waiver(rule: str, expires: date = TODAY, gate: str = "a-gate", path: str = "") -> Waiver:
    return Waiver(gate, rule, "a reason", "Ada", expires, path)


def lint(rule: str = "F401", line: int = 1) -> Finding:
    return Finding("lint.findings", rule, "unused", path="src/x", line=line)


def linted(report: Report, *waivers: Waiver) -> Verdict:
    return judge(report, judgement(LINT, counts=("lint.findings",), waivers=waivers))


def line_verdict(value: float, **rest: Mapping[str, float]) -> Verdict:
    given = judgement(LINE, TOTAL, supplies=("coverage.line",), **rest)  # type: ignore[arg-type]
    return judge(Report(measures={"coverage.line": value}), given)


class TestCounts:
    def test_no_finding_passes_and_is_a_measured_zero(self) -> None:
        verdict = linted(Report())
        assert (verdict.outcome, verdict.reason) == (Outcome.PASSED, "")
        assert verdict.measures == {"lint.findings": 0}
        assert verdict.limits == (LimitResult("lint.findings", 0, 0, ok=True),)

    def test_one_finding_fails(self) -> None:
        verdict = linted(Report((lint(),)))
        assert verdict.outcome is Outcome.FAILED
        assert verdict.reason == "F401 src/x:1 unused"
        assert verdict.limits == (LimitResult("lint.findings", 1, 0, ok=False),)

    def test_every_finding_has_a_fingerprint(self) -> None:
        verdict = linted(Report((lint(), lint())))
        assert len({one.fingerprint for one in verdict.findings} - {""}) == 2

    def test_a_larger_count_that_the_tool_gave_itself_stands(self) -> None:
        verdict = linted(Report((lint(),), measures={"lint.findings": 3}))
        assert verdict.measures["lint.findings"] == 3
        assert verdict.reason == "3 lint findings, first: F401 src/x:1 unused"

    @pytest.mark.parametrize(("allowed", "outcome"), [(2, "passed"), (1, "failed")])
    def test_the_users_limit_is_inclusive(self, allowed: float, outcome: str) -> None:
        given = judgement(LINT, counts=("lint.findings",), users={"lint.findings": allowed})
        assert judge(Report((lint(), lint(line=2))), given).outcome == outcome

    def test_a_finding_that_the_check_never_promised_still_fails(self) -> None:
        assert judge(Report((lint(),)), judgement(LINT)).outcome is Outcome.FAILED

    def test_a_finding_for_which_the_gate_has_no_limit_fails(self) -> None:
        report = Report((Finding("findings", "S1", "odd", Severity.LOW),))
        verdict = judge(report, judgement(LINT, counts=("findings",)))
        assert verdict.outcome is Outcome.FAILED
        assert verdict.reason == "S1 odd"
        assert verdict.limits == (LimitResult("findings", 1, 0, ok=False),)


class TestSeverities:
    @pytest.mark.parametrize(
        ("severity", "outcome"),
        [
            (Severity.CRITICAL, Outcome.FAILED),
            (Severity.HIGH, Outcome.FAILED),
            (Severity.UNKNOWN, Outcome.FAILED),
            (Severity.MEDIUM, Outcome.PASSED),
            (Severity.INFO, Outcome.PASSED),
        ],
    )
    @pytest.mark.parametrize("counts", ["findings", "findings.high"])
    def test_each_severity_has_its_own_limit(
        self, severity: Severity, outcome: Outcome, counts: str
    ) -> None:
        report = Report((Finding("findings", "ADV-1", "thing 1.0", severity),))
        verdict = judge(report, judgement(*SEVERITIES, counts=(counts,)))
        assert verdict.outcome is outcome
        assert verdict.measures[f"findings.{severity}"] == 1

    def test_a_finding_below_the_limits_is_noted(self) -> None:
        report = Report((Finding("findings", "ADV-1", "thing 1.0", Severity.MEDIUM),))
        verdict = judge(report, judgement(*SEVERITIES, counts=("findings",)))
        assert verdict.notes == ("medium findings: 1",)

    def test_the_user_may_limit_what_is_only_reported(self) -> None:
        report = Report((Finding("findings", "ADV-1", "thing 1.0", Severity.MEDIUM),))
        given = judgement(*SEVERITIES, counts=("findings",), users={"findings.medium": 0})
        assert judge(report, given).reason == "ADV-1 thing 1.0 (medium)"

    def test_all_broken_limits_are_in_the_reason(self) -> None:
        report = Report(
            (
                Finding("findings", "ADV-1", "thing 1.0", Severity.HIGH),
                Finding("findings", "ADV-2", "thing 2.0", Severity.CRITICAL),
            )
        )
        verdict = judge(report, judgement(*SEVERITIES, counts=("findings",)))
        assert verdict.reason == "ADV-2 thing 2.0 (critical); ADV-1 thing 1.0 (high)"


class TestValues:
    @pytest.mark.parametrize(
        ("value", "outcome"),
        [(80, "passed"), (79.996, "failed"), (80 - 2**-46, "failed"), (100, "passed")],
    )
    def test_exact_values_are_compared(self, value: float, outcome: str) -> None:
        assert line_verdict(value).outcome == outcome

    def test_a_limit_of_100_means_exactly_100(self) -> None:
        assert line_verdict(100, users={"coverage.line": 100}).outcome is Outcome.PASSED
        verdict = line_verdict(99.9999, users={"coverage.line": 100})
        assert verdict.reason == "coverage.line 99.9999 % < 100 %"

    def test_the_result_keeps_the_exact_value(self) -> None:
        assert line_verdict(79.996).limits == (LimitResult("coverage.line", 79.996, 80, ok=False),)

    def test_a_limit_on_what_the_check_does_not_measure_is_not_its_business(self) -> None:
        verdict = judge(Report(measures={"files": 1}), judgement(LINE))
        assert (verdict.outcome, verdict.limits) == (Outcome.PASSED, ())

    def test_what_was_measured_is_judged_even_if_nobody_promised_it(self) -> None:
        verdict = judge(Report(measures={"coverage.line": 1}), judgement(LINE))
        assert verdict.outcome is Outcome.FAILED

    @pytest.mark.parametrize("report", [Report(), Report(measures={"coverage.line": math.nan})])
    def test_a_promised_value_that_is_missing_is_an_error(self, report: Report) -> None:
        with pytest.raises(NothingMeasured, match=r"coverage\.line was not measured"):
            judge(report, judgement(LINE, supplies=("coverage.line",)))

    def test_it_is_an_error_even_where_nothing_limits_it(self) -> None:
        with pytest.raises(NothingMeasured):
            judge(Report(), judgement(supplies=("api.additions",)))

    @pytest.mark.parametrize("where", ["report", "judgement"])
    def test_what_cannot_be_measured_is_noted(self, where: str) -> None:
        why = {"coverage.line": "no statements that can be told apart"}
        report = Report(unavailable=why if where == "report" else {})
        given = judgement(
            LINE, supplies=("coverage.line",), unavailable=why if where == "judgement" else {}
        )
        verdict = judge(report, given)
        assert verdict.outcome is Outcome.PASSED
        assert verdict.notes == (
            "coverage.line is not available: no statements that can be told apart",
        )
        assert verdict.limits == ()

    def test_a_value_that_is_there_is_judged_though_it_was_said_to_be_unavailable(self) -> None:
        report = Report(measures={"coverage.line": 3}, unavailable={"coverage.line": "no"})
        verdict = judge(report, judgement(LINE, supplies=("coverage.line",)))
        assert (verdict.outcome, verdict.notes) == (Outcome.FAILED, ())


class TestWhoseLimit:
    def test_the_projects_own_limit_replaces_the_default(self) -> None:
        assert line_verdict(70, projects={"coverage.line": 70}).outcome is Outcome.PASSED
        assert line_verdict(85, projects={"coverage.line": 90}).outcome is Outcome.FAILED

    def test_the_users_limit_stands_above_the_projects(self) -> None:
        verdict = line_verdict(75, projects={"coverage.line": 70}, users={"coverage.line": 76})
        assert verdict.outcome is Outcome.FAILED

    def total(
        self, total: float | None, users: Mapping[str, float], projects: Mapping[str, float]
    ) -> Verdict:
        measures = {"coverage.line": 50.0}
        supplies = ["coverage.line"]
        if total is not None:
            measures["coverage.total"] = total
            supplies.append("coverage.total")
        given = judgement(LINE, TOTAL, supplies=tuple(supplies), users=users, projects=projects)
        return judge(Report(measures=measures), given)

    def test_a_default_gives_way_to_what_the_project_states_instead(self) -> None:
        verdict = self.total(60, {}, {"coverage.total": 60})
        assert verdict.outcome is Outcome.PASSED
        assert verdict.limits == (LimitResult("coverage.total", 60, 60, ok=True),)

    def test_what_it_gave_way_to_can_fail(self) -> None:
        verdict = self.total(59.99, {}, {"coverage.total": 60})
        assert verdict.reason == "coverage.total 59.99 % < 60 %"

    def test_it_does_not_give_way_to_what_was_not_measured(self) -> None:
        verdict = self.total(None, {}, {"coverage.total": 60})
        assert verdict.reason == "coverage.line 50 % < 80 %"

    def test_the_users_own_limit_does_not_give_way(self) -> None:
        verdict = self.total(60, {"coverage.line": 55}, {"coverage.total": 60})
        assert verdict.reason == "coverage.line 50 % < 55 %"

    def test_without_the_projects_word_a_total_is_only_reported(self) -> None:
        verdict = self.total(10, {}, {})
        assert [one.name for one in verdict.limits] == ["coverage.line"]
        assert verdict.measures["coverage.total"] == 10

    @pytest.mark.parametrize(
        ("typed", "users", "outcome"),
        [
            (True, {}, "failed"),
            (False, {}, "passed"),
            (False, {"type.coverage": 95}, "failed"),
            (True, {"type.coverage": 90}, "passed"),
        ],
    )
    def test_a_limit_for_projects_with_a_fact_is_for_them_alone(
        self, typed: bool, users: Mapping[str, float], outcome: str
    ) -> None:
        given = judgement(TYPED, supplies=("type.coverage",), typed=typed, users=users)
        verdict = judge(Report(measures={"type.coverage": 93.5}), given)
        assert verdict.outcome == outcome
        assert verdict.measures == {"type.coverage": 93.5}


class TestTests:
    def verdict(self, *outcomes: TestOutcome) -> Verdict:
        tests = tuple(TestCase(f"t::{n}", one) for n, one in enumerate(outcomes))
        return judge(Report(tests=tests), judgement(*TESTS, supplies=("tests.executed",)))

    def test_one_passed_test_passes(self) -> None:
        verdict = self.verdict(TestOutcome.PASSED)
        assert verdict.outcome is Outcome.PASSED
        assert verdict.measures == {"tests.executed": 1, "tests.failed": 0}

    def test_one_failed_test_fails(self) -> None:
        assert self.verdict(TestOutcome.PASSED, TestOutcome.FAILED).reason == "t::1 failed"

    @pytest.mark.parametrize("outcomes", [(), (TestOutcome.SKIPPED,)])
    def test_no_executed_test_fails(self, outcomes: tuple[TestOutcome, ...]) -> None:
        assert self.verdict(*outcomes).reason == "tests.executed 0 < 1"

    def test_a_failed_test_fails_a_check_that_promised_coverage_alone(self) -> None:
        report = Report(
            measures={"coverage.line": 90}, tests=(TestCase("t::a", TestOutcome.FAILED),)
        )
        verdict = judge(report, judgement(*TESTS, LINE, supplies=("coverage.line",)))
        assert verdict.reason == "t::a failed"


def samples(*values: float) -> Report:
    return Report(
        samples=tuple(
            Sample("complexity.max", value, f"function{n}", "src/x", n + 1)
            for n, value in enumerate(values)
        )
    )


class TestSamples:
    def verdict(self, report: Report, *waivers: Waiver, limit: float | None = None) -> Verdict:
        users = {} if limit is None else {"complexity.max": limit}
        return judge(
            report,
            judgement(COMPLEXITY, supplies=("complexity.max",), waivers=waivers, users=users),
        )

    @pytest.mark.parametrize(("value", "outcome"), [(9, "passed"), (10, "failed")])
    def test_the_limit_holds_for_each(self, value: float, outcome: str) -> None:
        verdict = self.verdict(samples(1, value, 2))
        assert verdict.outcome == outcome
        assert verdict.measures == {"complexity.max": value}

    def test_each_sample_beyond_is_a_finding_of_its_own(self) -> None:
        verdict = self.verdict(samples(10, 3, 12))
        assert [(one.rule, one.line, one.message) for one in verdict.findings] == [
            ("complexity.max", 1, "function0: 10 > 9"),
            ("complexity.max", 3, "function2: 12 > 9"),
        ]
        assert verdict.reason == (
            "2 functions too complex, first: complexity.max src/x:1 function0: 10 > 9"
        )
        assert verdict.limits == (LimitResult("complexity.max", 12, 9, ok=False),)

    def test_a_limit_of_the_users_own_counts_for_the_findings_too(self) -> None:
        verdict = self.verdict(samples(10, 3, 12), limit=10)
        assert [one.message for one in verdict.findings] == ["function2: 12 > 10"]

    def test_one_function_can_be_waived(self) -> None:
        report = replace(samples(12), samples=(*samples(12).samples, *samples(8).samples))
        verdict = self.verdict(report, waiver("complexity.max", path="src/x"))
        assert verdict.outcome is Outcome.WAIVED
        assert verdict.measures == {"complexity.max": 12}

    def test_waived_samples_leave_the_others_to_the_limit(self) -> None:
        far = Sample("complexity.max", 20, "far", "other/y", 1)
        report = replace(samples(12), samples=(*samples(12).samples, far))
        verdict = self.verdict(report, waiver("complexity.max", path="src/**"))
        assert verdict.reason == "complexity.max other/y:1 far: 20 > 9"

    def test_no_sample_and_no_value_is_an_error(self) -> None:
        with pytest.raises(NothingMeasured):
            self.verdict(Report())

    def test_a_value_without_samples_is_judged(self) -> None:
        verdict = self.verdict(Report(measures={"complexity.max": 11}))
        assert verdict.reason == "complexity.max 11 > 9"

    def test_a_tools_own_finding_of_the_measure_fails_whatever_the_limit(self) -> None:
        report = Report((Finding("complexity.max", "C901", "too complex", path="src/x", line=1),))
        verdict = judge(report, judgement(COMPLEXITY, counts=("complexity.max",)))
        assert verdict.reason == "C901 src/x:1 too complex"


class TestWaivers:
    def test_a_waiver_holds_until_its_last_day(self) -> None:
        verdict = linted(Report((lint(),)), waiver("F401", TODAY))
        assert verdict.outcome is Outcome.WAIVED
        assert verdict.reason == "F401 is waived until 2026-06-30: a reason (approved by Ada)"
        assert [one.held_by for one in verdict.findings] == ["waiver"]
        assert verdict.limits == (LimitResult("lint.findings", 0, 0, ok=True),)
        assert verdict.measures == {"lint.findings": 1}

    def test_the_day_after_it_is_ignored_and_named(self) -> None:
        verdict = linted(Report((lint(),)), waiver("F401", date(2026, 6, 29)))
        assert verdict.outcome is Outcome.FAILED
        assert verdict.reason == "F401 src/x:1 unused"
        assert verdict.notes == ("the waiver of F401 expired on 2026-06-29 and is ignored",)

    def test_what_is_not_waived_fails_and_the_waiver_is_noted(self) -> None:
        verdict = linted(Report((lint(), lint("E501"))), waiver("F401"))
        assert verdict.outcome is Outcome.FAILED
        assert verdict.reason == "E501 src/x:1 unused"
        assert verdict.notes == ("F401 is waived until 2026-06-30: a reason (approved by Ada)",)

    def test_a_waiver_of_another_gate_holds_nothing(self) -> None:
        verdict = linted(Report((lint(),)), waiver("F401", gate="another-gate"))
        assert verdict.outcome is Outcome.FAILED
        assert verdict.waivers == ()

    def test_the_waivers_that_fit_are_returned_expired_ones_too(self) -> None:
        live, past, unused = waiver("F401"), waiver("F401", date(2026, 1, 1)), waiver("E501")
        assert linted(Report((lint(),)), live, past, unused).waivers == (live, past)

    def test_a_waiver_of_what_breaks_no_limit_is_a_plain_pass(self) -> None:
        report = Report((Finding("findings", "ADV-1", "thing 1.0", Severity.MEDIUM),))
        given = judgement(*SEVERITIES, counts=("findings",), waivers=(waiver("ADV-1"),))
        assert judge(report, given).outcome is Outcome.PASSED

    def test_a_limit_without_findings_is_waived_by_its_measure(self) -> None:
        given = judgement(LINE, supplies=("coverage.line",), waivers=(waiver("coverage.line"),))
        verdict = judge(Report(measures={"coverage.line": 70}), given)
        assert verdict.outcome is Outcome.WAIVED
        assert verdict.limits == (LimitResult("coverage.line", 70, 80, ok=False),)

    def test_a_waiver_of_a_limit_that_is_met_is_unused(self) -> None:
        given = judgement(LINE, supplies=("coverage.line",), waivers=(waiver("coverage.line"),))
        verdict = judge(Report(measures={"coverage.line": 90}), given)
        assert (verdict.outcome, verdict.waivers) == (Outcome.PASSED, ())


class TestExamination:
    def test_what_the_policy_finds_is_judged_marked_and_waived_like_the_rest(self) -> None:
        def examine(report: Report, case: Case) -> Report:
            return replace(report, findings=(lint("POLICY"),), notes=("a note",))

        given = judgement(LINT, waivers=(waiver("POLICY"),), examine=examine)
        verdict = judge(Report(), given)
        assert verdict.outcome is Outcome.WAIVED
        assert verdict.findings[0].fingerprint
        assert verdict.notes == ("a note",)

    def test_it_sees_the_case(self) -> None:
        seen: list[date] = []

        def examine(report: Report, case: Case) -> Report:
            seen.append(case.today)
            return report

        judge(Report(), judgement(examine=examine))
        assert seen == [TODAY]


@pytest.mark.parametrize(
    "message", ["one\ntwo", "one\r\n  two", "one\ttwo", "  one   two "], ids=range(4)
)
def test_a_reason_is_one_line(message: str) -> None:
    verdict = linted(Report((replace(lint(), message=message),)))
    assert verdict.reason == "F401 src/x:1 one two"
