import re
from collections.abc import Callable

import pytest

from pytest_forge.model import Outcome
from pytest_forge.reports.escape import columns, plain
from pytest_forge.reports.terminal import summary
from pytest_forge.results import CheckResult, Compared, RunReport

MakeCheck = Callable[..., CheckResult]
MakeRun = Callable[..., RunReport]


def test_a_whole_summary_reads_well_at_eighty_columns(mixed: RunReport) -> None:
    assert summary(mixed, 80).splitlines() == [
        "9 gates of 2 projects: 1 error, 3 failed, 2 blocked, 2 passed, 1 exempt",
        "commit 0123456789ab, incomplete: not everything was run",
        "",
        "                           compi. types   unit   integ. quali. secur.  licen.",
        "sdks/python/pyproject.toml -      FAILED  FAILED exempt passed ERROR   passed",
        "sdks/rust/Cargo.toml       FAILED blocked -      -      -      blocked -",
        "ERROR: could not be measured; FAILED: a limit is not met; blocked: not measured,",
        "an earlier gate failed; exempt: does not apply; -: no check here, or not run",
        "gates: compilation, types, unit-tests, integration-tests, quality, security,",
        "licenses",
        "",
        "ERROR   sdks/python/pyproject.toml::security::pip-audit",
        "        no-reference: no advisories; set FORGE_ADVISORIES",
        "FAILED  sdks/python/pyproject.toml::types::mypy",
        "        arg-type src/a b.py:3 bad argument",
        "FAILED  sdks/python/pyproject.toml::unit-tests::pytest",
        "        test_b failed: assert 1 == 2",
        "FAILED  sdks/rust/Cargo.toml::compilation::build  it fails",
        "blocked 2 checks of sdks/rust/Cargo.toml  blocked by compilation",
        "",
        "waived  sdks/python/pyproject.toml::security::bandit",
        "        B603 is waived until 2027-01-31: constant arguments (approved by Jo)",
        "exempt  sdks/python/pyproject.toml::integration-tests::pytest  a pure parser",
        "note    sdks/python/pyproject.toml::quality::ruff  12 low findings",
        "",
        "note: advisories: newest record 2026-10-01",
        "not run: 2 gates (2 deselected)",
        "passed over: 1 manifest, with the reasons in .forge/reports/report.md",
        "excluded: third_party/**",
        "",
        "reports: .forge/reports",
        "run next: pytest sdks/python/pyproject.toml::security",
    ]


@pytest.mark.parametrize("width", [60, 80, 100, 132, 200])
def test_no_line_of_ordinary_length_is_wider_than_the_terminal(
    mixed: RunReport, width: int
) -> None:
    lines = summary(mixed, width).splitlines()
    assert [line for line in lines if columns(line) > max(width, 80)] == []
    if width >= 80:
        table = lines[3:6]
        assert all(columns(line) <= width for line in table)


def test_full_names_stand_in_the_table_where_there_is_room(mixed: RunReport) -> None:
    lines = summary(mixed, 140).splitlines()
    assert "integration-tests" in lines[3]
    assert lines[4].startswith("sdks/python/pyproject.toml")
    assert not any(line.startswith("gates:") for line in lines)


def test_colour_adds_to_the_words_and_takes_nothing_away(mixed: RunReport) -> None:
    coloured = summary(mixed, 80, color=True)
    assert "\x1b[31mFAILED\x1b[0m" in coloured
    assert plain(coloured) == summary(mixed, 80, color=False)


def test_hostile_text_moves_nothing_and_commands_nothing(hostile: RunReport) -> None:
    text = summary(hostile, 80)
    assert "\x1b" not in text
    assert not re.search(r"^\s*::|##\w*\[|[\x00-\x08\x0e-\x1f\x80-\x9f\u202e]", text, re.MULTILINE)
    text.encode()


def test_a_green_run_asks_for_nothing(check: MakeCheck, run: MakeRun) -> None:
    lines = summary(run(check("m::types::t"), check("m::quality::t")), 80).splitlines()
    assert lines[0] == "2 gates of 1 project: 2 passed"
    assert lines[-1] == "reports: .forge/reports"
    assert "run next" not in "\n".join(lines)


