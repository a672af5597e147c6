"""The checks of what Gradle builds: which gate each feeds, and its proof of work.

They are called as where Maven builds, the three aside that are named after Maven and its plugins.
What Gradle passed over is an error of the check that it was for.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath

from pytest_forge import advisories
from pytest_forge.formats.maven_log import COMPILED
from pytest_forge.model import Report
from pytest_forge.phrases import counted
from pytest_forge.projects import Project
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Check
from pytest_forge.toolchains.java import selecting
from pytest_forge.toolchains.java.checks import JAPICMP, Applies
from pytest_forge.toolchains.java.gradle import ran
from pytest_forge.toolchains.java.testing import COVERAGE

_NOTHING = "Gradle compiled nothing: see which projects the settings leave out"
_SEE = "see the log of the run"


def _by_gradle(fact: str = "") -> Applies:
    """Apply to Java that Gradle builds, where the fact holds if one is named."""

    def applies(project: Project, settings: ProjectSettings) -> bool:
        gradle = project.text("build_tool") == "gradle" and bool(project.words("java_files"))
        return gradle and (not fact or project.flag(fact))

    return applies


def _unlinted(project: Project, settings: ProjectSettings) -> bool:
    """Apply where the build has chosen no linter of its own that forge reads."""
    own = project.flag("checkstyle") or project.flag("pmd")
    return _by_gradle()(project, settings) and not own


def _others(project: Project) -> tuple[str, ...]:
    """Say what the compiler's checks do not look at: files in other languages than Java."""
    kinds = {".kt": "Kotlin", ".groovy": "Groovy", ".scala": "Scala"}
    others = [kinds.get(PurePosixPath(path).suffix, "") for path in project.words("sources")]
    found = {name: others.count(name) for name in sorted({*others} - {""})}
    return tuple(
        f"not looked at: what the compiler of {name} warns of ({counted(count, 'file')})"
        for name, count in found.items()
    )


def _after(
    first: Callable[[Report], Report], then: Callable[[Report], Report]
) -> Callable[[Report], Report]:
    return lambda report: then(first(report))


def _by_task(kind: str, then: Callable[[Report], Report]) -> Callable[[Report], Report]:
    """Demand that the tasks of a kind did their work before anything is kept."""

    def select(report: Report) -> Report:
        ran.demand(report, kind)
        return then(ran.bare(report))

    return select


GRADLE_CHECKS = (
    Check(
        name="gradle-build",
        gate="compilation",
        run="gradle-build",
        reads=("log", "tasks"),
        proof=COMPILED,
        nothing=_NOTHING,
        counts=("errors", "warnings"),
        select=_after(ran.compiled, selecting.compilation),
        applies=_by_gradle(),
        remarks=_others,
    ),
    Check(
        name="javac",
        gate="types",
        run="gradle-lint",
        proof=COMPILED,
        nothing=_NOTHING,
        counts=("type.errors",),
        select=_after(ran.linted, selecting.types),
        applies=_by_gradle(),
        remarks=_others,
    ),
    Check(
        name="gradle-test",
        gate="unit-tests",
        run="gradle-tests",
        proof="tests.executed",
        nothing="no unit test ran: see which tasks of the type Test the build has",
        supplies=("tests.executed", *COVERAGE),
        applies=_by_gradle(),
    ),
    Check(
        name="gradle-integration-test",
        gate="integration-tests",
        run="gradle-integration-tests",
        proof="tests.executed",
        nothing="no integration test ran; start what they need, or exempt the gate",
        supplies=("tests.executed",),
        select=_by_task("integration-tests", selecting.tested),
        applies=_by_gradle(),
    ),
    Check(
        name="checkstyle",
        gate="quality",
        run="gradle-build",
        reads=("checkstyle", "tasks"),
        proof="files.checked",
        nothing="checkstyle wrote no report: see which source sets the build has it look at",
        counts=("lint.findings",),
        select=_by_task("checkstyle", selecting.without_compiled),
        applies=_by_gradle("checkstyle"),
    ),
    Check(
        name="pmd",
        gate="quality",
        run="gradle-build",
        reads=("pmd", "tasks"),
        # PMD counts no files, and reports on none as well: what was compiled is what it was given.
        proof=COMPILED,
        nothing="Gradle compiled nothing, so that PMD had nothing to look at",
        counts=("lint.findings",),
        select=_by_task("pmd", selecting.reported("pmd.reports", "pmd", "lint.findings", _SEE)),
        applies=_by_gradle("pmd"),
    ),
    Check(
        name="javac-lint",
        gate="quality",
        run="gradle-lint",
        proof=COMPILED,
        nothing=_NOTHING,
        counts=("lint.findings",),
        select=_after(ran.linted, selecting.lints),
        applies=_unlinted,
        remarks=_others,
    ),
    replace(advisories.check("Maven"), run="gradle-advisories", applies=_by_gradle()),
    Check(
        name="spotbugs",
        gate="security",
        run="gradle-spotbugs",
        proof=COMPILED,
        nothing="Gradle compiled nothing, so that SpotBugs had nothing to look at",
        counts=advisories.SEVERITIES,
        select=selecting.reported("spotbugs.reports", "spotbugs", "findings", _SEE),
        applies=_by_gradle(),
    ),
    Check(
        name="licenses",
        gate="licenses",
        run="gradle-components",
        proof="modules",
        nothing="Gradle resolved the dependencies of no project",
        counts=("licenses.refused",),
        supplies=("components",),
        applies=_by_gradle(),
    ),
    replace(JAPICMP, run="gradle-japicmp", applies=_by_gradle()),
)
"""The checks of Java that Gradle builds."""
