"""The summary at the end of a run, for a terminal: aligned, and never meant by colour alone."""

import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from pytest_forge.model import Outcome
from pytest_forge.phrases import counted
from pytest_forge.reports.escape import columns, one_line
from pytest_forge.reports.order import ordered
from pytest_forge.reports.table import gates_table
from pytest_forge.reports.wording import (
    UNMET,
    blocked_lines,
    next_command,
    state,
    verdict,
)
from pytest_forge.results import CheckResult, RunReport

Painter: TypeAlias = Callable[[str, Outcome | None], str]
"""Colours text by the outcome that it tells."""

MOST = 10
"""How many lines of a kind are shown before they are only counted."""

_LONGEST_REASON = 4
_STYLES = {"red": "31", "green": "32", "yellow": "33"}
_STYLE_OF = {
    Outcome.ERROR: "red",
    Outcome.FAILED: "red",
    Outcome.BLOCKED: "yellow",
    Outcome.WAIVED: "yellow",
    Outcome.PASSED: "green",
    Outcome.EXEMPT: "",
}


def summary(
    run: RunReport,
    width: int = 80,
    color: bool = False,
    reports: str = ".forge/reports",
    root: str = ".",
) -> str:
    """Return the lines that end a run: table, reasons, what is excused, what to run next.

    `width` is the terminal's; `reports` and forge's `root` are as users type them. Nothing that
    came from a tool can colour or move anything.
    """
    run = ordered(run)
    paint = _paint if color else _leave
    blocks = [
        [verdict(run), state(run)],
        [
            "".join(paint(text, outcome) for text, outcome in row).rstrip()
            for row in gates_table(run, width)
        ],
        _reasons(run, width, paint, reports),
        _excused(run, width, paint, reports),
        _remarks(run, width, reports),
        _next(run, reports, root),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _reasons(run: RunReport, width: int, paint: Painter, reports: str) -> list[str]:
    unmet = [check for check in run.worst_first() if check.outcome in UNMET[:2]]
    items = [(check.outcome, check.id, _reason(check)) for check in unmet]
    items += [(Outcome.BLOCKED, who, why) for who, why in blocked_lines(run.checks)]
    return _items(items, width, paint, reports)


def _reason(check: CheckResult) -> str:
    return f"{check.error}: {check.reason}" if check.error else check.reason


def _excused(run: RunReport, width: int, paint: Painter, reports: str) -> list[str]:
    """List what is waived or exempt with the reasons, the notes of what passed beside them."""
    items: list[tuple[Outcome | None, str, str]] = [
        (check.outcome, check.id, check.reason)
        for outcome in (Outcome.WAIVED, Outcome.EXEMPT)
        for check in run.checks
        if check.outcome is outcome
    ]
    items += [(None, check.id, note) for check in run.checks for note in check.notes]
    return _items(items, width, paint, reports)


def _items(
    items: Sequence[tuple[Outcome | None, str, str]], width: int, paint: Painter, reports: str
) -> list[str]:
    lines = [line for item in items[:MOST] for line in _item(*item, width, paint)]
    if len(items) > MOST:
        lines.append(f"{len(items) - MOST} more in {reports}/report.md")
    return lines


def _item(outcome: Outcome | None, who: str, why: str, width: int, paint: Painter) -> Iterator[str]:
    """Show an item on one line where it fits, else with its reason wrapped below."""
    who, why = one_line(who), one_line(why)
    word = _word(outcome)
    first = f"{paint(word, outcome)}{' ' * (8 - len(word))}{who}"
    if 8 + columns(f"{who}  {why}") <= width:
        yield f"{first}  {why}".rstrip()
        return
    yield first
    yield from textwrap.wrap(
        why,
        max(width, 40),
        initial_indent=" " * 8,
        subsequent_indent=" " * 8,
        max_lines=_LONGEST_REASON,
        placeholder=" …",
        break_on_hyphens=False,
    )


def _word(outcome: Outcome | None) -> str:
    if outcome is None:
        return "note"
    return outcome.upper() if outcome in UNMET[:2] else str(outcome)


def _remarks(run: RunReport, width: int, reports: str) -> list[str]:
    lines = [line for note in run.notes for line in _folded(f"note: {one_line(note)}", width)]
    if run.not_run:
        reasons = Counter(one_line(one.why) for one in run.not_run)
        lines += _folded(f"not run: {_tally(reasons, 'gate')}", width)
    if run.passed_over:
        count = counted(len(run.passed_over), "manifest")
        lines.append(f"passed over: {count}, with the reasons in {reports}/report.md")
    if run.excluded:
        lines += _folded(f"excluded: {', '.join(map(one_line, run.excluded[:MOST]))}", width)
    return lines


def _tally(reasons: Counter[str], noun: str) -> str:
    total = counted(reasons.total(), noun)
    told = [f"{count} {why}" for why, count in reasons.most_common(3)]
    return f"{total} ({', '.join(told)})" if told else total


def _folded(text: str, width: int) -> Iterator[str]:
    yield from textwrap.wrap(
        text, max(width, 40), subsequent_indent="  ", break_on_hyphens=False, max_lines=4
    )


def _next(run: RunReport, reports: str, root: str) -> list[str]:
    command = next_command(run, root)
    lines = [f"reports: {reports}"] if reports else []
    return [*lines, f"run next: {command}"] if command else lines


def _leave(text: str, outcome: Outcome | None) -> str:
    return text


def _paint(text: str, outcome: Outcome | None) -> str:
    style = _STYLES.get(_STYLE_OF[outcome], "") if outcome else ""
    return f"\x1b[{style}m{text}\x1b[0m" if style else text
