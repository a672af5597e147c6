"""Java's checks: which gate each feeds, what it answers for, and its proof of work.

The measures are judged by the gates; no limit stands here.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from pytest_forge import advisories, headers
from pytest_forge.formats.maven_log import COMPILED
from pytest_forge.projects import Project
from pytest_forge.releases import deprecations
from pytest_forge.releases.comparing import COMPARED, each_released
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains import complexity
from pytest_forge.toolchains.declarations import Check
from pytest_forge.toolchains.java import ran, selecting
from pytest_forge.toolchains.java.testing import COVERAGE

UNAVAILABLE: Mapping[str, str] = MappingProxyType(
    {
        "type.coverage": "the compiler demands a type of everything",
        "files.unformatted": "the build has no formatter that forge knows (Spotless in a pom)",
    }
)
"""Measures that Java's tools cannot tell, with the reason."""


def unmeasured(project: Project) -> str:
    """Return why no check applies to a project, "" where they do."""
    if project.text("build_tool") == "maven" or project.words("java_files"):
        return ""
    return "of Gradle's builds forge measures Java, and no Java file ships here"


Applies = Callable[[Project, ProjectSettings], bool]


def _by_maven(fact: str = "") -> Applies:
    """Apply to what Maven builds, where the fact holds if one is named."""

    def applies(project: Project, settings: ProjectSettings) -> bool:
        return project.text("build_tool") == "maven" and (not fact or project.flag(fact))

    return applies


def _with_java(project: Project, settings: ProjectSettings) -> bool:
    """Apply where Java is among what ships, not Kotlin alone; Maven or Gradle may build it."""
    return bool(project.words("java_files"))


def _unlinted(project: Project, settings: ProjectSettings) -> bool:
    """Apply where the project has chosen no linter of its own."""
    own = any(project.flag(fact) for fact in ("checkstyle", "pmd", "spotbugs"))
    return project.text("build_tool") == "maven" and not own


def _headers(project: Project, settings: ProjectSettings) -> bool:
    maven = project.text("build_tool") == "maven"
    return settings.licenses.headers and (maven or _with_java(project, settings))


JAPICMP = Check(
    name="japicmp",
    gate="breaking-changes",
    run="japicmp",
    proof=COMPARED,
    nothing="the last release's jar holds no class; exempt the check",
    counts=("api.breaking",),
    supplies=("api.additions",),
    select=selecting.compared,
    variants=each_released,
    applies=_by_maven(),
)
"""The comparison of what Maven builds with its last release."""

CHECKS = (
    Check(
        name="maven-verify",
        gate="compilation",
        run="maven-verify",
        reads=("log",),
        proof=COMPILED,
        nothing="Maven compiled nothing: see which modules and profiles the build leaves out",
        counts=("errors", "warnings"),
        select=selecting.compilation,
        applies=_by_maven(),
    ),
    Check(
        name="javac",
        gate="types",
        run="javac-lint",
        proof=COMPILED,
        nothing="Maven compiled nothing: see which modules and profiles the build leaves out",
        counts=("type.errors",),
        select=selecting.types,
        applies=_by_maven(),
    ),
    Check(
        name="surefire",
        gate="unit-tests",
        run="unit-tests",
        proof="tests.executed",
        nothing="no unit test ran: surefire takes classes named *Test, Test* or *Tests by default",
        supplies=("tests.executed", *COVERAGE),
        applies=_by_maven(),
    ),
    Check(
        name="failsafe",
        gate="integration-tests",
        run="maven-integration-tests",
        proof="tests.executed",
        nothing="no integration test ran; start what they need, or exempt the gate",
        supplies=("tests.executed",),
        select=selecting.tested,
        applies=_by_maven(),
    ),
    Check(
        name="checkstyle",
        gate="quality",
        run="maven-verify",
        reads=("checkstyle", "log"),
        proof="files.checked",
        nothing="checkstyle wrote no report: see whether checkstyle.skip is set, or no file fits",
        counts=("lint.findings",),
        select=selecting.by_goal(ran.CHECKSTYLE, selecting.only("lint.findings")),
        applies=_by_maven("checkstyle"),
    ),
    Check(
        name="pmd",
        gate="quality",
        run="maven-verify",
        reads=("pmd", "log"),
        # PMD counts no files, and reports on none as well: what was compiled is what it was given.
        proof=COMPILED,
        nothing="Maven compiled nothing, so that PMD had nothing to look at",
        counts=("lint.findings",),
        select=selecting.by_goal(
            ran.PMD, selecting.reported("pmd.reports", "pmd", "lint.findings")
        ),
        applies=_by_maven("pmd"),
    ),
    Check(
        name="spotbugs",
        gate="quality",
        run="spotbugs",
        proof=COMPILED,
        nothing="Maven compiled nothing, so that SpotBugs had nothing to look at",
        counts=("lint.findings",),
        select=selecting.reported("spotbugs.reports", "spotbugs", "lint.findings"),
        applies=_by_maven("spotbugs"),
    ),
    Check(
        name="spotless",
        gate="quality",
        run="spotless",
        proof="files.checked",
        nothing="Spotless looked at no file: see which formats the pom configures",
        counts=("files.unformatted",),
        applies=_by_maven("spotless"),
    ),
    Check(
        name="javac-lint",
        gate="quality",
        run="javac-lint",
        proof=COMPILED,
        nothing="Maven compiled nothing: see which modules and profiles the build leaves out",
        counts=("lint.findings",),
        select=selecting.lints,
        applies=_unlinted,
    ),
    replace(complexity.check("lizard-java"), applies=_with_java),
    replace(advisories.check("Maven"), applies=_by_maven()),
    Check(
        name="spotbugs",
        gate="security",
        run="spotbugs",
        proof=COMPILED,
        nothing="Maven compiled nothing, so that SpotBugs had nothing to look at",
        counts=advisories.SEVERITIES,
        select=selecting.reported("spotbugs.reports", "spotbugs", "findings"),
        applies=_by_maven(),
    ),
    Check(
        name="licenses",
        gate="licenses",
        run="components",
        proof="modules",
        nothing="Maven resolved no module, not even the project's own",
        counts=("licenses.refused",),
        supplies=("components",),
        applies=_by_maven(),
    ),
    replace(headers.check("Java"), applies=_headers),
    JAPICMP,
    replace(deprecations.CHECK, applies=_with_java),
)
"""The checks of what Maven builds, and those for which the build does not matter."""
