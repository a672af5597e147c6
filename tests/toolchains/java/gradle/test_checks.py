"""Which checks Java that Gradle builds gets, and what they do not look at."""

from collections.abc import Callable, Mapping

from pytest_forge.installed import installed
from pytest_forge.plan import UNMEASURED, PlannedCheck, planned_checks
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import LicensePolicy, ProjectSettings
from pytest_forge.toolchains.java import TOOLCHAIN

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]
GATES = installed().gates
SETTINGS = ProjectSettings(licenses=LicensePolicy(headers=True))


def planned(tree_of: TreeOf, build: str, **files: str) -> tuple[PlannedCheck, ...]:
    given: dict[str, str | bytes] = {"settings.gradle": "", "build.gradle": build}
    tree = tree_of({**given, "src/main/java/Kit.java": "class Kit {}", **files})
    project = TOOLCHAIN.inspect(tree, "settings.gradle")
    assert isinstance(project, Project), project
    return planned_checks(project, SETTINGS, TOOLCHAIN, GATES)


def test_every_gate_measures_java_that_gradle_builds(tree_of: TreeOf) -> None:
    plan = planned(tree_of, "")

    assert {one.gate.id for one in plan} == {one.id for one in GATES}
    assert UNMEASURED not in {one.name for one in plan}
    assert len({one.id for one in plan}) == len(plan), "two checks of one name"
    assert {one.name for one in plan} == {
        *("gradle-build", "javac", "gradle-test", "gradle-integration-test"),
        *("javac-lint", "lizard", "advisories", "spotbugs"),
        *("licenses", "license-headers", "japicmp", "deprecations"),
    }


def test_no_check_of_gradles_builds_runs_maven(tree_of: TreeOf) -> None:
    of_both = {"lizard-java", "license-headers", "deprecations"}
    runs = {one.run.name for one in planned(tree_of, "")} - of_both
    assert all(name.startswith("gradle-") for name in runs), runs


def test_linters_of_the_build_stand_for_the_compilers_lints(tree_of: TreeOf) -> None:
    plan = planned(tree_of, "apply plugin: 'checkstyle'\napply plugin: 'pmd'\n")
    names = {one.name for one in plan if one.gate.id == "quality"}
    assert names == {"checkstyle", "pmd", "lizard"}


def test_each_published_project_is_compared_by_itself(tree_of: TreeOf) -> None:
    files = {
        "settings.gradle": "include 'core', 'tool', 'own'",
        "core/build.gradle": "apply plugin: 'maven-publish'",
        "tool/build.gradle": "apply plugin: 'maven-publish'",
        "own/build.gradle": "",
    }
    plan = planned(tree_of, "", **files)
    names = [one.name for one in plan if one.check.name == "japicmp"]
    assert names == ["japicmp[core]", "japicmp[tool]"]


def test_what_other_compilers_say_is_told_as_not_looked_at(tree_of: TreeOf) -> None:
    files = {f"src/main/kotlin/{name}.kt": "" for name in ("A", "B")}
    plan = planned(tree_of, "", **files, **{"src/main/groovy/C.groovy": ""})
    (build,) = (one for one in plan if one.name == "gradle-build")
    assert build.check.remarks(build.project) == (
        "not looked at: what the compiler of Groovy warns of (1 file)",
        "not looked at: what the compiler of Kotlin warns of (2 files)",
    )
