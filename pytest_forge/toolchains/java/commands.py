"""The commands of Java's column that depend on the project's facts, and the copies they run in.

Maven builds a copy of the tree below forge's directory: no `target/` appears in the user's.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from pytest_forge.errors import NothingMeasured
from pytest_forge.execution.snapshot import release_snapshot, snapshot
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java import tools
from pytest_forge.toolchains.java.tools import probe
from pytest_forge.toolchains.places import placed

_PYTHON = ("{tool:maven}", "-I")
_QUIET = ("-B", "-ntp", "-fae", "-Dstyle.color=never")
_EFFECTIVE = "{scratch}/effective-pom.xml"
_MAVEN = (*_PYTHON, probe("maven"), *_QUIET)
_CONDITIONAL = (*_PYTHON, probe("maven"), "--effective", _EFFECTIVE, *_QUIET)
TREE = "forge-tree.json"
"""The name of the file with a module's dependencies, in its build directory."""

_COVERAGE = "{scratch}/jacoco.exec"
# What a test or a linter of the project finds is judged later: it must not end the build before.
_FOUND_LATER = ("-Dmaven.test.failure.ignore=true", "-Djacoco.haltOnFailure=false")
_LINTERS = {
    "checkstyle": (
        "checkstyle:checkstyle",
        "-Dcheckstyle.failOnViolation=false",
        "-Dcheckstyle.failsOnError=false",
    ),
    "pmd": ("pmd:pmd", "-Dpmd.failOnViolation=false", "-Dcpd.failOnViolation=false"),
    "spotbugs": ("-Dspotbugs.failOnError=false",),
    "spotless": ("-Dspotless.check.skip=true",),
}
# Where nothing but the code is looked at.
_NO_LINTERS = (
    "-Dcheckstyle.skip=true",
    "-Dpmd.skip=true",
    "-Dcpd.skip=true",
    "-Dspotbugs.skip=true",
    "-Drat.skip=true",
    "-Dspotless.check.skip=true",
)
_GOALS = (
    f"!jacoco-maven-plugin:prepare-agent={tools.JACOCO}:prepare-agent",
    "verify",
    f"{tools.DEPENDENCY}:tree",
    # A goal of the whole, of which only the place counts: what stands behind it waits until every
    # module is built, so that it keeps none from that, and each report has the tests of all.
    f"{tools.HELP}:active-profiles",
    f"!jacoco-maven-plugin={tools.JACOCO}:report",
    "?jacoco-maven-plugin=org.jacoco:jacoco-maven-plugin:report",
    "?spotbugs-maven-plugin=com.github.spotbugs:spotbugs-maven-plugin:spotbugs",
    f"!spotbugs-maven-plugin={tools.SPOTBUGS}:spotbugs",
)
_BILL = f"{tools.CYCLONEDX}:makeAggregateBom"

EFFECTIVE_POM = (*_MAVEN, f"{tools.HELP}:effective-pom", f"-Doutput={_EFFECTIVE}")
"""Write down the effective POM, by which the goals are chosen."""

_VERIFY = (
    *_CONDITIONAL,
    *_GOALS,
    *_FOUND_LATER,
    "-DskipITs=true",
    # It is no code, and needs the pages of others that it links to.
    "-Dmaven.javadoc.skip=true",
    # Else the name of the machine stands in the report.
    "-Djacoco.sessionId=forge",
    "-Dmaven.compiler.showWarnings=true",
    f"-Djacoco.destFile={_COVERAGE}",
    f"-Djacoco.dataFile={_COVERAGE}",
    "-Dspotbugs.sarifOutput=true",
    "-DoutputType=json",
    f"-DoutputFile=target/{TREE}",
    "-DoutputFormat=json",
    "-DincludeTestScope=true",
    # What is not deployed has dependencies all the same.
    "-Dcyclonedx.skipNotDeployed=false",
)

_LINT = (
    "-Dmaven.compiler.fork=true",
    "-Dmaven.compiler.showWarnings=true",
    "-Dmaven.compiler.failOnWarning=false",
)

LINTS = "-Xlint:all,-processing,-options,-path -Xmaxwarns 100000 -Xmaxerrs 100000"
"""Every lint of the code; the others are about the build. javac stops telling after 100."""

