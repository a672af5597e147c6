"""A Maven project: one pom with the modules that it names, as the files of the tree say."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.toolchains.java.limits import limits_of
from pytest_forge.toolchains.java.pom import read_pom
from pytest_forge.toolchains.java.published import published
from pytest_forge.toolchains.java.reactor import Module, reactor
from pytest_forge.toolchains.java.sources import Sources, has_statements, sources_of
from pytest_forge.toolchains.places import is_below, join, relative

_RELEASE = ("maven.compiler.release", "maven.compiler.target", "java.version", "javac.target")
_CONFIGURED = {
    "failsafe": "maven-failsafe-plugin",
    "checkstyle": "maven-checkstyle-plugin",
    "pmd": "maven-pmd-plugin",
    "spotbugs": "spotbugs-maven-plugin",
    "spotless": "spotless-maven-plugin",
    "jacoco": "jacoco-maven-plugin",
}
_NO_CODE = "it holds poms only: a parent or a bill of materials, which hands versions to others"
_CODE_GATES = (
    *("compilation", "types", "unit-tests", "integration-tests", "quality", "breaking-changes"),
)
_LAST_NUMBERS = re.compile(r"\d+$")
_NOT_SHIPPED = frozenset({"test", "import"})


@dataclass(frozen=True)
class _Built:
    """A module beside its sources."""

    module: Module
    sources: Sources


def maven_project(tree: Tree, manifest: str) -> Project | str:
    """Return the project of a pom, or the reason why it is none."""
    modules = reactor(tree, manifest)
    top = modules[0]
    if not top.own.artifact:
        return "it names no artifact"
    built = tuple(_Built(module, _sources(tree, module, modules)) for module in modules)
    directory = top.directory
    facts = {**_identity(tree, top), **_code(built, directory), **_configured(modules)}
    return Project(
        manifest=manifest,
        language="java",
        name=top.own.artifact,
        facts=facts,
        exempt=_exempt(built),
        members=tuple(module.manifest for module in modules[1:]),
        limits=limits_of(tree, top),
        published=_published(tree, built, facts) if len(modules) > 1 else (),
    )


def artifact_of(tree: Tree, manifest: str) -> str:
    """Return `group:artifact` of a pom, "" where it states none; `ConfigurationError`.

    Only the pom itself is read: the tree may be a release's, of which no list of files is there.
    """
    pom = read_pom(tree, manifest)
    group = pom.own.group or (pom.parent.group if pom.parent else "")
    return f"{group}:{pom.own.artifact}" if pom.own.artifact else ""


def _sources(tree: Tree, module: Module, modules: Iterable[Module]) -> Sources:
    nested = [one.directory for one in modules if is_below(one.directory, module.directory)]
    named = [module.filled(path) or path for pom in module.line for path in pom.source_directories]
    tests = [module.filled(path) or path for pom in module.line for path in pom.test_directories]
    return sources_of(tree, module.directory, nested, named, tests)


def _identity(tree: Tree, module: Module) -> dict[str, FactValue]:
    own, version = module.own, module.own.version
    return {
        "build_tool": "maven",
        "wrapper": wrapper(tree, module.directory, "mvnw"),
        "group": own.group,
        "artifact": own.artifact,
        "version": version,
        "tag_names": _tag_names(module),
        "java_release": _release(module),
    }


def wrapper(tree: Tree, directory: str, name: str) -> str:
    """Return the wrapper's script in a directory or above it, "" where there is none."""
    place = directory
    while not tree.has(join(place, name)):
        if place in (".", ""):
            return ""
        place = join(place, "..")
    return relative(join(place, name), directory)


def _tag_names(module: Module) -> tuple[str, ...]:
    """Return the names of the repository and of the artifact's line (of commons-lang3)."""
    repository = module.pom.scm.rstrip("/").rpartition("/")[2].removesuffix(".git")
    line = _LAST_NUMBERS.sub("", module.own.artifact)
    names = (module.own.artifact, line, module.filled(repository))
    return tuple(dict.fromkeys(name for name in names if name))


def _release(module: Module) -> str:
    stated = (module.filled(module.properties.get(name, "")) for name in _RELEASE)
    # Before Java 9 versions began with "1.": 1.8 is 8.
    return next((one.removeprefix("1.") for one in stated if one), "")


def _code(built: tuple[_Built, ...], directory: str) -> dict[str, FactValue]:
    def here(paths: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(relative(path, directory) for path in paths))

    shipped = here(chain.from_iterable(one.sources.shipped for one in built))
    return {
        "modules": here(one.module.directory for one in built),
        "code_modules": here(
            one.module.directory for one in built if any(map(has_statements, one.sources.shipped))
        ),
        "sources": shipped,
        "java_files": tuple(path for path in shipped if path.endswith(".java")),
        "test_files": here(chain.from_iterable(one.sources.tests for one in built)),
        "integration_tests": here(chain.from_iterable(one.sources.integration for one in built)),
        "dependencies": _dependencies(built),
    }


def _dependencies(built: tuple[_Built, ...]) -> tuple[str, ...]:
    """Return what is needed from outside of the reactor, less what only tests need."""
    own = {(one.module.own.group, one.module.own.artifact) for one in built}
    named = [
        (one.module.filled(needed.group), one.module.filled(needed.artifact), needed.scope)
        for one in built
        for needed in one.module.dependencies
    ]
    kept = (
        f"{group}:{artifact}"
        for group, artifact, scope in named
        if artifact and (group, artifact) not in own and scope not in _NOT_SHIPPED
    )
    return tuple(dict.fromkeys(kept))


def _configured(modules: Iterable[Module]) -> dict[str, FactValue]:
    named = {plugin.artifact for module in modules for plugin in module.plugins}
    return {fact: artifact in named for fact, artifact in _CONFIGURED.items()}


def _exempt(built: tuple[_Built, ...]) -> dict[str, str]:
    """Return the gates that cannot apply by nature, with the reason."""
    if any(one.module.has_code or one.sources.shipped for one in built):
        return {}
    return dict.fromkeys(_CODE_GATES, _NO_CODE)


def _published(
    tree: Tree, built: tuple[_Built, ...], facts: dict[str, FactValue]
) -> tuple[Project, ...]:
    """Return the modules with code that are published."""
    ours = {one.manifest for one in published(one.module for one in built)}
    return tuple(
        _member(tree, one, facts)
        for one in built
        if one.sources.shipped and one.module.manifest in ours
    )


def _member(tree: Tree, one: _Built, facts: dict[str, FactValue]) -> Project:
    # A reactor is most often released as a whole: its tags are named after its top.
    of_top = facts["tag_names"]
    own = {**_identity(tree, one.module), **_code((one,), one.module.directory)}
    names = (*_tag_names(one.module), *(of_top if isinstance(of_top, tuple) else ()))
    own["tag_names"] = tuple(dict.fromkeys(names))
    return Project(one.module.manifest, "java", one.module.own.artifact, own)
