import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from pytest_forge.model import Finding, Outcome, Severity, TestCase, TestOutcome
from pytest_forge.reports import markdown
from pytest_forge.results import POLICY_RULE, CheckResult, Compared, NotRun, RunReport

MakeCheck = Callable[..., CheckResult]
MakeRun = Callable[..., RunReport]

# The tags and attributes that the page itself makes; none comes from a tool.
OWN_TAGS = re.compile(
    r"</?(?:h1|h2|p|ul|li|code|strong|sub|details|summary|table|thead|tbody|tr|th|td)>|<br>|<br />"
)


def rendered(run: RunReport) -> str:
    html: str = MarkdownIt("gfm-like", {"linkify": False}).render(markdown.write(run))
    return html


def test_the_title_says_whether_it_passed(mixed: RunReport, check: MakeCheck, run: MakeRun) -> None:
    assert markdown.write(mixed).startswith("# ❌ pytest-forge: not passed\n")
    passed = markdown.write(run(check("m::types::t"), check("m::quality::t", Outcome.WAIVED)))
    assert passed.startswith("# ✅ pytest-forge: passed\n")
    assert "nothing was measured" in markdown.write(run()).splitlines()[0]


def test_the_table_has_a_row_for_each_project_worst_first(mixed: RunReport) -> None:
    rows = [line for line in markdown.write(mixed).splitlines() if line.startswith("| `")]
    assert [row.split("|")[1].strip() for row in rows] == [
        "`sdks/python/pyproject.toml`",
        "`sdks/rust/Cargo.toml`",
    ]
    assert "| ❌ **failed** | ⛔ **blocked** | - |" in rows[1]


def test_what_a_change_weakens_comes_before_what_is_to_be_mended(
    check: MakeCheck, run: MakeRun
) -> None:
    weakened = Finding("policy.weakened", POLICY_RULE, "limits.a: was 1, is <2>", path="forge.toml")
    other = Finding("secrets", "AWS", "a key", path="a.py")
    text = markdown.write(run(check("m::security::policy", Outcome.FAILED, findings=(weakened,))))
    assert "## Weakened rules\n\n- `forge.toml` limits.a: was 1, is &lt;2&gt;\n" in text
    assert text.index("## Weakened rules") < text.index("## What to mend")
    assert "Weakened" not in markdown.write(run(check("m::security::s", findings=(other,))))


def test_reasons_come_worst_first_with_the_command_that_runs_them_again(mixed: RunReport) -> None:
    section = markdown.write(mixed).split("## What to mend")[1].split("##")[0]
    ids = re.findall(r"`(sdks\S+::\S+::\S+)`", section)
    assert [one.rsplit("::")[-1] for one in ids] == ["pip-audit", "mypy", "pytest", "build"]
    assert "`no-reference`: no advisories; set FORGE\\_ADVISORIES" in section
    assert "run again: `pytest sdks/python/pyproject.toml::security`" in section
    assert "2 checks of sdks/rust/Cargo.toml: blocked by compilation" in section


def test_waivers_exemptions_notes_and_what_was_not_run_are_listed(mixed: RunReport) -> None:
    text = markdown.write(mixed)
    assert "B603 is waived until 2027-01-31: constant arguments (approved by Jo)" in text
    assert "exempt `sdks/python/pyproject.toml::integration-tests::pytest`: a pure parser" in text
    assert "advisories: newest record 2026-10-01" in text
    assert "`sdks/python/pyproject.toml::breaking-changes` not run: deselected" in text
    assert "`tests/x/pyproject.toml` passed over: below tests/" in text
    assert "`third_party/**` excluded" in text


def test_details_are_folded_and_show_findings_limits_and_failed_tests(mixed: RunReport) -> None:
    text = markdown.write(mixed)
    assert text.count("<details>") == text.count("</details>") == 4
    assert "- `src/a b.py:3` `arg-type` bad argument" in text
    assert "- limit `type.coverage`: measured 79.996, the limit is 80" in text
    assert "- failed test `test_b`: assert 1 == 2" in text
    assert "- `src/run.py:9` low `B603` subprocess (held by a waiver)" in text


def of_a_change(mixed: RunReport) -> RunReport:
    return replace(mixed, since=Compared("main", "0" * 40, ("sdks/rust/Cargo.toml",)))


