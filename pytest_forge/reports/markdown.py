"""`report.md`: the run for people, short enough for a comment on a pull request.

Worst first. Everything that a tool or a file name brought along is escaped: it can't become
markup, a mention, a link or a command to a CI system.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from pytest_forge.model import Outcome, TestOutcome, Timing
from pytest_forge.phrases import counted
from pytest_forge.reports.brought import brought, failed_tests, finding_line
from pytest_forge.reports.escape import cell, code, html, markdown
from pytest_forge.reports.order import findings_worst_first, ordered
from pytest_forge.reports.page import Page
from pytest_forge.reports.table import gate_ids, rows_by_manifest
from pytest_forge.reports.wording import (
    ABSENT,
    ABSENT_MEANING,
    MEANING,
    UNMET,
    blocked_lines,
    gate_command,
    state,
    verdict,
)
from pytest_forge.results import POLICY_RULE, CheckResult, RunReport

MOST_CHARACTERS = 65_536
"""GitHub refuses a longer comment."""
WHOLE = "The whole is in `report.json`, beside this file in the report directory."

_REASON = 600
_TEXT = 300
_MOST_LINES = 50
_MOST_IN_DETAIL = 8_000
_SYMBOL = {
    Outcome.ERROR: "❗",
    Outcome.FAILED: "❌",
    Outcome.BLOCKED: "⛔",
    Outcome.WAIVED: "🔶",
    Outcome.PASSED: "✅",
    Outcome.EXEMPT: "⚪",
}


def write(run: RunReport) -> str:
    """Return the run as GitHub-flavoured Markdown of at most 65,536 characters."""
    run = ordered(run)
    page = Page(MOST_CHARACTERS)
    page.add(f"# {_title(run)}\n\n", _opening(run), "lines")
    page.add(_table_head(run), _table_rows(run), "projects in the table", share=0.4)
    page.add("", _legend(run), "legend")
    page.add("## Weakened rules\n\n", _weakened(run), "weakened rules", share=0.3)
    page.add("## What this change brings\n\n", brought(run), "findings of this change", share=0.5)
    page.add("## What to mend\n\n", _reasons(run), "checks to mend", share=0.6)
    for title, lines, noun, share in (
        ("Waived and exempt", _excused(run), "waivers and exemptions", 0.5),
        ("Notes", _notes(run), "notes", 0.3),
        ("Not run", _not_run(run), "lines on what was not run", 0.2),
    ):
        page.add(*_section(title, run, lines, noun), share=share, tail=_end(run))
    page.add("## Details\n\n", _details(run), "checks with details")
    return page.text(WHOLE)


def _section(
    title: str, run: RunReport, lines: Iterable[str], noun: str
) -> tuple[str, Iterable[str], str]:
    """Fold what is not about the change where the run is about one."""
    folded = f"<details><summary>{title}</summary>\n\n"
    return folded if run.since else f"## {title}\n\n", lines, noun


def _end(run: RunReport) -> str:
    return "\n</details>\n" if run.since else ""


def _title(run: RunReport) -> str:
    outcomes = [row.outcome for row in run.gates()]
    if not outcomes:
        return "pytest-forge: nothing was measured"
    worst = Outcome.worst(outcomes)
    if worst in UNMET:
        return f"{_SYMBOL[Outcome.FAILED]} pytest-forge: not passed"
    return f"{_SYMBOL[Outcome.PASSED]} pytest-forge: passed"


def _opening(run: RunReport) -> Iterator[str]:
    yield f"{verdict(run)}.  "
    yield f"{markdown(state(run))}; pytest-forge {markdown(run.version)}."


def _table_head(run: RunReport) -> str:
    gates = gate_ids(run)
    heads = " | ".join(cell(markdown(gate)) for gate in gates)
    return f"| project | {heads} |\n|---|{'---|' * len(gates)}\n"


def _table_rows(run: RunReport) -> Iterator[str]:
    gates = gate_ids(run)
    for manifest, row in rows_by_manifest(run).items():
        cells = " | ".join(_shown(row.get(gate)) for gate in gates)
        yield f"| {cell(_code(manifest))} | {cells} |"


def _shown(outcome: Outcome | None) -> str:
    if outcome is None:
        return ABSENT
    word = f"**{outcome}**" if outcome in UNMET else str(outcome)
    return f"{_SYMBOL[outcome]} {word}"


def _legend(run: RunReport) -> Iterator[str]:
    gates, rows = gate_ids(run), rows_by_manifest(run).values()
    seen = {outcome for row in rows for outcome in row.values()}
    told = [f"{outcome}: {text}" for outcome, text in MEANING.items() if outcome in seen]
    if any(gate not in row for row in rows for gate in gates):
        told.append(f"{ABSENT}: {ABSENT_MEANING}")
    if told:
        yield f"<sub>{'; '.join(told)}</sub>"


def _weakened(run: RunReport) -> Iterator[str]:
    """Yield what a pull request weakens of its own rules: the first thing to be looked at."""
    for check in run.checks:
        for finding in check.findings:
            if finding.rule == POLICY_RULE:
                yield f"- {_code(finding.path or '')} {markdown(finding.message, _REASON)}"


def _reasons(run: RunReport) -> Iterator[str]:
    for check in run.worst_first():
        if check.outcome in (Outcome.ERROR, Outcome.FAILED):
            name = f"`{check.error}`: " if check.error else ""
            yield (
                f"- {_shown(check.outcome)} {_code(check.id)}  \n"
                f"  {name}{markdown(check.reason, _REASON)}  \n"
                f"  run again: {_code(gate_command(check, run))}"
            )
    for subject, reason in blocked_lines(run.checks):
        yield f"- {_shown(Outcome.BLOCKED)} {_prose(subject)}: {markdown(reason, _REASON)}"


def _excused(run: RunReport) -> Iterator[str]:
    for outcome in (Outcome.WAIVED, Outcome.EXEMPT):
        for check in run.checks:
            if check.outcome is outcome:
                yield f"- {_shown(outcome)} {_code(check.id)}: {markdown(check.reason, _REASON)}"


def _notes(run: RunReport) -> Iterator[str]:
    for note in run.notes:
        yield f"- {markdown(note, _REASON)}"
    for check in run.checks:
        for note in check.notes:
            yield f"- {_code(check.id)}: {markdown(note, _REASON)}"


def _not_run(run: RunReport) -> Iterator[str]:
    for one in run.not_run:
        yield f"- {_code(f'{one.manifest}::{one.gate}')} not run: {_prose(one.why)}"
    for other in run.passed_over:
        yield f"- {_code(other.manifest)} passed over: {_prose(other.why)}"
    for path in run.excluded:
        yield f"- {_code(path)} excluded by the configuration"


def _details(run: RunReport) -> Iterator[str]:
    """Yield a folded block for each check with something to show, worst first."""
    for check in run.worst_first():
        parts = chain(_limits(check), _failures(check), _findings(check), _timings(check))
        body = "\n".join(_first(parts, check))
        if body:
            count = f", {counted(len(check.findings), 'finding')}" if check.findings else ""
            summary = f"{_SYMBOL[check.outcome]} {html(check.id, _TEXT)} {check.outcome}{count}"
            tool = _prose(f"{check.tool} {check.tool_version}".strip())
            yield (
                f"<details><summary>{summary}</summary>\n\nMeasured by {tool}.\n\n"
                f"{body}\n\n</details>\n"
            )


def _first(lines: Iterable[str], check: CheckResult) -> Iterator[str]:
    """Yield lines up to the most that one check may take, then how many are left.

    The rest is counted without being rendered, since there may be very many findings.
    """
    used = 0
    for place, line in enumerate(lines):
        used += len(line)
        if place == _MOST_LINES or used > _MOST_IN_DETAIL:
            yield f"- and {_line_count(check) - place} more in `report.json`"
            return
        yield line


def _line_count(check: CheckResult) -> int:
    missed = sum(not limit.ok for limit in check.limits)
    failed = sum(test.outcome is TestOutcome.FAILED for test in check.tests)
    return missed + failed + len(check.findings) + len(check.timings)


def _limits(check: CheckResult) -> Iterator[str]:
    for limit in check.limits:
        if not limit.ok:
            actual, bound = repr(limit.actual), repr(limit.limit)
            yield f"- limit {_code(limit.name)}: measured {actual}, the limit is {bound}"


def _failures(check: CheckResult) -> Iterator[str]:
    return (f"- {line}" for line in failed_tests(check))


def _findings(check: CheckResult) -> Iterator[str]:
    for finding in findings_worst_first(check.findings):
        yield f"- {finding_line(finding)}"


def _timings(check: CheckResult) -> Iterator[str]:
    for one in check.timings:
        against = f", against {_prose(one.base)}" if one.base else ""
        yield f"- timing {_code(one.name)}: {one.state}{against}{_numbers(one)}"


def _numbers(one: Timing) -> str:
    """Return what was measured: the value, and the ratio with its bounds where there is one."""
    value = "" if one.value is None else f"; {one.value:.4g} {_prose(one.unit)}"
    if one.ratio is None:
        return value
    bounds = "" if one.low is None or one.high is None else f" ({one.low:.3f} to {one.high:.3f})"
    return f"{value}, {one.ratio:.3f} times the cost{bounds}"


def _code(text: str) -> str:
    return code(text, _TEXT)


def _prose(text: str) -> str:
    return markdown(text, _TEXT)
