"""Which checks a project of Java gets."""

from collections.abc import Callable, Mapping

from pytest_forge.formats.maven_log import COMPILED
from pytest_forge.installed import installed
from pytest_forge.model import Finding, Report
from pytest_forge.plan import UNMEASURED, PlannedCheck, planned_checks
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import LicensePolicy, ProjectSettings
from pytest_forge.toolchains.java import TOOLCHAIN

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]
GATES = installed().gates
SETTINGS = ProjectSettings(licenses=LicensePolicy(headers=True))
POM = "<project><artifactId>kit</artifactId><version>1</version>{}</project>"
SOURCE: Mapping[str, str | bytes] = {"src/main/java/Kit.java": "public class Kit {}\n"}


def planned(tree: Tree, manifest: str) -> tuple[PlannedCheck, ...]:
    project = TOOLCHAIN.inspect(tree, manifest)
    assert isinstance(project, Project), project
    return planned_checks(project, SETTINGS, TOOLCHAIN, GATES)


def test_every_gate_of_a_gradle_build_without_java_says_that_it_is_not_measured(
    tree_of: TreeOf,
) -> None:
    kotlin = {"src/main/kotlin/Kit.kt": "class Kit"}
    plan = planned(
        tree_of({"settings.gradle": "", "build.gradle": "", **kotlin}), "settings.gradle"
    )

    assert [one.name for one in plan] == [UNMEASURED] * len(GATES)
    assert len({one.gate.id for one in plan}) == 8
    for one in plan:
        assert "of Gradle's builds forge measures Java, and no Java file ships" in one.check.nothing


def test_a_maven_build_is_measured_by_every_gate(tree_of: TreeOf) -> None:
    plan = planned(tree_of({"pom.xml": POM.format(""), **SOURCE}), "pom.xml")

    assert {one.gate.id for one in plan} == {one.id for one in GATES}
    assert UNMEASURED not in {one.name for one in plan}


def test_the_linters_are_those_of_the_pom_else_the_compiler(tree_of: TreeOf) -> None:
    def linters(plugin: str) -> set[str]:
        name = f"<plugin><artifactId>{plugin}</artifactId></plugin>"
        build = f"<build><plugins>{name}</plugins></build>"
        plan = planned(tree_of({"pom.xml": POM.format(build), **SOURCE}), "pom.xml")
        return {one.name for one in plan if one.gate.id == "quality"} - {"lizard"}

    assert linters("maven-jar-plugin") == {"javac-lint"}
    assert linters("maven-checkstyle-plugin") == {"checkstyle"}
    assert linters("maven-pmd-plugin") == {"pmd"}
    assert linters("spotbugs-maven-plugin") == {"spotbugs"}


def test_a_warning_of_the_compiler_is_none_of_the_integration_tests() -> None:
    (check,) = (one for one in TOOLCHAIN.checks if one.name == "failsafe")
    assert check.select is not None
    warning = Finding("warnings", "removal", "soon")
    report = check.select(Report(findings=(warning,), measures={COMPILED: 3}))

    assert report == Report()
