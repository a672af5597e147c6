"""What is stored of projects and checks that are here no more."""

from collections.abc import Iterator

from pytest_forge.baselines import store
from pytest_forge.baselines.describing import difference
from pytest_forge.baselines.entries import Baseline
from pytest_forge.baselines.keeping import checks_by_baseline
from pytest_forge.session import Session


def orphans(session: Session) -> Iterator[str]:
    """Yield a remark for each stored file, and each check in one, that nothing here has."""
    for name in _files(session):
        yield (
            f"{store.DIRECTORY}/{name} is of no project here; "
            "`pytest-forge baseline prune` removes it"
        )
    for key, baseline in session.baselines.items():
        for check in _checks(session, baseline):
            yield (
                f"the baseline of {key} knows {check}, which is no check here; "
                "`pytest-forge baseline prune` takes it out"
            )


def prune(session: Session) -> Iterator[str]:
    """Remove what `orphans` tells of, and yield a line for each. Raises `ConfigurationError`."""
    for name in _files(session):
        store.remove(session.root.directory, name)
        yield f"removed {store.DIRECTORY}/{name}"
    for key, before in session.baselines.items():
        gone = set(_checks(session, before))
        if gone:
            after = before.without(gone)
            store.write(session.root.directory, after)
            yield f"baseline of {key}: {difference(before, after)}"


def _files(session: Session) -> list[str]:
    root = session.root.directory
    known = {
        store.path_of(root, key, kind).name
        for key in session.baselines
        for kind in ("", *store.KINDS)
    }
    return [name for name in store.stored(root) if name not in known]


def _checks(session: Session, baseline: Baseline) -> list[str]:
    """Return the checks that are planned nowhere; those of gates that are switched off are."""
    planned = {one.place for one in checks_by_baseline(session).get(baseline.manifest, ())}
    return [
        check
        for check in baseline.checks
        if check not in planned and check.partition("::")[0] not in session.blocked_gates
    ]
