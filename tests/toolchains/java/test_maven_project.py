"""Maven reactors as their files declare them."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.java.maven_project import artifact_of
from pytest_forge.toolchains.java.project import inspect

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

NAMESPACE = 'xmlns="http://maven.apache.org/POM/4.0.0"'
PARENT = f"""\
<project {NAMESPACE}>
  <groupId>org.example</groupId><artifactId>shop-parent</artifactId><version>${{revision}}</version>
  <packaging>pom</packaging>
  <properties><revision>1.2.0-SNAPSHOT</revision><java.version>1.8</java.version></properties>
  <scm><url>https://example.org/shop.git</url></scm>
  <modules><module>core</module><module>app</module></modules>
  <dependencyManagement><dependencies>
    <dependency><groupId>g</groupId><artifactId>a</artifactId><version>1</version></dependency>
    <dependency><groupId>g</groupId><artifactId>t</artifactId><version>1</version>
      <scope>test</scope></dependency>
  </dependencies></dependencyManagement>
  <profiles><profile><modules><module>extra</module></modules></profile></profiles>
</project>
"""
OWN = """\
<parent><groupId>org.example</groupId><artifactId>shop-parent</artifactId>
<version>${revision}</version></parent>"""
CORE = f"""\
<project {NAMESPACE}>{OWN}<artifactId>core</artifactId>
  <dependencies>
    <dependency><groupId>g</groupId><artifactId>a</artifactId></dependency>
    <dependency><groupId>g</groupId><artifactId>t</artifactId></dependency>
    <dependency><groupId>elsewhere</groupId><artifactId>managed</artifactId></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-failsafe-plugin</artifactId></plugin></plugins></build>
</project>
"""
APP = f"""\
<project {NAMESPACE}>{OWN}<artifactId>app</artifactId>
  <properties><maven.deploy.skip>true</maven.deploy.skip></properties>
  <dependencies><dependency><groupId>org.example</groupId><artifactId>core</artifactId>
    <version>${{project.version}}</version></dependency></dependencies>