def test_a_run_of_nothing_says_so(run: MakeRun) -> None:
    assert summary(run(), 80).splitlines()[0] == "nothing was measured"


def test_only_the_first_reasons_are_shown(check: MakeCheck, run: MakeRun) -> None:
    checks = [
        check(f"m::quality::t{n:02}", Outcome.FAILED, reason=f"reason {n}") for n in range(13)
    ]
    text = summary(run(*checks), 80, reports="out")
    assert [n for n in range(13) if f"reason {n}\n" in text] == list(range(10))
    assert "3 more in out/report.md" in text


def test_the_next_command_is_quoted_for_the_shell(check: MakeCheck, run: MakeRun) -> None:
    failed = check("my sdk's/pyproject.toml::types::t", Outcome.FAILED, reason="no")
    command = summary(run(failed), 80).splitlines()[-1]
    assert command == """run next: pytest 'my sdk'"'"'s/pyproject.toml::types'"""


def test_the_next_command_judges_as_the_run_did(check: MakeCheck, run: MakeRun) -> None:
    failed = check("m::types::t", Outcome.FAILED, reason="no")
    since = Compared("origin/main", "0" * 40, ("m",))
    command = summary(run(failed, profile="release", since=since), 80).splitlines()[-1]
    assert command == (
        "run next: pytest m::types --forge-profile release --forge-since origin/main"
    )


def test_the_next_command_works_where_the_user_is(check: MakeCheck, run: MakeRun) -> None:
    failed = check("sdk/pyproject.toml::types::t", Outcome.FAILED, reason="no")
    command = summary(run(failed), 80, root="..").splitlines()[-1]
    assert command == "run next: pytest ../sdk/pyproject.toml::types"


def test_the_next_command_is_for_the_worst_and_never_for_a_blocked_gate(
    check: MakeCheck, run: MakeRun
) -> None:
    checks = (
        check("a::types::t", Outcome.BLOCKED, reason="blocked by compilation"),
        check("b::types::t", Outcome.FAILED, reason="no"),
        check("c::quality::t", Outcome.ERROR, reason="gone"),
    )
    assert summary(run(*checks), 80).endswith("run next: pytest c::quality")


def test_a_long_reason_is_wrapped_and_then_cut(check: MakeCheck, run: MakeRun) -> None:
    failed = check("m::types::t", Outcome.FAILED, reason="word " * 400)
    lines = [line for line in summary(run(failed), 80).splitlines() if "word" in line]
    assert len(lines) == 4
    assert lines[-1].endswith("…")


def test_gates_that_begin_alike_are_told_apart(check: MakeCheck, run: MakeRun) -> None:
    gates = ("documentation-links-of-the-site", "documentation-style-of-the-site")
    checks = [check(f"{'long/' * 8}m::{gate}::t") for gate in gates]
    lines = summary(run(*checks), 60).splitlines()
    assert lines[3].split() == ["1", "2"]
    assert "gates: " + ", ".join(gates) in " ".join(lines)


def test_a_great_many_projects_are_counted(check: MakeCheck, run: MakeRun) -> None:
    checks = [check(f"p{n:03}/m::types::t") for n in range(45)]
    failed = check("q/m::types::t", Outcome.FAILED, reason="no")
    lines = summary(run(*checks, failed), 80).splitlines()
    assert lines[4].split() == ["q/m", "FAILED"]
    assert "and 6 more projects, none of them worse" in lines


def test_names_that_do_not_fit_keep_their_ends(check: MakeCheck, run: MakeRun) -> None:
    names = [f"{'deep/' * 20}{end}/pyproject.toml" for end in ("one", "two")]
    lines = summary(run(*(check(f"{name}::types::t") for name in names)), 40).splitlines()
    assert [line.split()[0].rsplit("/")[-1] for line in lines[4:6]] == ["one", "two"]
    assert all(columns(line) <= 40 for line in lines[3:6])
