"""Profiles: what a run is for says which checks it makes, and how strict it is.

The built-in ones differ in what they select. Everything else that one of them changes is done where
it belongs, by looking at `ProjectSettings.profile`: the policy of a pull request is that of its
merge base (`pytest_forge.policy`), and a release is judged more strictly by its gate.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import MappingProxyType

from pytest_forge.configuration.values import unknown
from pytest_forge.errors import ConfigurationError
from pytest_forge.plan import PlannedCheck
from pytest_forge.settings import PULL_REQUEST, Profile, Settings

QUICK, RELEASE, NIGHTLY = "quick", "release", "nightly"


@dataclass(frozen=True)
class BuiltIn:
    """A profile of forge's own: its selection, and what users read of it."""

    profile: Profile
    about: str


BUILT_IN = MappingProxyType(
    {
        one.profile.name: one
        for one in (
            BuiltIn(
                Profile(QUICK, select=("compilation", "types", "unit-tests", "quality")),
                "What is fast, for the hand: compilation, types, unit tests and quality. The other "
                "gates are listed as not run.",
            ),
            BuiltIn(
                Profile(PULL_REQUEST),
                "All gates, under the policy of the merge base: settings and baseline are those of "
                "the commit at which the branch began, and what the branch weakens of them fails "
                "the check `security::policy`.",
            ),
            BuiltIn(
                Profile(RELEASE),
                "All gates, as strict as before a release: an addition to the API under an "
                "unchanged version fails, and a timing that is inconclusive or not comparable is "
                "an error.",
            ),
            BuiltIn(
                Profile(NIGHTLY),
                "Everything, as without a profile: a name for the run on the main branch, for a "
                "project's own profile to extend.",
            ),
        )
    }
)
"""The built-in profiles by name, in the order of the documentation."""


def chosen(name: str, own: Iterable[Profile]) -> Profile:
    """Return the profile `name`, one of the user's own with what it extends filled in.

    Raises `ConfigurationError`, with the nearest name, where there is none.
    """
    if name in BUILT_IN:
        return BUILT_IN[name].profile
    profiles = {one.name: one for one in own}
    if name not in profiles:
        known = unknown("profile", name, [*BUILT_IN, *profiles])
        raise ConfigurationError(f"--forge-profile {name}: {known}")
    found = profiles[name]
    if not found.extends:
        return found
    base = BUILT_IN[found.extends].profile
    select = base.select if found.select is None else found.select
    return replace(found, select=select, skip=(*base.skip, *found.skip))


def applied(settings: Settings, profile: Profile) -> Settings:
    """Return the settings of a run under `profile`.

    Its limits replace those of the whole repository; an override for some projects, which says that
    these are different, stands above them still.
    """
    defaults = replace(
        settings.defaults,
        limits={**settings.defaults.limits, **profile.limits},
        profile=profile.name if profile.name in BUILT_IN else profile.extends,
    )
    return replace(settings, defaults=defaults, profile=profile)


def runs(profile: Profile, check: PlannedCheck) -> bool:
    """Tell whether the profile makes this check."""
    names = {check.gate.id}
    names |= {f"{check.gate.id}::{name}" for name in (check.name, check.check.name)}
    return (profile.select is None or not names.isdisjoint(profile.select)) and names.isdisjoint(
        profile.skip
    )
