"""The runs of Gradle's builds: what Gradle is told, and the outputs that are read.

Gradle ends with 1 for whatever fails: its log tells what. The same formats read the reports of
JUnit, JaCoCo and the linters as where Maven builds.
"""

from functools import partial

from pytest_forge.formats import (
    checkstyle,
    gradle_log,
    gradle_needs,
    gradle_tasks,
    jacoco,
    japicmp,
    junit,
    pmd,
    spotbugs,
)
from pytest_forge.projects import Tree
from pytest_forge.releases.comparing import last_release_worktree
from pytest_forge.releases.counterparts import same_project
from pytest_forge.toolchains.declarations import Computation, Output, Run, Step
from pytest_forge.toolchains.java import builds
from pytest_forge.toolchains.java.gradle import commands, ran, tools
from pytest_forge.toolchains.java.gradle.build import read_build

_NEEDS = (tools.GRADLE, tools.JDK)
_left = partial(builds.left, "gradle/**/forge")
_LOG = Output("log", "gradle.log", gradle_log.parse)
_TASKS = Output("tasks", "gradle/tasks.json", gradle_tasks.parse)


def build_of(tree: Tree, manifest: str) -> str:
    """Return the name of a build or a lone project; `ConfigurationError` where it is unreadable."""
    return read_build(tree, manifest).name


BUILD = Run(
    name="gradle-build",
    needs=_NEEDS,
    steps=(builds.step(commands.BUILD, _LOG.source),),
    outputs=(
        _LOG,
        _TASKS,
        _left("tests", "tests/*/TEST-*.xml", junit.parse),
        _left("coverage", "jacoco.xml", jacoco.parse),
        _left("checkstyle", "checkstyle-*.xml", checkstyle.parse),
        _left("pmd", "pmd-*.xml", pmd.parse),
        _left("spotbugs", "spotbugs.sarif", spotbugs.parse),
        _left("needs", "needs.json", gradle_needs.parse),
    ),
    around=(commands.copied,),
    directory="{snapshot}",
    timeout=builds.SECONDS,
)
TESTS = Computation("gradle-tests", ran.tests, inputs=("gradle-build",))
SPOTBUGS = Computation("gradle-spotbugs", ran.spotbugs, inputs=("gradle-build",))
COMPONENTS = Computation("gradle-components", ran.components, inputs=("gradle-build",))
ADVISORIES = Computation("gradle-advisories", ran.vulnerable, inputs=("gradle-build",))
LINT = Run(
    name="gradle-lint",
    needs=_NEEDS,
    steps=(builds.step(commands.LINT, _LOG.source),),
    outputs=(_LOG, _TASKS),
    around=(commands.copied,),
    directory="{snapshot}",
    timeout=builds.SECONDS,
)
INTEGRATION_TESTS = Run(
    name="gradle-integration-tests",
    needs=_NEEDS,
    steps=(builds.step(commands.integration_tests, _LOG.source),),
    outputs=(_LOG, _TASKS, _left("tests", "tests/*/TEST-*.xml", junit.parse)),
    around=(commands.copied,),
    directory="{snapshot}",
    timeout=builds.SECONDS,
)
JAPICMP = Run(
    name="gradle-japicmp",
    needs=_NEEDS,
    steps=(
        builds.step(commands.PACKAGE, "after.log"),
        builds.step(commands.PACKAGE_BEFORE, "before.log", "{before_top}"),
        Step(commands.COMPARE),
    ),
    outputs=(
        Output("after", "after.log", gradle_log.parse),
        Output("before", "before.log", gradle_log.parse),
        Output("changes", "japicmp.xml", japicmp.parse),
    ),
    around=(
        last_release_worktree,
        same_project(build_of),
        commands.copied,
        commands.copied_release,
    ),
    directory="{snapshot}",
    timeout=builds.SECONDS,
)

GRADLE_RUNS = (
    *(BUILD, TESTS, SPOTBUGS, COMPONENTS, ADVISORIES),
    *(LINT, INTEGRATION_TESTS, JAPICMP),
)
"""All runs and computations of Gradle's builds."""
