"""Write the smallest configuration for this repository.

For every gate that can't be measured an exemption is proposed, and its reason asked for; without
a terminal it is given by --exempt. With --measure the gates are run first, and today's numbers
become limits where the defaults are not met. With --baseline REASON the gates are run afterwards,
and what they find is stored as known: it may only get better. An existing configuration is never
changed.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from pytest_forge.commands import proposals, run, written
from pytest_forge.commands.baseline import UPDATE
from pytest_forge.commands.columns import paragraph
from pytest_forge.commands.proposals import Proposal
from pytest_forge.configuration.names import EXEMPTIONS
from pytest_forge.configuration.values import Known, Place
from pytest_forge.errors import ConfigurationError
from pytest_forge.reports.serialization import check_from_dict
from pytest_forge.results import CheckResult
from pytest_forge.session import Session, load

NAME = "init"
HELP = "write the smallest configuration"

_MEASURED = (0, 1)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--measure",
        action="store_true",
        help="run the gates, and write today's numbers as limits where the defaults are not met",
    )
    parser.add_argument(
        "--baseline",
        metavar="REASON",
        help="run the gates, and take what they find into the baseline, for this reason",
    )
    parser.add_argument(
        "--exempt",
        action="append",
        default=[],
        metavar="GATE=REASON",
        help="exempt a gate, or a check written as gate::check; may be repeated",
    )
    parser.add_argument(
        "--no-exemptions",
        action="store_true",
        help="write none of the exemptions that are proposed and have no --exempt",
    )


def main(arguments: argparse.Namespace) -> int:
    """Find the projects, ask, measure if wanted, write the file, and say what to do next."""
    session = load(Path.cwd(), os.environ)
    _refuse_to_overwrite(session)
    _refuse_both(arguments.measure, arguments.baseline)
    given = _given(arguments.exempt, session)
    for project in session.projects:
        print(f"found {project.manifest}: {project.language}, {project.name}")
    planned = proposals.without_check(session)
    _require_reasons(planned, given, arguments.no_exemptions)
    results = _measured() if arguments.measure else ()
    found = (*planned, *proposals.without_measurement(session, results))
    proposed = tuple({one.key: one for one in found}.values())
    exemptions = _exemptions(proposed, given, arguments.no_exemptions)
    limits = proposals.todays_limits(session, results)
    path, prefix = written.target(session.root.directory)
    parts = written.parts(session.projects, exemptions, limits)
    written.write(path, written.render(parts, prefix, date.today()))
    print(f"\nwritten: {path}", flush=True)
    if arguments.baseline is not None:
        return _adopted(arguments.baseline)
    _conclude(proposals.left_over(session, results))
    return 0


def _refuse_to_overwrite(session: Session) -> None:
    if session.root.source is not None:
        raise ConfigurationError(
            f"{session.root.source} configures forge already; change it there, or remove it"
        )
    if not session.projects:
        raise ConfigurationError(
            "no project found; `pytest-forge doctor` lists what was passed over, and why"
        )


def _refuse_both(measure: bool, baseline: str | None) -> None:
    if measure and baseline is not None:
        raise ConfigurationError(
            "--measure makes limits laxer, --baseline keeps them and knows what breaks them; "
            "choose one"
        )
    if baseline is not None and not baseline.strip():
        raise ConfigurationError("--baseline: the reason is empty; say why it may all stand")


def _given(options: Sequence[str], session: Session) -> dict[str, str]:
    """Read the --exempt options: gates, or checks as gate::check, with their reasons."""
    given: dict[str, str] = {}
    for option in options:
        key, separator, reason = option.partition("=")
        if not separator:
            raise ConfigurationError(f"--exempt {option}: write it as GATE=REASON")
        given[key.strip()] = reason
    checks: dict[str, list[str]] = {}
    for one in session.checks:
        checks.setdefault(one.gate.id, []).append(one.check.name)
    gates = [gate.id for gate in session.gates]
    known = Known(session.root.directory, gates=gates, checks=checks)
    read: dict[str, str] = EXEMPTIONS.read(given, Place("--exempt"), known)
    return read


def _measured() -> tuple[CheckResult, ...]:
    """Run all gates, the later ones in any case, and return the results."""
    with tempfile.TemporaryDirectory(prefix="forge-") as directory:
        status = run.start(["--forge-keep-going", f"--forge-report={directory}"])
        report = Path(directory, "report.json")
        if status not in _MEASURED or not report.is_file():
            raise ConfigurationError(
                f"the gates could not be run (pytest's exit status is {status}); see above"
            )
        data = json.loads(report.read_text(encoding="utf-8"))
    return tuple(check_from_dict(one) for one in data["checks"])


def _exemptions(
    proposed: Sequence[Proposal], given: Mapping[str, str], declined: bool
) -> list[tuple[str, str, Sequence[str]]]:
    """Return key, reason and manifests of what is exempt; ask where there is somebody to ask."""
    _require_reasons(proposed, given, declined)
    reasons = dict(given)
    for one in proposed:
        if one.key not in reasons and not declined and (reason := _ask(one)):
            reasons[one.key] = reason
    places = {one.key: one.manifests for one in proposed}
    return [(key, reason, places.get(key, ())) for key, reason in reasons.items()]


def _require_reasons(
    proposed: Sequence[Proposal], given: Mapping[str, str], declined: bool
) -> None:
    """Without a terminal nobody can be asked: raise where a reason is missing."""
    missing = [one.key for one in proposed if one.key not in given]
    if missing and not declined and not sys.stdin.isatty():
        options = " ".join(f'--exempt "{key}=REASON"' for key in missing)
        raise ConfigurationError(
            f"{', '.join(missing)}: nothing to measure; give the reason ({options}), "
            "or write no exemption (--no-exemptions)"
        )


def _ask(proposal: Proposal) -> str:
    where = ", ".join(proposal.manifests) or "the repository"
    print(f"\n{proposal.key} can't be measured in {where}:")
    for line in paragraph(proposal.why, "  "):
        print(line)
    try:
        return input("Why does it not apply? (nothing: write no exemption) ").strip()
    except EOFError:
        return ""


def _adopted(reason: str) -> int:
    """Run the gates, take what they find into the baseline, and return pytest's exit status."""
    status = run.start([*UPDATE, f"--forge-accept={reason}"])
    print("\nnext: commit .forge/baseline with the settings; `pytest-forge baseline show` lists it")
    return status


def _conclude(left_over: Sequence[CheckResult]) -> None:
    for one in left_over:
        print("\n".join(paragraph(f"still {one.outcome}: {one.id}: {one.reason}")))
    print("next: pytest --forge")
    print('to adopt what it finds today: pytest-forge baseline update --accept "REASON"')
