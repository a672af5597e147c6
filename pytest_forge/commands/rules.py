"""What is known of a tool's rule: its findings in the last report, and the tool's own words."""

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pytest_forge.commands.columns import paragraph, table
from pytest_forge.commands.last_report import last_results
from pytest_forge.config import find_root
from pytest_forge.errors import MeasurementError
from pytest_forge.execution.process import Processes, capture
from pytest_forge.execution.tools import locate
from pytest_forge.installed import Installed
from pytest_forge.model import Finding
from pytest_forge.reports.escape import one_line, plain
from pytest_forge.reports.wording import held
from pytest_forge.results import CheckResult
from pytest_forge.toolchains.declarations import Run, Tool

_MOST = 10
_HELP_SECONDS = 30.0


@dataclass(frozen=True)
class Found:
    """A finding of the last report with the check that has it."""

    finding: Finding
    check: CheckResult

    @property
    def rule(self) -> str:
        """Return the finding's rule."""
        return self.finding.rule


def in_last_report() -> tuple[Found, ...]:
    """Return the findings of the report below forge's root, none where there is no report.

    Raises `ConfigurationError` for a report that can't be read.
    """
    checks = last_results(find_root(Path.cwd()).directory)
    return tuple(Found(finding, check) for check in checks for finding in check.findings)


def explained(rule: str, found: Sequence[Found], here: Installed) -> list[str]:
    """Return what is known of a rule, [] where nothing is."""
    own = [one for one in found if one.rule == rule]
    tools = {one.check.tool for one in own}
    words = next(_words_of_tools(rule, here, tools), [])
    if not own:
        return words
    return [*_of_report(rule, own), *(["", *words] if words else [])]


def _of_report(rule: str, own: Sequence[Found]) -> list[str]:
    first = own[0]
    checks = ", ".join(dict.fromkeys(f"{one.check.gate}::{one.check.tool}" for one in own))
    lines = [f"{one_line(rule)}: a rule of {one_line(checks)}", ""]
    lines += paragraph(first.finding.message)
    lines += paragraph(first.finding.help_url)
    rows = [(_place(one.finding), str(one.finding.severity), _state(one.finding)) for one in own]
    lines += ["", *table(("FOUND AT", "SEVERITY", "STATE"), rows[:_MOST])]
    if len(rows) > _MOST:
        lines.append(f"and {len(rows) - _MOST} more")
    return [
        *lines,
        "",
        "To answer for it until a date, in [tool.pytest-forge] or forge.toml:",
        f"  waiver = [{{ gate = {_quoted(first.check.gate)}, rule = {_quoted(rule)}, "
        'reason = "...", approver = "...", expires = YYYY-MM-DD }]',
    ]


def _place(finding: Finding) -> str:
    if finding.path is None:
        return "-"
    return finding.path if finding.line is None else f"{finding.path}:{finding.line}"


def _state(finding: Finding) -> str:
    return held(finding.held_by) if finding.held_by else "open"


def _quoted(text: str) -> str:
    return json.dumps(one_line(text), ensure_ascii=False)


def _words_of_tools(rule: str, here: Installed, names: set[str]) -> Iterator[list[str]]:
    """Yield what each tool that can explain rules says of this one.

    Where the report names the tools that have it, only these are asked.
    """
    if rule.startswith("-"):
        return
    for tool in _explaining(here):
        if not names or tool.name in names:
            words = _ask(tool, rule)
            if words:
                yield words


def _explaining(here: Installed) -> Iterable[Tool]:
    """Return the tools that can explain rules, each once."""
    runs = [run for one in here.toolchains for run in one.runs if isinstance(run, Run)]
    return dict.fromkeys(tool for run in runs for tool in run.needs if tool.explain)


def _ask(tool: Tool, rule: str) -> list[str]:
    processes = Processes()
    try:
        located = locate(tool, "", processes)
        arguments = (word.replace("{rule}", rule) for word in tool.explain)
        with tempfile.TemporaryDirectory(prefix="forge-") as empty:
            argv = (*located.argv, *arguments)
            done = capture(argv, Path(empty), _HELP_SECONDS, processes=processes)
    except (MeasurementError, OSError):
        return []
    text = plain(done.stdout).strip()
    if done.status != 0 or not text:
        return []
    return [f"{tool.name} says:", "", *text.splitlines()]
