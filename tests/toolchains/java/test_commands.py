"""What Maven is told, by what the project's poms say."""

from pathlib import Path

import pytest

from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java import commands

LINTERS = {
    "checkstyle": ("checkstyle:checkstyle", "-Dcheckstyle.failOnViolation=false"),
    "pmd": ("pmd:pmd", "-Dpmd.failOnViolation=false"),
    "spotbugs": ("-Dspotbugs.failOnError=false",),
    "spotless": ("-Dspotless.check.skip=true",),
}


def words(*facts: str) -> tuple[str, ...]:
    project = Project("pom.xml", "java", "kit", dict.fromkeys(facts, True))
    root = Path("/repository")
    return commands.verify(
        Context(project, ProjectSettings(), Tree(root, ()), root, root, root / ".forge")
    )


@pytest.mark.parametrize("fact", LINTERS)
def test_a_linter_of_the_project_runs_and_does_not_end_the_build(fact: str) -> None:
    assert set(LINTERS[fact]) <= set(words(fact))


@pytest.mark.parametrize("fact", LINTERS)
def test_a_linter_that_only_a_parent_elsewhere_knows_may_end_the_build(fact: str) -> None:
    # Nothing else would tell of what it finds.
    others = [one for one in LINTERS if one != fact]
    assert not set(LINTERS[fact]) & set(words(*others))


def test_a_failing_test_does_not_end_the_build() -> None:
    assert "-Dmaven.test.failure.ignore=true" in words()
    assert "verify" in words()


@pytest.mark.parametrize(("members", "skipped"), [((), True), (("core/pom.xml",), False)])
def test_jars_need_the_tests_of_a_reactor_alone(members: tuple[str, ...], skipped: bool) -> None:
    project = Project("pom.xml", "java", "kit", members=members)
    root = Path("/repository")
    context = Context(project, ProjectSettings(), Tree(root, ()), root, root, root / ".forge")

    assert ("-Dmaven.test.skip=true" in commands.package(context)) is skipped
    assert "-DskipTests=true" in commands.package(context)


def test_lints_are_told_where_the_classes_are_enough_or_else_the_jars() -> None:
    root = Path("/repository")

    def told(*members: str) -> tuple[str, ...]:
        project = Project("pom.xml", "java", "kit", members=members)
        return commands.lint(
            Context(project, ProjectSettings(), Tree(root, ()), root, root, root / ".forge")
        )

    assert {"test-compile", "-Dmaven.compiler.fork=true"} <= set(told())
    # What needs a module of Java's does not find it by its classes.
    assert {"package", "-DskipTests=true", "-Dmaven.compiler.fork=true"} <= set(
        told("core/pom.xml")
    )
    assert "-Dmaven.test.skip=true" not in told("core/pom.xml")


def test_reports_are_made_when_every_module_is_built() -> None:
    # A goal that fails keeps the modules that need this one from what stands behind it.
    goals = [word.rpartition(":")[2] for word in words("pmd", "checkstyle")]
    order = [
        *("verify", "tree", "active-profiles", "report", "spotbugs"),
        *("checkstyle", "pmd", "makeAggregateBom"),
    ]
    assert [goal for goal in dict.fromkeys(goals) if goal in order] == order


@pytest.mark.parametrize(
    ("manifest", "chosen"),
    [
        ("sdk/core/pom.xml", ("-pl", "core", "-am")),
        ("sdk/core/kit.xml", ("-pl", "core/kit.xml", "-am")),
        ("sdk/pom.xml", ()),
    ],
)
def test_of_a_reactor_what_is_released_is_built_with_what_it_needs(
    manifest: str, chosen: tuple[str, ...]
) -> None:
    module = Project(manifest, "java", "core")
    project = Project("sdk/pom.xml", "java", "kit", members=(manifest,), published=(module,))
    root = Path("/repository")
    tree = Tree(root, ())
    context = Context(
        project, ProjectSettings(), tree, root, root / "sdk", root / ".forge", variant="core"
    )
    command = commands.package(context)

    assert command[command.index("-Dcyclonedx.skip=true") + 1 :] == chosen
