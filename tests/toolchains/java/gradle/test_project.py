"""Gradle builds as their files declare them."""

from collections.abc import Callable, Mapping

from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.java.project import inspect

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

SETTINGS = """\
pluginManagement { includeBuild("build-logic") }
rootProject.name = "kit-parent"
// include(":commented")
include(":kit", ":tools:cli")
if (System.getenv("ANDROID_HOME") != null) { include(":android") }
include ':moved'
project(":kit").name = "kit3"
project(":moved").projectDir = file("elsewhere/moved")
"""
BUILD: Mapping[str, str | bytes] = {
    "settings.gradle.kts": SETTINGS,
    "build.gradle.kts": 'plugins { id("maven-publish") apply false }\n',
    "gradle.properties": "VERSION_NAME=2.1.0-SNAPSHOT\n",
    "gradlew": "#!/bin/sh\n",
    "kit/build.gradle.kts": 'plugins { id("kit.publish-conventions") }\n',
    "kit/src/main/kotlin/Kit.kt": "class Kit",
    "kit/src/test/kotlin/KitTest.kt": "class KitTest",
    "tools/cli/build.gradle.kts": "plugins {\n  alias(libs.plugins.application)\n}\n",
    "android/build.gradle": "apply plugin: 'maven-publish'\nversion = '0.9'\n",
    "elsewhere/moved/build.gradle.kts": "",
    "build-logic/settings.gradle.kts": "",
    "build-logic/build.gradle.kts": "",
}


def project(tree: Tree, manifest: str = "settings.gradle.kts") -> Project:
    found = inspect(tree, manifest)
    assert isinstance(found, Project), found
    return found


def test_settings_own_what_they_include_conditional_or_not(tree_of: TreeOf) -> None:
    kit = project(tree_of(BUILD))
    assert set(kit.members) == {
        *("build.gradle.kts", "kit/build.gradle.kts", "tools/cli/build.gradle.kts"),
        *("android/build.gradle", "elsewhere/moved/build.gradle.kts"),
        *("build-logic/settings.gradle.kts", "build-logic/build.gradle.kts"),
    }
    assert kit.words("modules") == (".", "kit", "tools/cli", "android", "elsewhere/moved")


def test_published_are_those_with_a_plugin_that_publishes(tree_of: TreeOf) -> None:
    published = project(tree_of(BUILD)).published
    assert [(one.name, one.text("version")) for one in published] == [
        ("kit3", "2.1.0-SNAPSHOT"),
        ("android", "0.9"),
    ]


def test_the_build_is_named_and_versioned_by_its_own_files(tree_of: TreeOf) -> None:
    kit = project(tree_of(BUILD))
    assert (kit.name, kit.text("version")) == ("kit-parent", "2.1.0-SNAPSHOT")
    assert kit.words("tag_names") == ("kit-parent", "parent")
    assert (kit.text("build_tool"), kit.text("wrapper")) == ("gradle", "gradlew")


def test_sources_are_those_of_each_source_set(tree_of: TreeOf) -> None:
    kit = project(tree_of(BUILD))
    assert kit.words("sources") == ("kit/src/main/kotlin/Kit.kt",)
    assert kit.words("test_files") == ("kit/src/test/kotlin/KitTest.kt",)


def test_a_lone_build_file_is_a_project_if_it_builds_for_the_jvm(tree_of: TreeOf) -> None:
    files = {"build.gradle": "apply plugin: 'java'\nversion = '1.0'\n", "x/build.gradle": "task x"}
    tree = tree_of(files)
    assert project(tree, "build.gradle").text("version") == "1.0"
    reason = inspect(tree, "x/build.gradle")
    assert isinstance(reason, str)
    assert "no plugin of the JVM's languages" in reason
