"""What is made of the one build's outputs: coverage, bugs, components, marks."""

from dataclasses import replace
from pathlib import Path

import pytest

from pytest_forge.errors import NothingMeasured, OutputUnreadable
from pytest_forge.formats import jacoco
from pytest_forge.formats.maven_tree import DIRECT, MODULE, NEEDED, SHIPS
from pytest_forge.model import (
    Component,
    CoveredLines,
    Finding,
    Report,
    Sample,
    Severity,
    TestCase,
    TestOutcome,
)
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java import bugs, components, testing
from pytest_forge.toolchains.java.deprecations import marks

SOURCE = "core/src/main/java/org/example/A.java"
PASSED = TestCase("T::a", TestOutcome.PASSED)


def context(directory: str = "sdk", modules: tuple[str, ...] = ("core",)) -> Context:
    facts = {"sources": (SOURCE,), "code_modules": modules}
    manifest = "pom.xml" if directory == "." else f"{directory}/pom.xml"
    root = Path("/repository")
    return Context(
        Project(manifest, "java", "kit", facts),
        ProjectSettings(),
        Tree(root, ()),
        root,
        root / directory,
        root / ".forge",
    )


def coverage(path: str, covered: int, every: int, module: str = "core") -> Report:
    numbers = (
        Sample("coverage.line" + jacoco.EVERY, every, path),
        Sample("coverage.line" + jacoco.COVERED, covered, path),
        Sample("coverage.line", 100 * covered / every, path),
    )
    return Report(
        tests=(PASSED,),
        samples=(Sample(jacoco.MODULE, 1, module), *numbers),
        lines={f"sdk/{path}": CoveredLines(frozenset({1}), frozenset({2}))},
    )


def test_coverage_is_that_of_the_projects_own_files() -> None:
    given = coverage("org/example/A.java", 3, 4).merged(coverage("org/example/Made.java", 0, 9))
    report = testing.measure(context(), {"maven-verify": given})

    assert report.measures == {"coverage.statements": 4, "coverage.line": 75}
    assert set(report.lines) == {f"sdk/{SOURCE}"}
    assert [(one.path, one.value) for one in report.samples] == [(f"sdk/{SOURCE}", 75)]
    assert report.notes == ("1 generated file is left out of the coverage",)
    assert set(report.unavailable) == {"coverage.branch", "coverage.function"}


def test_a_module_without_a_coverage_report_is_not_left_out_in_silence() -> None:
    given = {"maven-verify": coverage("org/example/A.java", 4, 4)}
    with pytest.raises(OutputUnreadable, match="reports on 1 modules, but 2 hold code"):
        testing.measure(context(modules=("core", "app")), given)


def test_tests_without_any_coverage_measure_nothing() -> None:
    with pytest.raises(NothingMeasured, match="JaCoCo wrote no report"):
        testing.measure(context(), {"maven-verify": Report(tests=(PASSED,))})
    failed = Report(tests=(replace(PASSED, outcome=TestOutcome.FAILED),))
    assert "coverage.line" in testing.measure(context(), {"maven-verify": failed}).unavailable
    assert testing.measure(context(), {"maven-verify": Report()}).value("tests.executed") == 0


def test_a_report_without_a_line_of_the_project_measures_nothing() -> None:
    given = {"maven-verify": coverage("org/example/Made.java", 9, 9)}
    with pytest.raises(NothingMeasured, match="no line of the project's own code"):
        testing.measure(context(), given)


def test_bugs_stand_in_the_files_of_their_classes() -> None:
    found = Finding("bugs", "NP", "null", Severity.LOW, "sdk/org/example/A.java", 7)
    elsewhere = replace(found, path="sdk/org/example/Made.java")
    other = replace(found, measure="lint.findings", rule="checkstyle's own")
    given = Report(findings=(found, elsewhere, other), measures={"spotbugs.reports": 1, "x": 1})
    report = bugs.measure(context(), {"maven-verify": given})

    assert [(one.measure, one.path, one.line) for one in report.findings] == [
        ("lint.findings", f"sdk/{SOURCE}", 7),
        ("lint.findings", None, None),
    ]
    assert report.measures == {"spotbugs.reports": 1}


def needed(name: str, kind: int) -> Sample:
    return Sample(NEEDED, kind, name)


