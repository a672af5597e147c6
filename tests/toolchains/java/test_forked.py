"""Poms that fork the compiler, in a copy."""

from pathlib import Path

import pytest

from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java.changed_poms import changed
from pytest_forge.toolchains.java.forked import forked, forking
from pytest_forge.toolchains.java.pom import read_pom

COMPILER = "<plugin><artifactId>maven-compiler-plugin</artifactId>{}</plugin>"
FALSE = "<configuration><fork>false</fork><release>17</release></configuration>"
NAMESPACE = ' xmlns="http://maven.apache.org/POM/4.0.0"'


def pom(inside: str, namespace: str = "") -> bytes:
    return f"<project{namespace}><artifactId>kit</artifactId>{inside}</project>".encode()


@pytest.mark.parametrize("namespace", ["", NAMESPACE])
def test_a_pom_without_the_compiler_gets_it(namespace: str, tmp_path: Path) -> None:
    after = changed(pom("<name>K\xe9</name>", namespace), forking)

    (tmp_path / "pom.xml").write_bytes(after)
    read = read_pom(Tree(tmp_path, ("pom.xml",)), "pom.xml")
    assert [one.artifact for one in read.plugins] == ["maven-compiler-plugin"]
    assert b"<fork>true</fork>" in after
    assert "K\xe9".encode() in after
    assert b"ns0:" not in after


@pytest.mark.parametrize(
    "inside",
    [
        f"<build><plugins>{COMPILER.format(FALSE)}</plugins></build>",
        f"<build><plugins>{COMPILER.format('')}</plugins></build>",
        "<build><plugins>"
        + COMPILER.format(f"<executions><execution>{FALSE}</execution></executions>")
        + "</plugins></build>",
        f"<profiles><profile><build><plugins>{COMPILER.format(FALSE)}"
        "</plugins></build></profile></profiles>",
    ],
)
def test_what_the_pom_says_of_forking_is_changed_wherever_it_stands(inside: str) -> None:
    after = changed(pom(inside), forking)

    assert b"<fork>false</fork>" not in after
    assert b"<fork>true</fork>" in after
    assert after.count(b"<release>") == inside.count("<release>")


def test_what_is_no_pom_is_left_to_maven() -> None:
    assert changed(b"<project", forking) == b"<project"


def test_each_pom_of_the_project_is_changed_in_the_copy_alone(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for place in (tmp_path / "sdk", copy):
        for name in ("pom.xml", "core/pom.xml", "other/pom.xml"):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(pom(""))
    project = Project("sdk/pom.xml", "java", "kit", members=("sdk/core/pom.xml", "sdk/no/pom.xml"))
    context = Context(
        project,
        ProjectSettings(),
        Tree(tmp_path, ()),
        tmp_path,
        tmp_path / "sdk",
        tmp_path / ".forge",
        {"snapshot": str(copy)},
    )
    with forked(context) as slots:
        assert slots == {}
    assert b"fork" in (copy / "pom.xml").read_bytes()
    assert b"fork" in (copy / "core/pom.xml").read_bytes()
    assert b"fork" not in (copy / "other/pom.xml").read_bytes()
    assert b"fork" not in (tmp_path / "sdk/pom.xml").read_bytes()
