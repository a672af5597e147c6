"""Show what forge finds here: projects, manifests passed over and why, and every tool that applies.

Of each tool it says which copy is taken and why: the project's own environment comes first, then
forge's, then what `pytest-forge install` has fetched, then PATH.

Nothing is run but the tools' version probes, and nothing is written. The exit status is 1 where a
tool is missing, 4 where no project is found.
"""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from pytest_forge.baselines.describing import held
from pytest_forge.baselines.pruning import orphans
from pytest_forge.commands.columns import paragraph, table
from pytest_forge.commands.pytest_settings import obstacles
from pytest_forge.commands.tools import NeededTool, needed_tools
from pytest_forge.config import ADVISORIES_VARIABLE
from pytest_forge.plan import UNMEASURED
from pytest_forge.session import Session, load

NAME = "doctor"
HELP = "show projects, tools, versions, and what is missing"

NO_PROJECT = 4
"""The exit status where no project is found."""
NO_PROJECT_FOUND = "No project found: no manifest here says that it is one, or all are passed over."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare no arguments."""


def main(arguments: argparse.Namespace) -> int:
    """Print the sections and return 0, or 1 where a tool is missing."""
    session = load(Path.cwd(), os.environ)
    for line in _found(session):
        print(line)
    if not session.projects:
        print(NO_PROJECT_FOUND)
        return NO_PROJECT
    tools = needed_tools(session, os.environ)
    for line in (*_tool_table(tools, session), *_without_check(session), *_pytest(session)):
        print(line)
    missing = sorted({one.tool.name for one in tools if one.missing})
    if missing:
        print(f"\nmissing: {', '.join(missing)}")
    return 1 if missing else 0


def _found(session: Session) -> Iterator[str]:
    root = session.root
    source = root.source.name if root.source else "no configuration file: the defaults hold"
    yield f"forge's root: {root.directory} ({source})"
    yield f"advisories:   {_advisories(session)}"
    yield f"baseline:     {_baseline(session)}"
    for note in (*session.notes, *orphans(session)):
        yield from paragraph(f"note: {note}")
    if session.projects:
        yield ""
        rows = [(one.manifest, one.language, one.name) for one in session.projects]
        yield from table(("PROJECT", "LANGUAGE", "NAME"), rows)
    if session.discovery.passed_over:
        yield ""
        passed = [(one.manifest, one.why) for one in session.discovery.passed_over]
        yield from table(("PASSED OVER", "WHY"), passed)
    if session.discovery.excluded:
        yield ""
        yield "EXCLUDED"
        yield from session.discovery.excluded


def _advisories(session: Session) -> str:
    source = session.settings.defaults.advisories
    if source.database is not None:
        by_variable = bool(os.environ.get(ADVISORIES_VARIABLE))
        where = f", by {ADVISORIES_VARIABLE}" if by_variable else ""
        there = "" if source.database.is_dir() else ", which is no directory"
        return f"{source.database}{where}{there}"
    return source.url or "each ecosystem's own feed"


def _baseline(session: Session) -> str:
    known = [one for one in session.baselines.values() if not one.is_empty]
    if not known:
        return "none: every finding counts"
    return "; ".join(f"{one.manifest}: {held(one)}" for one in known)


def _tool_table(tools: tuple[NeededTool, ...], session: Session) -> Iterator[str]:
    rows = []
    everywhere = {one.manifest for one in session.projects}
    for one in tools:
        gates = ", ".join(one.gates)
        only = "" if set(one.manifests) >= everywhere else f" of {_shortened(one.manifests)}"
        rows.append((one.tool.name, one.version, one.where, one.why, f"{gates}{only}"))
    if rows:
        yield ""
        yield from table(("TOOL", "VERSION", "WHERE", "WHY", "FOR"), rows)


def _shortened(manifests: tuple[str, ...]) -> str:
    rest = len(manifests) - 3
    return ", ".join(manifests[:3]) + (f" and {rest} more" if rest > 0 else "")


def _without_check(session: Session) -> Iterator[str]:
    missing = [one for one in session.checks if one.check.name == UNMEASURED and not one.exemption]
    if missing:
        yield ""
        rows = [(f"{one.project.manifest}::{one.gate.id}", one.check.nothing) for one in missing]
        yield from table(("NOT MEASURED", "WHY"), rows)


def _pytest(session: Session) -> Iterator[str]:
    found = obstacles(Path.cwd())
    if found:
        yield ""
        yield "`pytest --forge` can't start here; use `pytest-forge run`, which takes the same"
        yield "arguments, because of the repository's pytest settings:"
        yield from (line for one in found for line in paragraph(one, "  "))
