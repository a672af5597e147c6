"""Java's runs: what Maven is told, its exit statuses by class, and the outputs that are read.

Maven ends with 1 for whatever fails: its log tells what. Everything that the build leaves stands
in a copy of the tree, fresh for each run, so that no old class or report is there to be read.
"""

from functools import partial

from pytest_forge import headers
from pytest_forge.formats import (
    checkstyle,
    cyclonedx,
    jacoco,
    japicmp,
    junit,
    maven_log,
    maven_tree,
    pmd,
    spotbugs,
    spotless,
)
from pytest_forge.releases import deprecations
from pytest_forge.releases.comparing import last_release_worktree
from pytest_forge.releases.counterparts import same_project
from pytest_forge.toolchains import complexity
from pytest_forge.toolchains.declarations import Computation, Output, Run, Step
from pytest_forge.toolchains.java import builds, commands, components, ran, tools
from pytest_forge.toolchains.java.classless import classless
from pytest_forge.toolchains.java.covered import covered
from pytest_forge.toolchains.java.deprecations import marks
from pytest_forge.toolchains.java.forked import forked
from pytest_forge.toolchains.java.maven_project import artifact_of

_left = partial(builds.left, "snapshot/**/target")


MAVEN_VERIFY = Run(
    name="maven-verify",
    needs=(tools.MAVEN, tools.JDK),
    steps=(
        builds.step(commands.EFFECTIVE_POM, "effective.log"),
        builds.step(commands.verify, "maven.log"),
    ),
    outputs=(
        Output("log", "maven.log", maven_log.parse),
        _left("tests", "surefire-reports/TEST-*.xml", junit.parse),
        _left("coverage", "site/jacoco/jacoco.xml", jacoco.parse),
        _left("checkstyle", "checkstyle-result.xml", checkstyle.parse),
        _left("pmd", "pmd.xml", pmd.parse),
        _left("spotbugs", "spotbugsSarif.json", spotbugs.parse),
        _left("needed", commands.TREE, maven_tree.parse),
        _left("stated", "*bom.json", cyclonedx.parse),
    ),
    around=(commands.copied, covered, classless),
    directory="{snapshot}",
    timeout=builds.SECONDS,
)
UNIT_TESTS = Computation("unit-tests", ran.tests, inputs=("maven-verify",))
SPOTBUGS = Computation("spotbugs", ran.spotbugs, inputs=("maven-verify",))
COMPONENTS = Computation("components", components.measure, inputs=("maven-verify",))
ADVISORIES = Computation("advisories", components.vulnerable, inputs=("maven-verify",))
JAVAC_LINT = Run(
    name="javac-lint",
    needs=(tools.MAVEN, tools.JDK),
    steps=(
        builds.step(commands.lint, "maven.log", environment={"JDK_JAVAC_OPTIONS": commands.LINTS}),
    ),
    outputs=(Output("log", "maven.log", maven_log.parse_linted),),
    around=(commands.copied, forked),
    directory="{snapshot}",
    timeout=builds.SECONDS,
)
INTEGRATION_TESTS = Run(
    name="maven-integration-tests",
    needs=(tools.MAVEN, tools.JDK),
    steps=(
        builds.step(commands.EFFECTIVE_POM, "effective.log"),
        builds.step(commands.integration_tests, "maven.log"),
    ),
    outputs=(
        Output("log", "maven.log", maven_log.parse),
        _left("tests", "failsafe-reports/TEST-*.xml", junit.parse),
    ),
    around=(commands.copied,),
    directory="{snapshot}",
    timeout=builds.SECONDS,
)
SPOTLESS = Run(
    name="spotless",
    needs=(tools.MAVEN, tools.JDK),
    steps=(builds.step(commands.FORMAT, "maven.log"),),
    outputs=(Output("log", "maven.log", spotless.parse),),
    around=(commands.copied,),
    directory="{snapshot}",
    timeout=builds.SECONDS,
)
LIZARD = complexity.run("lizard-java", "java", files="java_files")
LICENSE_HEADERS = Computation("license-headers", headers.measure((".java",), commands.shipped_java))
JAPICMP = Run(
    name="japicmp",
    needs=(tools.MAVEN, tools.JDK),
    steps=(
        builds.step(commands.package, "after.log"),
        builds.step(commands.package, "before.log", "{before_top}"),
        Step(commands.FETCH_JAPICMP, stdout="fetch.log"),
        Step(commands.COMPARE),
    ),
    outputs=(
        Output("after", "after.log", maven_log.parse),
        Output("before", "before.log", maven_log.parse),
        Output("changes", "japicmp.xml", japicmp.parse),
    ),
    around=(
        last_release_worktree,
        same_project(artifact_of),
        commands.copied,
        commands.copied_release,
    ),
    directory="{snapshot}",
    timeout=builds.SECONDS,
)
DEPRECATIONS = Computation(
    "deprecations", deprecations.measure((".java",), commands.shipped_java, marks)
)

RUNS = (
    *(MAVEN_VERIFY, UNIT_TESTS, SPOTBUGS, COMPONENTS, ADVISORIES, JAVAC_LINT),
    *(INTEGRATION_TESTS, SPOTLESS, LIZARD, LICENSE_HEADERS, JAPICMP, DEPRECATIONS),
)
"""All runs and computations."""
