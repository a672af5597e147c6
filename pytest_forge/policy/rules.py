"""Settings of the whole run that a branch weakens: waivers, paths, tools, profiles, licenses."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date, timedelta

from pytest_forge.judging import Gate
from pytest_forge.phrases import few
from pytest_forge.policy.bounds import laxer_limits
from pytest_forge.policy.weakening import Weakening, items
from pytest_forge.projects import Tree
from pytest_forge.repository import split_excluded
from pytest_forge.settings import LicensePolicy, Profile, Settings, UserTool, Waiver

_BY_MEANING = frozenset(
    {
        *("include", "exclude", "overrides", "waivers", "tools", "profiles", "defaults"),
        # What the others were made from, and what the command line says.
        *("source", "raw", "profile"),
    }
)
"""Settings of the run that are compared by what they mean."""

_HARMLESS_OF_A_TOOL = frozenset({"name", "install", "timeout"})


def waivers(before: Settings, after: Settings, source: str, today: date) -> Iterator[Weakening]:
    """Yield waivers that are new, wider or longer; one that has expired holds nothing."""
    for one in after.waivers:
        covering = [old for old in before.waivers if _covers(old, one)]
        longest = max(covering, key=lambda old: old.expires, default=None)
        if one.expires < today or (longest and longest.expires >= one.expires):
            continue
        where = f" in {one.path}" if one.path else ""
        yield Weakening(
            source,
            f"waiver of {one.rule} ({one.gate}){where}",
            "not waived" if longest is None else _until(longest),
            _until(one),
        )


def _covers(old: Waiver, new: Waiver) -> bool:
    """Tell whether a waiver holds all that another one does, for whatever time."""
    return (old.gate, old.rule) == (new.gate, new.rule) and old.path in ("", new.path)


def _until(waiver: Waiver) -> str:
    return f"until {waiver.expires}: {waiver.reason} (approved by {waiver.approver})"


def paths(before: Settings, after: Settings, tree: Tree, source: str) -> Iterator[Weakening]:
    """Yield globs by which more is left out than before, or less is brought in.

    A glob that takes nothing yet is named as well: what comes later would go unseen.
    """
    gone = _taken(tree, before.exclude)
    for glob in after.exclude:
        taken = _taken(tree, (glob,))
        if glob not in before.exclude and (not taken or taken - gone):
            more = sorted(taken - gone)
            what = few(more) if more else "nothing so far"
            yield Weakening(source, "exclude", "not excluded", f"{glob}, which takes {what}")
    missed = _taken(tree, before.include) - _taken(tree, after.include)
    if missed:
        is_now = f"{items(after.include)}, without {few(sorted(missed))}"
        yield Weakening(source, "include", items(before.include), is_now)


def _taken(tree: Tree, globs: Sequence[str]) -> set[str]:
    left = split_excluded(tree, globs)[0]
    return set(tree.files) - set(left.files)


def tools(before: Settings, after: Settings, source: str) -> Iterator[Weakening]:
    """Yield tools that are gone or changed: nobody can tell from a command what it checks."""
    now = {one.name: one for one in after.tools}
    for one in before.tools:
        key = f"tools.{one.name}"
        if one.name not in now:
            yield Weakening(source, key, f"a check of {one.gate}", "removed")
        else:
            yield from _changed(one, now[one.name], key, source)


def _changed(before: UserTool, after: UserTool, key: str, source: str) -> Iterator[Weakening]:
    for name in (one.name for one in fields(UserTool)):
        old, new = getattr(before, name), getattr(after, name)
        if old != new and name not in _HARMLESS_OF_A_TOOL:
            yield Weakening(source, f"{key}.{name}", shown(old), shown(new))


def profiles(
    gates: Sequence[Gate], before: Settings, after: Settings, source: str
) -> Iterator[Weakening]:
    """Yield profiles that are gone, or that run less or judge less strictly than before."""
    now = {one.name: one for one in after.profiles}
    for one in before.profiles:
        key = f"profiles.{one.name}"
        if one.name not in now:
            yield Weakening(source, key, "a profile", "removed")
            continue
        new = now[one.name]
        yield from _selection(one, new, key, source)
        limits = (
            {**side.defaults.limits, **profile.limits}
            for side, profile in ((before, one), (after, new))
        )
        for measure, old, value in laxer_limits(gates, *limits):
            yield Weakening(source, f"{key}.limits.{measure}", old, value)


def _selection(before: Profile, after: Profile, key: str, source: str) -> Iterator[Weakening]:
    if before.extends != after.extends:
        old, new = before.extends or "none", after.extends or "none"
        yield Weakening(source, f"{key}.extends", old, new)
    if _runs_less(before, after):
        yield Weakening(source, f"{key}.select", items(before.select), items(after.select))
    if set(after.skip) - set(before.skip):
        yield Weakening(source, f"{key}.skip", items(before.skip), items(after.skip))


def _runs_less(before: Profile, after: Profile) -> bool:
    if after.select is None:
        return False
    if before.select is None:
        return True
    return any(
        name not in after.select and name.partition("::")[0] not in after.select
        for name in before.select
    )


def licenses(before: LicensePolicy, after: LicensePolicy, source: str) -> Iterator[Weakening]:
    """Yield what the license policy allows more than before.

    The gate's default list and a list of the user's are taken for different: nobody here knows the
    default.
    """
    if _allows_more(before.allow, after.allow):
        yield Weakening(source, "licenses.allow", items(before.allow), items(after.allow))
    # Where none were listed for the tests, these were not judged at all.
    old, new = before.allow_test_only, after.allow_test_only
    if old is not None and _allows_more(old, new):
        yield Weakening(source, "licenses.allow-test-only", items(old), items(new))
    if before.headers and not after.headers:
        yield Weakening(source, "licenses.headers", "required", "not required")


def _allows_more(before: tuple[str, ...] | None, after: tuple[str, ...] | None) -> bool:
    if before is None or after is None:
        return before is not after
    return bool(set(after) - set(before))


def advisories(before: Settings, after: Settings, source: str) -> Iterator[Weakening]:
    """Yield another source of vulnerability data, and an age that it may reach now."""
    old, new = before.defaults.advisories, after.defaults.advisories
    if (old.database, old.url) != (new.database, new.url):
        was, is_now = (shown(one.database or one.url) for one in (old, new))
        yield Weakening(source, "advisories", was, is_now)
    if old.max_age and (new.max_age is None or new.max_age > old.max_age):
        yield Weakening(source, "advisories.max-age", shown(old.max_age), shown(new.max_age))


def others(before: Settings, after: Settings, source: str) -> Iterator[Weakening]:
    """Yield every other setting of the run that is not as it was, a new kind of it too."""
    for name in (one.name for one in fields(Settings)):
        old, new = getattr(before, name), getattr(after, name)
        if name not in _BY_MEANING and old != new:
            yield Weakening(source, name.replace("_", "-"), shown(old), shown(new))


def shown(value: object) -> str:
    """Return any setting as text on one line."""
    if value in (None, "", ()):
        return "not set"
    if isinstance(value, tuple) and all(isinstance(one, str | int) for one in value):
        return " ".join(map(str, value))
    return f"{value.days} days" if isinstance(value, timedelta) and value.days else str(value)
