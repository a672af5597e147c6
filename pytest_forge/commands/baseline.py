"""Show, update or prune the baselines: what is known of each project, and may only get better.

`show` prints what is stored, why it was accepted, and what of it the last run did not find any
more. `update` runs the gates and takes out what is fixed; with --accept REASON what is found is
taken in. `prune` removes what is stored of projects and checks that are here no more.
"""

import argparse
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pytest_forge.baselines import pruning
from pytest_forge.baselines.describing import held
from pytest_forge.baselines.entries import Baseline, KnownFinding
from pytest_forge.baselines.keeping import stale_entries
from pytest_forge.commands import run
from pytest_forge.commands.columns import paragraph, table
from pytest_forge.commands.last_report import last_results
from pytest_forge.errors import ConfigurationError
from pytest_forge.judging.reasons import shown
from pytest_forge.locks import try_lock
from pytest_forge.session import Session, load

NAME = "baseline"
HELP = "show, update or prune what is known of the projects"

# What an earlier gate would block could not be known.
UPDATE = ("--forge-keep-going", "--forge-update-baseline")
"""The options of a run that updates the baselines."""

PASSES_ON = True
"""Arguments that are unknown here are pytest's."""

_MOST = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what to do; whatever `update` does not know is pytest's."""
    parser.usage = "pytest-forge baseline show | prune | update [argument of pytest ...]"
    parser.add_argument(
        "action",
        choices=("show", "update", "prune"),
        metavar="show|update|prune",
        help="what to do; `update` takes every argument of `pytest --forge`",
    )
    parser.add_argument(
        "--accept",
        metavar="REASON",
        help="with `update`: let the baseline grow by what is found, for this reason",
    )


def main(arguments: argparse.Namespace) -> int:
    """Do one of them; `update` returns pytest's exit status."""
    if arguments.action == "update":
        reason = arguments.accept
        accept = [] if reason is None else [f"--forge-accept={reason}"]
        return run.start([*UPDATE, *accept, *arguments.more])
    if arguments.more or arguments.accept is not None:
        raise ConfigurationError(f"baseline {arguments.action} takes no further arguments")
    session = load(Path.cwd(), os.environ)
    lines = _prune(session) if arguments.action == "prune" else _show(session)
    for line in lines:
        print(line)
    return 0


def _prune(session: Session) -> Iterator[str]:
    home = session.root.directory / ".forge"
    home.mkdir(exist_ok=True)
    taken = try_lock(home / "lock")
    if taken is None:
        raise ConfigurationError("a forge is running here; wait for it, or end it")
    try:
        told = list(pruning.prune(session))
    finally:
        taken.release()
    yield from told or ["nothing to prune"]


def _show(session: Session) -> Iterator[str]:
    known = [one for one in session.baselines.values() if not one.is_empty]
    if not known:
        yield "Nothing is known. To adopt what the gates find today, with the reason:"
        yield '  pytest-forge baseline update --accept "REASON"'
    for baseline in known:
        yield f"{baseline.manifest}: {held(baseline)}"
        yield from _indented(_checks(baseline))
        yield from _indented(_reasons(baseline))
        yield ""
    yield from _stale(session)
    for remark in pruning.orphans(session):
        yield from paragraph(f"note: {remark}")


def _checks(baseline: Baseline) -> list[str]:
    rows = [
        (check, name, str(count), "")
        for check, found in baseline.findings.items()
        for name, count in Counter(one.rule for one in found).most_common()
    ]
    rows += [
        (check, name, "", shown(one.value))
        for check, measures in baseline.measures.items()
        for name, one in measures.items()
    ]
    return table(("CHECK", "RULE OR MEASURE", "FINDINGS", "BOUND"), rows) if rows else []


def _reasons(baseline: Baseline) -> list[str]:
    entries = Counter(one.accepted for found in baseline.findings.values() for one in found)
    entries.update(one.accepted for kept in baseline.measures.values() for one in kept.values())
    rows = [
        (one.on, one.by, str(entries[key]), one.reason)
        for key, one in sorted(baseline.acceptances.items(), key=lambda item: item[1].on)
    ]
    return table(("ACCEPTED", "BY", "ENTRIES", "REASON"), rows) if rows else []


def _stale(session: Session) -> Iterator[str]:
    stale = stale_entries(session, last_results(session.root.directory))
    count = sum(map(len, stale.values()))
    if not count:
        return
    yield f"STALE: {count}, not found any more by the last run"
    rows = [(check, _place(one)) for check, found in stale.items() for one in found]
    yield from _indented(["  ".join(row) for row in rows[:_MOST]])
    if count > _MOST:
        yield f"  and {count - _MOST} more"
    yield "  `pytest-forge baseline update` takes them out"
    yield ""


def _place(one: KnownFinding) -> str:
    return " ".join(part for part in (one.rule, one.path, one.message) if part)


def _indented(lines: list[str]) -> Iterator[str]:
    yield from (f"  {line}" for line in lines)
