"""A Gradle project: a build with all projects that its settings include, as its files say."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.toolchains.java.gradle.build import (
    BUILDS,
    SETTINGS,
    Build,
    GradleProject,
    read_build,
)
from pytest_forge.toolchains.java.gradle.declared import declared, limits_of
from pytest_forge.toolchains.java.maven_project import wrapper
from pytest_forge.toolchains.java.sources import has_statements, kotlin_sources
from pytest_forge.toolchains.places import is_below, join, relative
from pytest_forge.toolchains.reading import decoded, read

_VERSION_KEYS = ("version", "VERSION_NAME", "projectVersion")
_JVM = ("java", "kotlin", "groovy", "scala", "android", "jvm", "multiplatform")


def gradle_project(tree: Tree, manifest: str) -> Project | str:
    """Return the project of a build, or the reason why it is none."""
    build = read_build(tree, manifest)
    directory = str(PurePosixPath(manifest).parent)
    if refusal := _refusal(tree, manifest, build):
        return refusal
    properties = _properties(tree, directory)
    stated = (build.projects[0].version, *(properties.get(key, "") for key in _VERSION_KEYS))
    version = next(filter(None, stated), "")
    code = _code(tree, build.projects, directory)
    tests = code["test_files"]
    facts: dict[str, FactValue] = {
        "build_tool": "gradle",
        "wrapper": wrapper(tree, directory, "gradlew"),
        "artifact": build.name,
        "version": version,
        "tag_names": _tag_names(build),
        **code,
        **declared(build.projects, tests if isinstance(tests, tuple) else ()),
    }
    return Project(
        manifest=manifest,
        language="java",
        name=build.name,
        facts=facts,
        members=tuple(_members(tree, manifest, build)),
        limits=limits_of(tree, directory, build.projects),
        published=_published(tree, build, version) if len(build.projects) > 1 else (),
    )


def _refusal(tree: Tree, manifest: str, build: Build) -> str:
    if PurePosixPath(manifest).name in SETTINGS:
        return ""
    (lone,) = build.projects
    kinds = " ".join(lone.plugins).lower()
    code = kotlin_sources(tree, lone.directory, ())
    if code.shipped or code.tests or any(kind in kinds for kind in _JVM):
        return ""
    return "it applies no plugin of the JVM's languages, and no source stands beside it"


def _properties(tree: Tree, directory: str) -> Mapping[str, str]:
    path = join(directory, "gradle.properties")
    if not tree.has(path):
        return {}
    lines = (line.partition("=") for line in decoded(read(tree, path)).splitlines())
    return {key.strip(): value.strip() for key, mark, value in lines if mark}


def _tag_names(build: Build) -> tuple[str, ...]:
    """Return what tags may call the build; okhttp-parent is also tagged as `parent-5.4.0`."""
    tails = build.name.split("-")
    return tuple("-".join(tails[place:]) for place in range(len(tails)))


def _code(tree: Tree, projects: Iterable[GradleProject], directory: str) -> dict[str, FactValue]:
    projects = tuple(projects)
    shipped: list[str] = []
    tests: list[str] = []
    with_code = []
    for one in projects:
        below = [other.directory for other in projects if is_below(other.directory, one.directory)]
        found = kotlin_sources(tree, one.directory, below)
        shipped += found.shipped
        tests += found.tests
        if any(map(has_statements, found.shipped)):
            with_code.append(one.directory)

    def here(paths: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(relative(path, directory) for path in paths))

    return {
        "modules": here(one.directory for one in projects),
        "code_modules": here(with_code),
        "sources": here(shipped),
        "java_files": here(path for path in shipped if path.endswith(".java")),
        "test_files": here(tests),
    }


def _members(tree: Tree, manifest: str, build: Build) -> Iterable[str]:
    """Yield the build files of the included projects, and all manifests of included builds."""
    for one in build.projects:
        if one.manifest and one.manifest != manifest:
            yield one.manifest
    for directory in build.included:
        for path in tree.below(directory):
            if PurePosixPath(path).name in (*SETTINGS, *BUILDS):
                yield path


def _published(tree: Tree, build: Build, version: str) -> tuple[Project, ...]:
    return tuple(
        Project(
            manifest=one.manifest,
            language="java",
            name=one.name,
            facts={
                "build_tool": "gradle",
                "artifact": one.name,
                "version": one.version or version,
                "tag_names": (one.name, *_tag_names(build)),
                **_code(tree, (one,), one.directory),
            },
        )
        for one in build.projects
        if one.manifest and one.published
    )
