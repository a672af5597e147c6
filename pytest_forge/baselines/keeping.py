"""The baselines of a session, and what a run makes of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from pytest_forge.baselines import store
from pytest_forge.baselines.describing import difference
from pytest_forge.baselines.entries import Acceptance, KnownFinding
from pytest_forge.baselines.fingerprints import content_of
from pytest_forge.baselines.matching import match
from pytest_forge.baselines.moves import GitMoves
from pytest_forge.baselines.updating import MEASURED, Evidence, updated
from pytest_forge.errors import ConfigurationError
from pytest_forge.git import GitError, git
from pytest_forge.plan import PlannedCheck
from pytest_forge.results import CheckResult
from pytest_forge.session import Session
from pytest_forge.sources import SourceLines


def check_options(session: Session, update: bool, accept: str | None, since: str | None) -> None:
    """Refuse options that contradict each other, or the profile: `ConfigurationError`."""
    if accept is not None and not update:
        raise ConfigurationError(
            "--forge-accept: says why the baseline may grow; give --forge-update-baseline as well"
        )
    if accept is not None and not accept.strip():
        raise ConfigurationError("--forge-accept: the reason is empty; say why the baseline grows")
    if update and session.policy is not None:
        raise ConfigurationError(
            f"--forge-update-baseline: the profile {session.profile_name} judges by the baseline "
            "of the merge base; update without a profile"
        )
    if update and since is not None:
        raise ConfigurationError(
            "--forge-update-baseline: --forge-since leaves findings out of sight; "
            "update from a run over everything"
        )


def update(
    session: Session, results: Mapping[str, CheckResult], reason: str | None
) -> tuple[str, ...]:
    """Store the baselines after a run, and return a line for each that has changed.

    `results` are by the checks' ids. With a reason they may grow. Each is read once more before:
    what somebody else has stored since the run began is not lost. Raises `ConfigurationError`.
    """
    root = session.root.directory
    evidence = _evidence(session)
    acceptance = None if reason is None else accepted_now(root, reason)
    told = []
    for key, checks in checks_by_baseline(session).items():
        before = store.read(root, key)
        done = [(one.place, results[one.id], one.gate) for one in checks if one.id in results]
        after = updated(before, done, evidence, acceptance)
        if after != before:
            store.write(root, after)
            told.append(f"baseline of {key}: {difference(before, after)}")
    return tuple(told) or ("baseline: nothing to change",)


def stale_entries(
    session: Session, results: Iterable[CheckResult]
) -> dict[str, tuple[KnownFinding, ...]]:
    """Return the entries that fit no finding of `results`, by the ids of checks that measured."""
    checks = {one.id: one for one in session.checks}
    evidence = _evidence(session)
    stale = {}
    for result in results:
        check = checks.get(result.id)
        if check is None or result.outcome not in MEASURED:
            continue
        known = session.baselines[store.key_of(check.project)].findings.get(check.place, ())
        left = match(result.findings, known, evidence.content, evidence.moves).stale
        if left:
            stale[result.id] = left
    return stale


def _evidence(session: Session) -> Evidence:
    lines = SourceLines(session.tree)
    moves = GitMoves(session.root.directory)
    return Evidence(lambda finding: content_of(finding, lines), moves)


def accepted_now(root: Path, reason: str) -> Acceptance:
    """Return an acceptance of today by whoever git says would commit, "" where it can't tell."""
    try:
        # NAME <ADDRESS> SECONDS ZONE
        name = git(root, "var", "GIT_AUTHOR_IDENT").rpartition("<")[0].strip()
    except GitError:
        name = ""
    return Acceptance(" ".join(reason.split()), name, date.today().isoformat())


def checks_by_baseline(session: Session) -> dict[str, list[PlannedCheck]]:
    """Return the checks of the repository by the key of the baseline that may know them."""
    grouped: dict[str, list[PlannedCheck]] = {}
    for check in session.checks:
        grouped.setdefault(store.key_of(check.project), []).append(check)
    return grouped
