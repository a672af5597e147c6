"""The typed settings of a run, as `config.py` reads them from pyproject.toml or forge.toml."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pytest_forge.globs import matches
from pytest_forge.measured import Performance

PULL_REQUEST = "pull-request"
"""The profile under which a branch is judged by the policy of its merge base."""


@dataclass(frozen=True)
class Waiver:
    """A finding that somebody answers for until a date; it marks the finding, removes nothing.

    `gate` and `rule` must match exactly; `path`, where given, is a glob over the finding's path.
    The last day of the waiver is `expires`.
    """

    gate: str
    rule: str
    reason: str
    approver: str
    expires: date
    path: str = ""


@dataclass(frozen=True)
class Override:
    """Settings for the projects whose directory matches `path`, or whose language is `language`."""

    path: str = ""
    language: str = ""
    limits: Mapping[str, float] = field(default_factory=dict)
    exempt: Mapping[str, str] = field(default_factory=dict)
    targets: tuple[str, ...] | None = None
    depends: tuple[str, ...] | None = None

    def fits(self, directory: str, language: str) -> bool:
        """Tell whether it holds for a project; of path and language, both must fit if given."""
        return (not self.path or matches(self.path, directory)) and (
            self.language in ("", language)
        )


@dataclass(frozen=True)
class LicensePolicy:
    """SPDX identifiers that may ship (None: the gate's default), and what else is required."""

    allow: tuple[str, ...] | None = None
    allow_test_only: tuple[str, ...] | None = None
    headers: bool = False


@dataclass(frozen=True)
class AdvisorySource:
    """Where vulnerability data comes from: a local OSV export, a server, else a tool's own feed."""

    database: Path | None = None
    url: str = ""
    max_age: timedelta | None = None


@dataclass(frozen=True)
class UserTool:
    """A tool of the user's own, as declared in `[tools.<name>]`, before it becomes a `Check`.

    `proof` is empty where the gate's usual one is meant. `supplies` are measures that its output
    must hold, so that the gate's limits on them are judged.
    """

    name: str
    gate: str
    manifest: str
    command: tuple[str, ...]
    format: str
    output: str = "stdout"
    proof: str = ""
    supplies: tuple[str, ...] = ()
    clean: tuple[int, ...] = (0,)
    findings: tuple[int, ...] = ()
    nothing: tuple[int, ...] = ()
    gap: tuple[int, ...] = ()
    version: tuple[str, ...] = ("--version",)
    install: str = ""
    timeout: timedelta = timedelta(minutes=10)
    prepared: bool = False


@dataclass(frozen=True)
class Profile:
    """Which checks run, and which limits hold, for one occasion of running.

    `select` holds gates, or checks written as `gate::check`: what runs, None for everything; `skip`
    takes out of that. `extends` is the built-in profile on which one of the user's own stands.
    """

    name: str
    extends: str = ""
    select: tuple[str, ...] | None = None
    skip: tuple[str, ...] = ()
    limits: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class ProjectSettings:
    """The settings that hold for one project, overrides applied.

    `limits` are the user's own; a gate's default holds for every other measure. `exempt` maps a
    gate id or `gate::check` to its reason. `timeouts` maps a check's name to its limit. `targets`
    are those for which the project must compile beside its own. `depends` are globs of what it is
    built on, beside what its manifest says. `profile` is the name of the built-in profile under
    which the run stands ("release"), "" where none was asked for; for a profile of the user's own
    it is the one that this extends, "" where it extends none.
    """

    limits: Mapping[str, float] = field(default_factory=dict)
    exempt: Mapping[str, str] = field(default_factory=dict)
    timeouts: Mapping[str, timedelta] = field(default_factory=dict)
    versions: str = ""
    tag_pattern: str = ""
    targets: tuple[str, ...] = ()
    depends: tuple[str, ...] = ()
    licenses: LicensePolicy = LicensePolicy()
    advisories: AdvisorySource = AdvisorySource()
    profile: str = ""
    performance: Performance = field(default_factory=Performance)


@dataclass(frozen=True)
class Settings:
    """The settings of a whole run; `source` is the file that they come from, None for defaults.

    `base` is the branch into which pull requests go, "" for the remote's default branch.
    `profiles` are the user's own; `profile` is the one under which the run stands, if any.
    """

    source: Path | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    tools: tuple[UserTool, ...] = ()
    base: str = ""
    profiles: tuple[Profile, ...] = ()
    profile: Profile | None = None
    defaults: ProjectSettings = ProjectSettings()
    raw: Mapping[str, Any] = field(default_factory=dict)

    def timed_against(self, revision: str) -> "Settings":
        """Return the settings with the revision that timings are compared with, if none is set."""
        timed = self.defaults.performance
        timed = replace(timed, base=timed.base or revision)
        return replace(self, defaults=replace(self.defaults, performance=timed))

    def of_project(self, directory: str, language: str) -> ProjectSettings:
        """Return the settings of the project in `directory` (relative to the root, "." for it).

        Of the overrides that fit, the last that sets a key wins, key by key.
        """
        limits, exempt = dict(self.defaults.limits), dict(self.defaults.exempt)
        targets, depends = self.defaults.targets, self.defaults.depends
        for override in self.overrides:
            if override.fits(directory, language):
                limits |= override.limits
                exempt |= override.exempt
                targets = targets if override.targets is None else override.targets
                depends = depends if override.depends is None else override.depends
        return replace(
            self.defaults, limits=limits, exempt=exempt, targets=targets, depends=depends
        )