FORMAT = (*_MAVEN, "com.diffplug.spotless:spotless-maven-plugin:apply")
"""Format the copy, by which each file is named that is not formatted."""

_PACKAGE = (
    *_MAVEN,
    "package",
    "-DskipTests=true",
    *_NO_LINTERS,
    "-Djacoco.skip=true",
    "-Dmaven.javadoc.skip=true",
    "-Dcyclonedx.skip=true",
)

FETCH_JAPICMP = (
    *_MAVEN,
    f"{tools.DEPENDENCY}:copy",
    f"-Dartifact={tools.JAPICMP}",
    "-DoutputDirectory={scratch}/japicmp",
)
"""Have Maven fetch japicmp, which is no plugin of the project."""

COMPARE = (
    *_PYTHON,
    probe("japicmp"),
    *("{scratch}/japicmp", "{before}", "{member}", "{scratch}/japicmp.xml"),
)
"""Compare the jar of the released module with that of the last release."""


def verify(context: Context) -> tuple[str, ...]:
    """Build everything with its unit tests, and let the analysers look at it while it is there.

    The project's linters are those that its own poms name, also where they only manage them.
    """
    flag = context.project.flag
    own = (word for fact, words in _LINTERS.items() if flag(fact) for word in words)
    return (*_VERIFY, *own, _BILL)


def package(context: Context) -> tuple[str, ...]:
    """Make the jar of the released module, and those that it needs.

    The tests of a lone module aren't even compiled; another module may need those of a reactor's.
    """
    project, released = context.project, PurePosixPath(context.released.manifest)
    if not project.members:
        return (*_PACKAGE, "-Dmaven.test.skip=true")
    below = released.relative_to(project.directory)
    chosen = below.parent if below.name == "pom.xml" else below
    return _PACKAGE if chosen == PurePosixPath(".") else (*_PACKAGE, "-pl", str(chosen), "-am")


def lint(context: Context) -> tuple[str, ...]:
    """Compile once more, by a javac of its own, which reads the variable with the lints.

    A module may need the jar of another: where this declares itself a module of Java's, what
    depends on it does not find it by its classes.
    """
    if not context.project.members:
        return (*_MAVEN, "test-compile", *_NO_LINTERS, *_LINT)
    return (*_PACKAGE, *_LINT)


def integration_tests(context: Context) -> tuple[str, ...]:
    """Run what failsafe takes for tests, and none that surefire does.

    `NothingMeasured` where there is none.
    """
    project = context.project
    if not project.words("integration_tests") and not project.flag("failsafe"):
        raise NothingMeasured(
            "there is no integration test: no class is named *IT, and failsafe is not configured",
            'add one, or say why there is none: exempt.integration-tests = "..."',
        )
    goals = (
        "verify",
        f"!maven-failsafe-plugin:integration-test={tools.FAILSAFE}:integration-test",
    )
    none = ("-Dtest=NoUnitTest", "-Dsurefire.failIfNoSpecifiedTests=false", "-DfailIfNoTests=false")
    return (*_CONDITIONAL, *goals, *_FOUND_LATER, *_NO_LINTERS, *none, "-Djacoco.skip=true")


def shipped_java(context: Context) -> tuple[str, ...]:
    """Return the Java files that ship, as paths below forge's root."""
    return placed(context.project, context.project.words("java_files"))


@contextmanager
def copied(context: Context) -> Iterator[Mapping[str, str]]:
    """Copy the tree; the slots are `snapshot` and `member`, where what is released stands in it.

    Build directories that the repository tracks are left out: their reports are old ones.
    """
    with snapshot(context) as slots:
        place = Path(slots["snapshot"])
        for pom in place.rglob("pom.xml"):
            shutil.rmtree(pom.with_name("target"), ignore_errors=True)
        top = Path(context.project.directory)
        member = place / Path(context.released.directory).relative_to(top)
        yield {**slots, "member": str(member)}


@contextmanager
def copied_release(context: Context) -> Iterator[Mapping[str, str]]:
    """Copy the last release: `before_top` is the project in it, `before` what is released of it."""
    with release_snapshot(context) as copy:
        yield {
            "before_top": str(copy / context.project.directory),
            "before": str(copy / context.released.directory),
        }
