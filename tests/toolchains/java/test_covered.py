"""Poms whose surefire keeps JaCoCo's agent, in a copy."""

from pathlib import Path

import pytest

from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java.changed_poms import changed
from pytest_forge.toolchains.java.covered import covered, covering

ALONE = "<argLine>\n  -Xmx1g\n</argLine>"
AGENT = (
    "<plugin><artifactId>jacoco-maven-plugin</artifactId>"
    "<configuration><propertyName> agent </propertyName></configuration></plugin>"
)


def pom(stated: str, more: str = "", artifact: str = "maven-surefire-plugin") -> bytes:
    return (
        f"<project><artifactId>kit</artifactId>{more}<build><plugins><plugin>"
        f"<artifactId>{artifact}</artifactId><configuration>{stated}</configuration>"
        "</plugin></plugins></build></project>"
    ).encode()


def test_arguments_that_leave_out_the_agent_begin_with_it() -> None:
    after = changed(pom(ALONE), covering)

    assert b"<argLine>@{argLine} -Xmx1g</argLine>" in after
    # It is set to nothing: without JaCoCo the JVM would be given the name of the property.
    assert b"<properties><argLine /></properties>" in after


def test_what_the_property_holds_stays() -> None:
    after = changed(pom(ALONE, "<properties><argLine>-ea</argLine></properties>"), covering)
    assert b"<argLine>-ea</argLine>" in after
    assert after.count(b"argLine>") == 4


@pytest.mark.parametrize(
    "stated",
    ["<argLine>@{argLine} -Xmx1g</argLine>", "<argLine>${argLine} -ea</argLine>", "<skip>1</skip>"],
)
def test_a_pom_that_leaves_out_nothing_is_as_it_was(stated: str) -> None:
    assert changed(pom(stated), covering) == pom(stated)


def test_other_plugins_are_left_alone() -> None:
    other = pom(ALONE, artifact="maven-failsafe-plugin")
    assert changed(other, covering) == other


@pytest.mark.parametrize(("more", "changes"), [("", True), (AGENT, False)])
def test_a_project_that_passes_the_agent_on_itself_is_left_to_it(
    more: str, changes: bool, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "pom.xml").write_bytes(pom(ALONE, more))
    context = Context(
        Project("pom.xml", "java", "kit"),
        ProjectSettings(),
        Tree(tmp_path, ()),
        tmp_path,
        tmp_path,
        tmp_path / ".forge",
        {"snapshot": str(copy)},
    )
    with covered(context) as slots:
        assert slots == {}
    assert (b"@{argLine}" in (copy / "pom.xml").read_bytes()) is changes
