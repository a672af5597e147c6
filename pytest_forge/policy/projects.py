"""What a branch takes from its projects: exemptions that it adds, checks that are made no more."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from pytest_forge.judging import Gate
from pytest_forge.phrases import few
from pytest_forge.plan import PlannedCheck
from pytest_forge.policy.bounds import Sides, is_laxer
from pytest_forge.policy.rules import shown
from pytest_forge.policy.weakening import Weakening, number
from pytest_forge.projects import Project
from pytest_forge.settings import Override, ProjectSettings, Settings

BY_MEANING = frozenset(
    {"limits", "exempt", "licenses", "advisories", "performance", "targets", "depends"}
)
"""Settings of a project that are compared by their meaning; any other change is named as one."""

HARMLESS = frozenset({"timeouts", "profile"})
"""A check that may take longer passes no sooner; the profile is the command line's."""

_LISTS = ("targets", "depends")
_TOGETHER = "together"


def exemptions(projects: Sequence[Sides], source: str) -> Iterator[Weakening]:
    """Yield exemptions that the settings did not have; one of a whole gate covers its checks."""
    found: dict[tuple[str, ...], list[str]] = {}
    for one in projects:
        before, after = one.before[0].exempt, one.after[0].exempt
        for name, reason in after.items():
            if name not in before and name.partition("::")[0] not in before:
                key = (f"exempt.{name}", "not exempt", f"exempt: {reason}")
                found.setdefault(key, []).append(one.manifest)
    yield from _named(found, len(projects), source)


def others(projects: Sequence[Sides], source: str) -> Iterator[Weakening]:
    """Yield lists that lost something, and every other setting that is not as it was.

    A direction can't be told of these; only versions that go together are the stricter ones.
    """
    found: dict[tuple[str, ...], list[str]] = {}
    names = [field.name for field in fields(ProjectSettings)]
    for one in projects:
        for name in names:
            old, new = (getattr(side[0], name) for side in (one.before, one.after))
            if _is_worse(name, old, new):
                key = (name.replace("_", "-"), shown(old), shown(new))
                found.setdefault(key, []).append(one.manifest)
    yield from _named(found, len(projects), source)


def _is_worse(name: str, before: Any, after: Any) -> bool:
    if name in _LISTS:
        return bool(set(before) - set(after))
    return name not in BY_MEANING | HARMLESS and after not in (before, _TOGETHER)


def _named(
    found: Mapping[tuple[str, ...], Sequence[str]], projects: int, source: str
) -> Iterator[Weakening]:
    """Yield what was found once for all its projects, naming these where they are not all."""
    for (key, before, after), manifests in found.items():
        whose = "" if len(manifests) == projects else f" for {few(dict.fromkeys(manifests))}"
        yield Weakening(source, key + whose, before, after)


def idle_overrides(
    gates: Sequence[Gate],
    before: Settings,
    after: Settings,
    projects: Sequence[Project],
    source: str,
) -> Iterator[Weakening]:
    """Yield new overrides that fit no project yet: what comes later would be judged by them."""
    for one in after.overrides:
        fits = any(one.fits(project.directory, project.language) for project in projects)
        if one in before.overrides or fits:
            continue
        key = f"override for {one.path or one.language}, which fits no project yet"
        for text in _laxer(gates, before, one):
            yield Weakening(source, key, "not there", text)


def _laxer(gates: Sequence[Gate], before: Settings, override: Override) -> Iterator[str]:
    for name in override.exempt:
        yield f"exempt.{name}"
    for limit in (limit for gate in gates for limit in gate.limits):
        bound = override.limits.get(limit.measure)
        stated = before.defaults.limits.get(limit.measure, limit.value)
        if bound is not None and is_laxer(limit, stated, bound):
            yield f"limits.{limit.measure} = {number(bound)}"


def checks(
    before: Iterable[PlannedCheck],
    after: Iterable[PlannedCheck],
    is_there: Callable[[str], bool],
) -> Iterator[Weakening]:
    """Yield checks of projects that are still there, but which are made no more, or are exempt.

    Both are planned under the same settings, so that what differs comes from the projects' files.
    A published member whose manifest is gone took its checks with it.
    """
    now = {one.id: one for one in after}
    manifests = {one.project.manifest for one in now.values()}
    for one in before:
        manifest = one.project.manifest
        if manifest not in manifests or one.exemption or not is_there(_member(one)):
            continue
        if one.id not in now:
            yield Weakening(manifest, f"check {one.id}", "made", "not made any more")
        elif now[one.id].exemption:
            is_now = f"exempt: {now[one.id].exemption}"
            yield Weakening(manifest, f"check {one.id}", "made", is_now)


def _member(check: PlannedCheck) -> str:
    """Return the manifest of the published member that the variant names, else the project's."""
    members = {one.name: one.manifest for one in check.project.published}
    return members.get(check.variant, check.project.manifest)


def hidden(
    before: Iterable[Project],
    after: Sequence[Project],
    is_there: Callable[[str], bool],
    passed_over: Mapping[str, str],
) -> Iterator[Weakening]:
    """Yield projects that are none any more although their manifests are still there.

    One that has become a member of another is measured with that one.
    """
    now = {(one.manifest, one.language) for one in after}
    members = {member for one in after for member in one.members}
    for one in before:
        gone = (one.manifest, one.language) not in now and one.manifest not in members
        if gone and is_there(one.manifest):
            why = passed_over.get(one.manifest, f"no project of {one.language} any more")
            yield Weakening(one.manifest, f"project {one.manifest}", "a project", why)
