"""The branch beside its merge base, both under the settings in force, as one report."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pytest_forge.baselines import store
from pytest_forge.baselines.entries import Baseline
from pytest_forge.config import Root
from pytest_forge.errors import ConfigurationError, NoReference
from pytest_forge.git import GitError
from pytest_forge.model import Report
from pytest_forge.policy import performance, suppressions
from pytest_forge.policy.measured import Side, measure
from pytest_forge.policy.reference import Reference
from pytest_forge.projects import Tree
from pytest_forge.session import Session
from pytest_forge.settings import Settings


@dataclass(frozen=True)
class Base:
    """The merge base: its reference, and forge's root with the settings as they were there."""

    reference: Reference
    root: Root
    settings: Settings


def compared(session: Session, former: Session, own: Settings, base: Base, tree: Tree) -> Report:
    """Return the report of what a branch weakens.

    `session` and `former` are the branch and its merge base under the settings in force, `own` the
    branch's own settings, and `tree` all files of the working tree. Raises `NoReference`.
    """
    root, commit = session.root.directory, base.reference.commit
    keys = dict.fromkeys((*session.baselines, *former.baselines))
    try:
        known = {key: store.baseline_at(root, commit, key) for key in keys}
        after = _side(session, own, tree, {key: store.read(root, key) for key in keys})
        before = _side(former, base.settings, tree, known)
        report = measure(before, after, session.gates, session.subjects, date.today())
        stored = performance.sessions(root, commit) if _compares_stored(base) else ()
        return replace(
            report,
            findings=(*report.findings, *(one.finding() for one in stored)),
            notes=tuple(_remarks(session, own, base)),
        )
    except (GitError, ConfigurationError) as error:
        raise NoReference(
            f"the rules of {base.reference.text} can't be read: {error}", "see that git has it all"
        ) from error


def _compares_stored(base: Base) -> bool:
    return base.settings.defaults.performance.compare == "stored"


def _side(
    session: Session, settings: Settings, tree: Tree, baselines: Mapping[str, Baseline]
) -> Side:
    root = session.root.directory
    places = {key: store.path_of(root, key).relative_to(root).as_posix() for key in baselines}
    return Side(
        settings=settings,
        tree=tree,
        projects=session.projects,
        checks=session.checks,
        baselines={places[key]: baseline for key, baseline in baselines.items()},
        passed_over={one.manifest: one.why for one in session.discovery.passed_over},
    )


def _remarks(session: Session, own: Settings, base: Base) -> Iterator[str]:
    """Say what of the branch's settings does not hold yet, and what its sources hold back."""
    keys = sorted(
        key
        for key in {*own.raw, *base.settings.raw}
        if own.raw.get(key) != base.settings.raw.get(key)
    )
    if keys:
        told = ", ".join(keys)
        yield f"what the branch changes of these settings holds once it is merged: {told}"
    marks = [one for toolchain in session.toolchains for one in toolchain.suppressions]
    yield from suppressions.note(session.root.directory, base.reference.commit, marks)
