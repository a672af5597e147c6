"""What the reports for people have in common: words, counts, and the command to run next."""

import shlex
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from pytest_forge.model import Outcome
from pytest_forge.phrases import counted
from pytest_forge.reports.escape import one_line
from pytest_forge.results import CheckResult, RunReport

UNMET = (Outcome.ERROR, Outcome.FAILED, Outcome.BLOCKED)
MEANING = {
    Outcome.ERROR: "could not be measured",
    Outcome.FAILED: "a limit is not met",
    Outcome.BLOCKED: "not measured, an earlier gate failed",
    Outcome.WAIVED: "passed with waived findings",
    Outcome.EXEMPT: "does not apply",
}
HELD = {"baseline": "known to the baseline", "unchanged": "not brought by the change"}
ABSENT = "-"
ABSENT_MEANING = "no check here, or not run"


def verdict(run: RunReport) -> str:
    """Return the whole in one sentence: how many gates of how many projects came out how."""
    rows = run.gates()
    if not rows:
        return _why_nothing(run)
    counts = Counter(row.outcome for row in rows)
    told = [_counted(outcome, counts[outcome]) for outcome in Outcome if counts[outcome]]
    projects = len({row.manifest for row in rows})
    whole = f"{counted(len(rows), 'gate')} of {counted(projects, 'project')}"
    return f"{whole}: {', '.join(told)}"


def _why_nothing(run: RunReport) -> str:
    if run.since and not run.since.touched:
        return f"nothing was measured: no project was touched since {one_line(run.since.revision)}"
    return "nothing was measured"


def held(by: str) -> str:
    """Say what keeps a finding from counting."""
    return HELD.get(by, f"held by a {by}")


def state(run: RunReport) -> str:
    """Say what was measured: the commit, whether the tree differs, the profile, what is missing."""
    commit = f"commit {one_line(run.commit)[:12]}" if run.commit else "no commit"
    dirty = " with uncommitted changes" if run.dirty else ""
    missing = "" if run.complete else ", incomplete: not everything was run"
    profile = f", profile {one_line(run.profile)}" if run.profile else ""
    return f"{commit}{dirty}{_compared(run)}{profile}{missing}"


def _compared(run: RunReport) -> str:
    if run.since is None:
        return ""
    revision, base = one_line(run.since.revision), one_line(run.since.base)[:12]
    touched = counted(len(run.since.touched), "touched project")
    return f", changes since {revision} (from {base}, {touched})"


def next_command(run: RunReport, root: str = ".") -> str:
    """Return the command that runs the worst gate again, quoted for a shell; "" where all is met.

    `root` is forge's root as the user would type it. A blocked check is not named: the failure that
    blocks it comes first.
    """
    for check in run.worst_first():
        if check.outcome in (Outcome.ERROR, Outcome.FAILED):
            return gate_command(check, run, root)
    return ""


def gate_command(check: CheckResult, run: RunReport, root: str = ".") -> str:
    """Return the command that judges the check's gate alone as this run did, quoted for a shell."""
    manifest = PurePath(root, check.manifest).as_posix()
    words = ["pytest", f"{manifest}::{check.gate}"]
    words += ["--forge-profile", run.profile] if run.profile else []
    words += ["--forge-since", run.since.revision] if run.since else []
    return shlex.join(map(one_line, words))


def blocked_lines(checks: Sequence[CheckResult]) -> list[tuple[str, str]]:
    """Join the blocked checks of a manifest that have one reason: pairs of subject and reason."""
    counts = Counter(
        (check.manifest, check.reason) for check in checks if check.outcome is Outcome.BLOCKED
    )
    return [
        (f"{counted(count, 'check')} of {manifest}", reason)
        for (manifest, reason), count in counts.items()
    ]


def _counted(outcome: Outcome, count: int) -> str:
    if outcome is Outcome.ERROR:
        return counted(count, "error")
    return f"{count} {outcome}"
