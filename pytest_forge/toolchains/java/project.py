"""Java projects: Maven reactors by their top pom, and Gradle builds by their settings."""

from pathlib import PurePosixPath

from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.java.gradle.build import BUILDS, SETTINGS
from pytest_forge.toolchains.java.gradle.project import gradle_project
from pytest_forge.toolchains.java.maven_project import maven_project

MANIFESTS = (*SETTINGS, *BUILDS, "pom.xml")
"""File names, in the order in which they stand for a directory: Gradle before Maven."""

UNPRODUCTIVE = ("it", "its", "*-tests", "*-it", "archetype-resources", "buildsrc")
"""Where builds are no products: those that a build's own tests run, archetypes' templates, and
the code of a Gradle build itself. Modules of a reactor are owned by it, whatever their names."""


def inspect(tree: Tree, manifest: str) -> Project | str:
    """Return the project that `manifest` declares, or the reason why it declares none.

    Raises `ConfigurationError` for a file that can't be read. The facts, all paths relative to the
    project's directory:

    - `build_tool`: "maven" or "gradle"; `wrapper`: its wrapper's script, "" where there is none.
    - `group`, `artifact`; `version`: as declared, "" where only a parent or plugin outside of the
      tree tells; `tag_names`: what tags may call it beside its name.
    - `java_release`: the lowest version of the JDK that the sources are compiled for.
    - `modules`: the directories of the modules; `code_modules`: those that hold code that ships.
    - `sources`: its files that ship; `java_files`: those of them in Java; `test_files`: those of
      tests; `integration_tests`: those of them that failsafe runs by their names, or that stand in
      a source set of Gradle's for them; `integration`: a Gradle build names tasks for them.
    - `failsafe`, `checkstyle`, `pmd`, `spotbugs`, `spotless`, `jacoco`: the build configures it.
    - `dependencies`: what is declared, `group:artifact`, without what only tests need.
    """
    if PurePosixPath(manifest).name == "pom.xml":
        return maven_project(tree, manifest)
    return gradle_project(tree, manifest)
