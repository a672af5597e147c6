"""What Gradle's build files state of tools, versions and limits."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.java.project import inspect

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]
MAIN = "src/main/java/Kit.java"


def project(tree: Tree) -> Project:
    found = inspect(tree, "settings.gradle")
    assert isinstance(found, Project), found
    return found


def built(tree_of: TreeOf, text: str, **files: str) -> Project:
    given: dict[str, str | bytes] = {"settings.gradle": "", "build.gradle": text, MAIN: ""}
    return project(tree_of({**given, **files}))


@pytest.mark.parametrize(
    ("text", "linters"),
    [
        ("plugins {\n  id 'java'\n  id 'checkstyle'\n}", {"checkstyle"}),
        ('plugins {\n  id("pmd")\n}', {"pmd"}),
        ("apply plugin: 'pmd'\napply plugin: 'checkstyle'\n", {"checkstyle", "pmd"}),
        ("plugins { id 'checkstyle' apply false }", set()),
        ("apply plugin: 'java'\n", set()),
    ],
)
def test_linters_are_those_that_the_build_applies(
    text: str, linters: set[str], tree_of: TreeOf
) -> None:
    found = built(tree_of, text)
    assert {name for name in ("checkstyle", "pmd") if found.flag(name)} == linters


@pytest.mark.parametrize(
    ("text", "release"),
    [
        ("sourceCompatibility = '11'", "11"),
        ("java { sourceCompatibility = JavaVersion.VERSION_1_8 }", "8"),
        ("java.targetCompatibility = JavaVersion.VERSION_21", "21"),
        ("java { sourceCompatibility = JavaVersion.toVersion('17') }", "17"),
        ("tasks.withType(JavaCompile) { options.release = 17 }", "17"),
        ("tasks.withType<JavaCompile> { options.release.set(9) }", "9"),
        ("sourceCompatibility = 1.8\ntargetCompatibility = 11", "11"),
        ("", ""),
    ],
)
def test_the_release_of_java_is_the_highest_one(text: str, release: str, tree_of: TreeOf) -> None:
    assert built(tree_of, text).text("java_release") == release


def test_dependencies_that_ship_are_named_by_coordinates_or_alias(tree_of: TreeOf) -> None:
    text = """\
dependencies {
    implementation 'com.google.code.gson:gson:2.11.0'
    api("org.example:kit:1.0")
    runtimeOnly(libs.logging.simple)
    testImplementation 'junit:junit:4.13.2'
    annotationProcessor 'org.example:made:1'
}
"""
    assert built(tree_of, text).words("dependencies") == (
        "com.google.code.gson:gson",
        "org.example:kit",
        "libs.logging.simple",
    )


@pytest.mark.parametrize("name", ["integrationTest", "functionalTest", "intTest", "e2eTest"])
def test_integration_tests_are_told_by_the_name_of_their_set(name: str, tree_of: TreeOf) -> None:
    path = f"src/{name}/java/KitTest.java"
    found = built(tree_of, "", **{path: "", "src/test/java/ATest.java": ""})
    assert found.words("integration_tests") == (path,)
    assert set(found.words("test_files")) == {path, "src/test/java/ATest.java"}
    assert found.words("sources") == (MAIN,)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("task integrationTest(type: Test) {\n}", True),
        ('testing { suites { register<JvmTestSuite>("functionalTest") } }', True),
        ("tasks.register('intTest', Test)", True),
        ("test { useJUnit() }", False),
        ("tasks.test { }\nprint('x')", False),
    ],
)
def test_integration_tests_may_be_tasks_of_the_build(
    text: str, named: bool, tree_of: TreeOf
) -> None:
    assert built(tree_of, text).flag("integration") is named


def test_jacocos_rules_for_the_whole_are_limits(tree_of: TreeOf) -> None:
    rule = """\
jacocoTestCoverageVerification {
    violationRules {
        rule {
            limit { counter = 'LINE'; value = 'COVEREDRATIO'; minimum = 0.85 }
            limit {
                counter = "BRANCH"
                minimum = "0.7".toBigDecimal()
            }
            limit { counter = 'METHOD'; value = 'MISSEDCOUNT'; minimum = 3 }
            limit { minimum = 0.5 }
        }
    }
}
"""
    assert built(tree_of, rule).limits == {"coverage.line": 85, "coverage.branch": 70}


def test_jacocos_rules_for_classes_are_none_for_the_whole(tree_of: TreeOf) -> None:
    rule = "rule { element = 'CLASS'\n limit { counter = 'LINE'\n minimum = 0.9 } }"
    assert built(tree_of, rule).limits == {}


def test_checkstyles_usual_file_states_the_complexity(tree_of: TreeOf) -> None:
    text = '<module name="C"><module name="CyclomaticComplexity"/></module>'
    found = built(tree_of, "", **{"config/checkstyle/checkstyle.xml": text})
    assert found.limits == {"complexity.max": 10}
