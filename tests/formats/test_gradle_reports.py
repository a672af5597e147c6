"""What forge's init script writes down: the tasks, and the dependencies."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import gradle_needs, gradle_tasks
from pytest_forge.formats.maven_log import COMPILED
from pytest_forge.model import Component

Recorded = Callable[[str, str, str], bytes]


def outcomes(data: bytes) -> Mapping[str, str]:
    samples = gradle_tasks.parse(data).samples
    return {one.subject: one.measure for one in samples if one.measure != gradle_tasks.UNLINTED}


def changed(data: bytes, **members: Any) -> bytes:
    return json.dumps({**json.loads(data), **members}).encode()


def test_every_task_is_told_with_what_became_of_it(recorded: Recorded) -> None:
    found = outcomes(recorded("gradle-build", "clean", "tasks"))

    assert found[":compileJava"] == "gradle.compile.EXECUTED"
    assert found[":test"] == "gradle.unit-tests.EXECUTED"
    assert found[":checkstyleMain"] == "gradle.checkstyle.EXECUTED"
    assert found[":pmdMain"] == "gradle.pmd.EXECUTED"
    assert found[":forgeJacoco"] == "gradle.coverage.EXECUTED"
    assert found[":forgeSpotbugs"] == "gradle.spotbugs.EXECUTED"
    assert found[":forgeNeeds"] == "gradle.needs.EXECUTED"


def test_what_was_compiled_is_counted(recorded: Recorded) -> None:
    def compiled(case: str) -> float:
        return gradle_tasks.parse(recorded("gradle-build", case, "tasks")).measures[COMPILED]

    assert (compiled("clean"), compiled("findings")) == (2, 3)
    assert (compiled("nothing"), compiled("errors")) == (0, 1)


def test_tasks_that_are_turned_off_are_skipped(recorded: Recorded) -> None:
    found = outcomes(recorded("gradle-build", "turned-off", "tasks"))

    assert found[":compileTestJava"] == "gradle.compile.SKIPPED"
    assert found[":test"] == "gradle.unit-tests.SKIPPED"
    assert found[":checkstyleMain"] == "gradle.checkstyle.SKIPPED"


def test_tasks_behind_one_that_failed_did_not_run(recorded: Recorded) -> None:
    found = outcomes(recorded("gradle-build", "errors", "tasks"))

    assert found[":compileJava"] == "gradle.compile.FAILED"
    assert found[":test"] == "gradle.unit-tests.NOT-RUN"
    assert found[":forgeSpotbugs"] == "gradle.spotbugs.NOT-RUN"


def test_a_build_that_could_not_begin_has_no_task(recorded: Recorded) -> None:
    data = recorded("gradle-build", "broken-script", "tasks")
    assert outcomes(data) == {}
    assert gradle_tasks.parse(data).measures == {COMPILED: 0}


def test_compilers_without_every_lint_are_marked(recorded: Recorded) -> None:
    def unlinted(case: str) -> list[tuple[str, float]]:
        samples = gradle_tasks.parse(recorded("gradle-lint", case, "tasks")).samples
        return [(one.subject, one.value) for one in samples if one.measure == gradle_tasks.UNLINTED]

    assert unlinted("clean") == []
    assert unlinted("unlinted") == [(":compileJava", 1)]


def test_integration_tests_are_tasks_of_their_own(recorded: Recorded) -> None:
    found = outcomes(recorded("gradle-integration-tests", "clean", "tasks"))
    assert found[":integrationTest"] == "gradle.integration-tests.EXECUTED"
    assert ":test" not in found


@pytest.mark.parametrize(
    "members", [{"forge": 2}, {"tasks": None}, {"tasks": [{"path": ":a"}]}, {"failed": "no"}]
)
def test_another_shape_is_unreadable(members: Mapping[str, Any], recorded: Recorded) -> None:
    with pytest.raises(OutputUnreadable):
        gradle_tasks.parse(changed(recorded("gradle-build", "clean", "tasks"), **members))


def test_an_outcome_that_gradle_does_not_have_yet_is_unreadable(recorded: Recorded) -> None:
    data = recorded("gradle-build", "clean", "tasks").replace(b'"EXECUTED"', b'"GUESSED"', 1)
    with pytest.raises(OutputUnreadable, match="GUESSED"):
        gradle_tasks.parse(data)


def test_dependencies_are_told_with_license_and_use(recorded: Recorded) -> None:
    report = gradle_needs.parse(recorded("gradle-build", "clean", "needs"))

    assert report.measures == {"modules": 1}
    found = {one.name: one for one in report.components}
    assert found["com.google.code.gson:gson"] == Component(
        name="com.google.code.gson:gson",
        version="2.11.0",
        ecosystem="Maven",
        license="Apache-2.0",
        direct=True,
        ships=True,
        purl="pkg:maven/com.google.code.gson/gson@2.11.0",
    )
    annotations = found["com.google.errorprone:error_prone_annotations"]
    assert (annotations.direct, annotations.ships) == (False, True)
    assert (found["junit:junit"].direct, found["junit:junit"].ships) == (True, False)
    assert found["org.hamcrest:hamcrest-core"].license == "New BSD License"


def dependency(**members: Any) -> bytes:
    one = {"group": "g", "name": "n", "version": "1", "licenses": [], "direct": True, "ships": True}
    return json.dumps({"forge": 1, "name": "kit", "dependencies": [{**one, **members}]}).encode()


@pytest.mark.parametrize(
    ("licenses", "expected"),
    [
        ([], ""),
        ([{"name": "", "url": "https://example.org/license"}], "https://example.org/license"),
        ([{"name": "MIT", "url": ""}, {"name": "MIT", "url": "x"}], "MIT"),
        ([{"name": "MIT", "url": ""}, {"name": "GPL 2", "url": ""}], "MIT OR (GPL 2)"),
    ],
)
def test_several_licenses_are_a_choice(licenses: list[dict[str, str]], expected: str) -> None:
    (component,) = gradle_needs.parse(dependency(licenses=licenses)).components
    assert component.license == expected


def test_a_file_of_the_tree_has_no_coordinates() -> None:
    (component,) = gradle_needs.parse(dependency(group="", name="a.jar", version="")).components
    assert (component.name, component.purl) == ("a.jar", "")


@pytest.mark.parametrize("members", [{"ships": "yes"}, {"licenses": None}, {"version": 1}])
def test_dependencies_of_another_shape_are_unreadable(members: Mapping[str, Any]) -> None:
    with pytest.raises(OutputUnreadable):
        gradle_needs.parse(dependency(**members))
    with pytest.raises(OutputUnreadable):
        gradle_needs.parse(changed(dependency(), forge=2))
