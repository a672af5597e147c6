"""Takes the sessions that a run has measured into what is stored beside the baselines."""

from collections.abc import Mapping

from pytest_forge.baselines import documents, store
from pytest_forge.measuring.planning import KIND, kept_session
from pytest_forge.model import Outcome
from pytest_forge.performance.rows import document_of, sessions_of
from pytest_forge.performance.session import Session, keep
from pytest_forge.plan import PlannedCheck
from pytest_forge.results import CheckResult
from pytest_forge.session import Session as Repository

CHECKS = ("benchmarks", "commands", "instructions")
"""The checks whose measurements leave a session."""


def remember(
    repository: Repository, results: Mapping[str, CheckResult], accepted: bool = False
) -> tuple[str, ...]:
    """Store the sessions of a run's checks, and return a line for each.

    A session with a regression is kept only where it is `accepted`: the next one would be compared
    with it. Raises `ConfigurationError` where what is stored can't be read.
    """
    told = []
    for check in repository.checks:
        result = results.get(check.id)
        if check.check.name in CHECKS and result is not None and _may_keep(result, accepted):
            told += _remembered(repository, check)
    return tuple(told)


def _may_keep(result: CheckResult, accepted: bool) -> bool:
    return result.outcome in (Outcome.PASSED, Outcome.WAIVED) or (
        accepted and result.outcome is Outcome.FAILED
    )


def _remembered(repository: Repository, check: PlannedCheck) -> list[str]:
    root = repository.root.directory
    path = kept_session(root, check.project, check.name)
    measured = documents.read(path, path.relative_to(root).as_posix())
    if measured is None:
        return []
    (new,) = sessions_of(measured)
    key = store.key_of(check.project)
    stored = store.read_document(root, key, KIND)
    before = () if stored is None else sessions_of(stored)
    store.write_document(root, key, KIND, document_of(_with(before, new)))
    return [f"baseline of {key}: a session of {check.name} is stored"]


def _with(before: tuple[Session, ...], new: Session) -> tuple[Session, ...]:
    """Return all sessions with a new one; of each check the newest are kept."""
    own = tuple(one for one in before if one.tool == new.tool)
    others = tuple(one for one in before if one.tool != new.tool)
    return (*others, *keep(own, new))