</project>
"""
SHOP: Mapping[str, str | bytes] = {
    "pom.xml": PARENT,
    "core/pom.xml": CORE,
    "core/src/main/java/org/example/Core.java": "class Core {}",
    "core/src/test/java/org/example/CoreTest.java": "class CoreTest {}",
    "core/src/test/java/org/example/CoreIT.java": "class CoreIT {}",
    "app/pom.xml": APP,
    "app/src/main/kotlin/App.kt": "class App",
    "extra/pom.xml": f"<project {NAMESPACE}>{OWN}<artifactId>extra</artifactId></project>",
    "mvnw": "#!/bin/sh\n",
}


def project(tree: Tree, manifest: str = "pom.xml") -> Project:
    found = inspect(tree, manifest)
    assert isinstance(found, Project), found
    return found


def test_a_reactor_owns_its_modules_those_of_profiles_too(tree_of: TreeOf) -> None:
    shop = project(tree_of(SHOP))
    assert shop.members == ("core/pom.xml", "app/pom.xml", "extra/pom.xml")
    assert shop.words("modules") == (".", "core", "app", "extra")
    assert shop.words("code_modules") == ("core", "app")


def test_versions_and_properties_come_from_parents_in_the_tree(tree_of: TreeOf) -> None:
    shop = project(tree_of(SHOP))
    assert (shop.name, shop.text("group")) == ("shop-parent", "org.example")
    assert shop.text("version") == "1.2.0-SNAPSHOT"
    assert shop.text("java_release") == "8"
    assert [one.text("version") for one in shop.published] == ["1.2.0-SNAPSHOT"]


def test_what_is_not_deployed_is_not_published(tree_of: TreeOf) -> None:
    assert [one.name for one in project(tree_of(SHOP)).published] == ["core"]


def test_sources_are_told_from_tests_and_these_from_integration_tests(tree_of: TreeOf) -> None:
    shop = project(tree_of(SHOP))
    main = "core/src/main/java/org/example/Core.java"
    assert shop.words("sources") == (main, "app/src/main/kotlin/App.kt")
    assert shop.words("java_files") == (main,)
    assert shop.words("integration_tests") == ("core/src/test/java/org/example/CoreIT.java",)
    assert len(shop.words("test_files")) == 2
    assert shop.flag("failsafe")
    assert not shop.flag("checkstyle")


def test_dependencies_are_those_from_outside_that_ship(tree_of: TreeOf) -> None:
    assert project(tree_of(SHOP)).words("dependencies") == ("g:a",)


def test_the_wrapper_above_a_project_is_its_own(tree_of: TreeOf) -> None:
    tree = tree_of({**SHOP, "sdk/java/pom.xml": CORE.replace(OWN, "")})
    assert project(tree).text("wrapper") == "mvnw"
    assert project(tree, "sdk/java/pom.xml").text("wrapper") == "../../mvnw"
    del (files := dict(SHOP))["mvnw"]
    assert project(Tree(tree.root, tuple(sorted(files)))).text("wrapper") == ""


def test_a_bill_of_materials_is_exempt_by_nature(tree_of: TreeOf) -> None:
    bom = PARENT.replace("<module>core</module><module>app</module>", "").replace("extra", "none")
    found = project(tree_of({"pom.xml": bom}))
    assert {"compilation", "types", "unit-tests", "quality"} <= set(found.exempt)
    assert "security" not in found.exempt
    assert "bill of materials" in found.exempt["types"]
    assert not project(tree_of(SHOP)).exempt


def test_source_directories_of_the_pom_stand_in_place_of_the_usual_ones(tree_of: TreeOf) -> None:
    build = "<build><sourceDirectory>${basedir}/src/java</sourceDirectory></build>"
    pom = f"<project><artifactId>old</artifactId><version>1</version>{build}</project>"
    found = project(tree_of({"pom.xml": pom, "src/java/Old.java": "class Old {}"}))
    assert found.words("sources") == ("src/java/Old.java",)


def test_a_parent_outside_of_the_tree_gives_the_group(tree_of: TreeOf) -> None:
    parent = (
        "<parent><groupId>org.o</groupId><artifactId>p</artifactId><version>7</version></parent>"
    )
    tree = tree_of({"pom.xml": f"<project>{parent}<artifactId>kit</artifactId></project>"})
    found = project(tree)
    assert (found.text("group"), found.text("version")) == ("org.o", "7")
    assert artifact_of(tree, "pom.xml") == "org.o:kit"


def test_a_version_that_only_a_plugin_knows_is_not_known(tree_of: TreeOf) -> None:
    pom = "<project><artifactId>kit</artifactId><version>${changelist}</version></project>"
    assert project(tree_of({"pom.xml": pom})).text("version") == ""


def test_modules_that_name_each_other_end(tree_of: TreeOf) -> None:
    pom = "<project><artifactId>{}</artifactId><modules><module>{}</module></modules></project>"
    files = {"pom.xml": pom.format("a", "b"), "b/pom.xml": pom.format("b", "..")}
    assert project(tree_of(files)).members == ("b/pom.xml",)


def test_a_pom_may_be_latin_1_or_carry_a_mark(tree_of: TreeOf) -> None:
    named = "<project><artifactId>k\xe9</artifactId></project>"
    latin = f'<?xml version="1.0" encoding="ISO-8859-1"?>{named}'
    assert project(tree_of({"pom.xml": latin.encode("latin-1")})).name == "k\xe9"
    marked = b"\xef\xbb\xbf<project><artifactId>kit</artifactId></project>"
    assert project(tree_of({"pom.xml": marked})).name == "kit"


def test_a_pom_without_an_artifact_is_none(tree_of: TreeOf) -> None:
    assert inspect(tree_of({"pom.xml": "<project/>"}), "pom.xml") == "it names no artifact"


@pytest.mark.parametrize("content", ["<project>", "", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_an_unreadable_pom_is_a_configuration_error(content: str, tree_of: TreeOf) -> None:
    with pytest.raises(ConfigurationError, match=r"^pom\.xml: .*`exclude`"):
        inspect(tree_of({"pom.xml": content}), "pom.xml")
