"""A run under the policy of its merge base: the profile `pull-request`, and what extends it.

The settings, the baselines and the limits that projects state themselves are those of the merge
base; the files that are measured are those of the branch.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pluggy

from pytest_forge import profiles
from pytest_forge.baselines import store
from pytest_forge.config import Root, find_root
from pytest_forge.errors import ConfigurationError
from pytest_forge.git import GitError
from pytest_forge.installed import Installed, installed
from pytest_forge.listing import list_tree
from pytest_forge.policy.comparing import Base, compared
from pytest_forge.policy.reference import reference
from pytest_forge.policy.revision import root_at, tree_at
from pytest_forge.projects import Project
from pytest_forge.session import Session, opened, settings_of
from pytest_forge.settings import PULL_REQUEST, Profile, Settings

Read: TypeAlias = Callable[[Root, Mapping[str, str]], Settings]
"""Reads the settings of a root, with the environment that may stand above them."""


def load_under(
    start: Path,
    environment: Mapping[str, str],
    plugins: pluggy.PluginManager | None,
    asked_for: Sequence[str],
    profile: str,
    since: str,
) -> Session:
    """Load a session under a profile, that of a pull request by the rules of its merge base.

    `since` is the revision that the user named to compare with, "" for none; the other arguments
    are those of `session.load`. Raises `ConfigurationError`.
    """
    try:
        return _load(start, environment, installed(plugins), asked_for, profile, since)
    except GitError as error:
        raise ConfigurationError(f"--forge-profile {profile}: {error}") from error


def _load(
    start: Path,
    environment: Mapping[str, str],
    found: Installed,
    asked_for: Sequence[str],
    profile: str,
    since: str,
) -> Session:
    root = find_root(start)
    read = partial(_read, found)
    own = read(root, {})
    chosen = profiles.chosen(profile, own.profiles)
    base = _base(start, root, since, environment, read, chosen)
    if base is None:
        settings = profiles.applied(read(root, environment), chosen)
        return opened(root, found, settings, asked_for)
    former = profiles.chosen(profile, (*own.profiles, *base.settings.profiles))
    in_force = _in_force(read(base.root, environment), base, root)
    session = opened(root, found, profiles.applied(in_force, former), asked_for)
    return _judged(session, own, base, found, asked_for)


def _in_force(settings: Settings, base: Base, root: Root) -> Settings:
    """Return the settings of the merge base for the root of today; timings compare with it too."""
    settings = settings.timed_against(base.reference.commit)
    return replace(settings, source=root.source)


def _read(found: Installed, root: Root, environment: Mapping[str, str]) -> Settings:
    return settings_of(root, found, environment)


def _base(
    start: Path,
    root: Root,
    since: str,
    environment: Mapping[str, str],
    read: Read,
    profile: Profile,
) -> Base | None:
    """Return the merge base where it judges this run, None where the profile is another one.

    A profile of the user's own that was one for pull requests there stays one, whatever the branch
    has made of it.
    """
    if PULL_REQUEST in (profile.name, profile.extends):
        return _found(start, root, since, environment, read)
    if profile.name in profiles.BUILT_IN:
        return None
    try:
        base = _found(start, root, since, environment, read)
        former = profiles.chosen(profile.name, base.settings.profiles)
    except ConfigurationError:
        return None
    return base if former.extends == PULL_REQUEST else None


def _found(start: Path, root: Root, since: str, environment: Mapping[str, str], read: Read) -> Base:
    at = reference(root.directory, since, environment)
    base = root_at(start, root, at)
    settings = read(base, {})
    if at.by_default and settings.base:
        # The default branch itself says into which branch its pull requests go.
        at = reference(root.directory, settings.base, {})
        base = root_at(start, root, at)
        settings = read(base, {})
    return Base(at, base, settings)


def _judged(
    session: Session, own: Settings, base: Base, found: Installed, asked_for: Sequence[str]
) -> Session:
    """Return the session under what the merge base knows and states."""
    root, commit = session.root.directory, base.reference.commit
    notes = [f"the settings and baselines are those of {base.reference.text}"]
    try:
        former = opened(session.root, found, session.settings, asked_for, tree_at(root, commit))
    except ConfigurationError as error:
        former = replace(session, discovery=replace(session.discovery, projects=()))
        notes.append(f"the projects of {base.reference.text} can't be read: {error}")
    return replace(
        session,
        discovery=replace(session.discovery, projects=_limited(session, former)),
        notes=(*session.notes, *notes),
        baselines={key: store.baseline_at(root, commit, key) for key in session.baselines},
        policy=partial(compared, session, former, own, base, list_tree(root)),
    )


def _limited(session: Session, former: Session) -> tuple[Project, ...]:
    """Return the projects with the limits that they stated themselves at the merge base."""
    limits = {(one.manifest, one.language): one.limits for one in former.projects}
    return tuple(
        replace(one, limits=limits.get((one.manifest, one.language), one.limits))
        for one in session.projects
    )