def test_what_a_change_brings_comes_first_and_the_rest_is_folded(
    mixed: RunReport, check: MakeCheck, run: MakeRun
) -> None:
    found = (
        Finding("lint.findings", "OLD", "old", path="a.py", line=1, held_by="unchanged"),
        Finding("lint.findings", "NEW", "new", path="a.py", line=2),
        Finding("coverage.patch.uncovered", "uncovered", "no test", Severity.INFO, "a.py", 3),
        Finding("policy.weakened", POLICY_RULE, "limits.a: was 1", path="forge.toml"),
    )
    failed = TestCase("test_x", TestOutcome.FAILED, message="1 != 2")
    quality = check("m::quality::ruff", Outcome.FAILED, findings=found, tests=(failed,))
    audit = Finding("findings", "CVE-1", "an advisory", Severity.HIGH)
    other = check("m::security::audit", findings=(audit,))
    text = markdown.write(of_a_change(run(quality, other)))
    section = text.split("## What this change brings\n\n")[1].split("\n\n")[0]
    assert section.splitlines() == [
        "- failed test `test_x`: 1 != 2 (`m::quality::ruff`)",
        "- `a.py:2` `NEW` new (`m::quality::ruff`)",
        "- high `CVE-1` an advisory (`m::security::audit`)",
        "- `a.py:3` info `uncovered` no test (`m::quality::ruff`)",
    ]
    assert text.index("## What this change brings") < text.index("## What to mend")
    assert "`OLD` old (not brought by the change)" in text.split("## Details")[1]
    whole = markdown.write(mixed)
    assert "## Notes" in whole
    assert "What this change brings" not in whole
    folded = markdown.write(of_a_change(mixed))
    for title in ("Waived and exempt", "Notes", "Not run"):
        assert f"<details><summary>{title}</summary>" in folded
    assert folded.count("<details>") == folded.count("</details>") > 3
    assert OWN_TAGS.sub("", rendered(of_a_change(mixed))).count("<") == 0


def test_a_change_that_brings_nothing_says_so(check: MakeCheck, run: MakeRun) -> None:
    text = markdown.write(of_a_change(run(check("m::types::t"))))
    assert "Nothing that was found is of this change." in text
    error = run(check("m::types::t", Outcome.ERROR, reason="no tool"))
    assert "What this change brings" not in markdown.write(of_a_change(error))


def test_a_huge_change_fits_into_a_comment(check: MakeCheck, run: MakeRun) -> None:
    found = tuple(
        Finding("lint.findings", f"R{number}", "text " * 50, path=f"{number}.py", line=1)
        for number in range(2000)
    )
    huge = of_a_change(run(check("m::quality::ruff", Outcome.FAILED, findings=found)))
    text = markdown.write(huge)
    assert len(text) <= markdown.MOST_CHARACTERS
    assert "findings of this change" in text.split("**Left out here for length:**")[1]
    assert "## What to mend" in text


def test_hostile_text_becomes_no_markup(hostile: RunReport) -> None:
    html = OWN_TAGS.sub("", rendered(hostile)).replace("<!-- -->", "")
    assert "<" not in html


def test_hostile_text_becomes_no_mention_reference_or_address(hostile: RunReport) -> None:
    seen = re.sub(r"<code>.*?</code>", "", rendered(hostile), flags=re.DOTALL)
    for mark in ("@octocat", "@example", "#12", "GH-7", "://evil", "www.evil"):
        assert mark not in seen


def test_hostile_text_is_no_command_when_the_page_is_printed_in_a_log(hostile: RunReport) -> None:
    text = markdown.write(hostile)
    assert not re.search(r"^\s*::|##\w*\[|\x1b", text, re.MULTILINE)
    text.encode()


def test_a_huge_run_is_cut_worst_first_and_says_what_is_missing(
    check: MakeCheck, run: MakeRun
) -> None:
    findings = tuple(
        Finding("lint.findings", f"E{n}", "bad " * 100, Severity.LOW, f"src/{n}.py", n + 1)
        for n in range(200)
    )
    worst = Finding("lint.findings", "WORST", "bad", Severity.CRITICAL, "z.py", 1)
    checks = [
        check(
            f"project-{n:04}/pyproject.toml::quality::ruff",
            Outcome.FAILED if n == 777 else Outcome.ERROR if n == 888 else Outcome.PASSED,
            reason="why " * 100,
            findings=(*findings, worst) if n % 9 == 3 else (),
        )
        for n in range(1000)
    ]
    not_run = tuple(NotRun(f"m{n}", "types", "deselected") for n in range(5000))
    text = markdown.write(run(*checks, not_run=not_run))
    assert len(text) <= 65_536
    rows = re.findall(r"`project-(\d+)/pyproject.toml` \|", text)
    assert rows[:2] == ["0888", "0777"]
    ending = text[text.index("**Left out here") :]
    assert re.search(r"\d+ projects in the table", ending)
    assert re.search(r"\d+ lines on what was not run", ending)
    assert re.search(r"\d+ checks with details", ending)
    assert "report.json" in ending
    detail = text[text.index("## Details") :]
    assert detail.index("WORST") < detail.index("E0")


def test_a_check_with_very_many_findings_counts_the_rest(check: MakeCheck, run: MakeRun) -> None:
    tests = tuple(TestCase(f"test_{n}", TestOutcome.FAILED) for n in range(60))
    text = markdown.write(run(check("m::unit-tests::pytest", Outcome.FAILED, tests=tests)))
    assert text.count("- failed test") == 50
    assert "- and 10 more in `report.json`" in text


def test_the_page_says_what_was_measured(mixed: RunReport) -> None:
    assert "commit 0123456789ab, incomplete" in markdown.write(mixed)
    dirty = replace(mixed, dirty=True, complete=True, commit="")
    assert "no commit with uncommitted changes; pytest-forge 1.0." in markdown.write(dirty)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_is_a_word_and_not_only_a_symbol(
    check: MakeCheck, run: MakeRun, outcome: Outcome
) -> None:
    (row,) = re.findall(r"^\| `m` .*$", markdown.write(run(check("m::types::t", outcome))), re.M)
    assert str(outcome) in row