def stated(name: str, version: str, license_name: str = "MIT") -> Component:
    return Component(name, version, "Maven", license_name)


TREES = (
    Sample(MODULE, 1, "org.example:core@1"),
    Sample(MODULE, 1, "org.example:app@1"),
    needed("org.example:core@1", DIRECT + SHIPS),
    needed("g:a@1", SHIPS),
    needed("g:a@1", DIRECT),
    needed("g:t@2", DIRECT),
)


def test_components_are_what_is_needed_from_outside_each_once() -> None:
    given = Report(
        samples=TREES,
        components=(stated("g:a", "1"), stated("g:t", "2", "EPL-2.0")),
        measures={"documents": 1},
    )
    report = components.measure(context(), {"maven-verify": given})

    assert [(one.name, one.license, one.direct, one.ships) for one in report.components] == [
        ("g:a", "MIT", True, True),
        ("g:t", "EPL-2.0", True, False),
    ]
    assert report.measures == {"modules": 2}


@pytest.mark.parametrize("components_", [(), (stated("g:a", "1"),)])
def test_a_dependency_that_the_bill_lacks_is_an_error(components_: tuple[Component, ...]) -> None:
    given = Report(samples=TREES, components=components_, measures={"documents": 1})
    with pytest.raises(OutputUnreadable, match="g:t@2"):
        components.measure(context(), {"maven-verify": given})


def test_a_dependency_that_no_tree_holds_is_an_error() -> None:
    bill = (stated("g:a", "1"), stated("g:t", "2"), stated("g:lost", "3"))
    given = Report(samples=TREES, components=bill, measures={"documents": 1})
    with pytest.raises(OutputUnreadable, match=r"no dependency tree holds g:lost@3"):
        components.measure(context(), {"maven-verify": given})


def test_another_version_of_a_module_comes_from_outside() -> None:
    # As commons-lang needs its own last release, by what tests it.
    given = Report(
        samples=(Sample(MODULE, 1, "org.example:core@2"), needed("org.example:core@1", 0)),
        components=(stated("org.example:core", "1"), stated("org.example:core", "2")),
        measures={"documents": 1},
    )
    (component,) = components.measure(context(), {"maven-verify": given}).components
    assert (component.name, component.version) == ("org.example:core", "1")


def test_without_a_bill_there_is_no_word_on_licenses() -> None:
    with pytest.raises(OutputUnreadable):
        components.measure(context(), {"maven-verify": Report(samples=TREES[:2])})


def test_where_the_build_failed_that_is_what_to_mend() -> None:
    """A goal that fails keeps those behind it from running."""
    failed = Finding("errors", "javadoc-plugin:javadoc", "no page", Severity.HIGH)
    with pytest.raises(OutputUnreadable) as raised:
        components.measure(context(), {"maven-verify": Report(samples=TREES, findings=(failed,))})
    assert raised.value.mend == "mend the build first: javadoc-plugin:javadoc no page"


MARKED = """\
package org.example;

/** A kit. */
public class Kit {
    /**
     * Adds.
     *
     * @deprecated use {@link #sum}
     *     instead.
     */
    @Deprecated(since = "1.2", forRemoval = true)
    @SuppressWarnings("x")
    public static <T> int add(int a, int b) { return a + b; }

    @Deprecated
    private int hidden;

    @Deprecated public static final int LIMIT = 3;

    @Deprecated
    protected void old() {}
}
"""


def test_marks_are_those_of_public_items_with_what_they_say() -> None:
    found = {one.name: one for one in marks("src/Kit.java", MARKED)}

    assert set(found) == {"Kit.add", "Kit.LIMIT", "Kit.old"}
    add = found["Kit.add"]
    assert (add.since, add.line) == ("1.2", 13)
    assert add.note == "use {@link #sum} instead."
    assert found["Kit.old"].note == ""


def test_what_an_interface_declares_is_public() -> None:
    text = "public interface Kit {\n    @Deprecated\n    int old();\n}\n"
    assert [one.name for one in marks("Kit.java", text)] == ["Kit.old"]


def test_a_type_is_named_by_itself() -> None:
    assert [one.name for one in marks("Kit.java", "@Deprecated\npublic final class Kit {}\n")] == [
        "Kit"
    ]
