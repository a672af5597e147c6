"""The poms that Maven builds together: a pom, the modules that it names, and those that these name.

Also what a pom inherits from parents that stand in the same tree.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath

from pytest_forge.projects import Tree
from pytest_forge.toolchains.java.pom import Coordinates, Dependency, Plugin, Pom, read_pom
from pytest_forge.toolchains.places import join

_POM = "pom.xml"


@dataclass(frozen=True)
class Module:
    """A pom in its place: `manifest` is its path below forge's root, `line` its parents' poms.

    `line` begins with the pom itself and ends with the last parent that stands in the tree.
    """

    manifest: str
    line: tuple[Pom, ...]

    @property
    def directory(self) -> str:
        """Return its directory, relative to forge's root."""
        return str(PurePosixPath(self.manifest).parent)

    @property
    def pom(self) -> Pom:
        """Return its own pom."""
        return self.line[0]

    @cached_property
    def own(self) -> Coordinates:
        """Return its coordinates; what it does not state is its parent's."""
        stated = self.pom.own
        parent = self.pom.parent or Coordinates()
        known = {
            **self.properties,
            "project.parent.version": self.filled(parent.version),
            "parent.version": self.filled(parent.version),
            "project.artifactId": stated.artifact,
        }
        return Coordinates(
            self.pom.resolved(stated.group or parent.group, known),
            self.pom.resolved(stated.artifact, known),
            self.pom.resolved(stated.version or parent.version, known),
        )

    @cached_property
    def properties(self) -> dict[str, str]:
        """Return the properties that hold here, as far as the tree tells."""
        return {
            name: value for pom in reversed(self.line) for name, value in pom.properties.items()
        }

    def filled(self, text: str) -> str:
        """Return a text with its properties filled in, "" where one is not known here."""
        return self.pom.resolved(text, self.properties)

    @property
    def plugins(self) -> tuple[Plugin, ...]:
        """Return the plugins that it or a parent in the tree configures or binds."""
        return tuple(plugin for pom in self.line for plugin in pom.plugins)

    @property
    def inherited_plugins(self) -> tuple[Plugin, ...]:
        """Return its plugins and those of parents in the tree that these hand down, own first."""
        of_parents = (plugin for pom in self.line[1:] for plugin in pom.plugins)
        return (*self.pom.plugins, *(plugin for plugin in of_parents if plugin.inherited))

    @property
    def dependencies(self) -> tuple[Dependency, ...]:
        """Return what it depends on directly, by itself or through a parent in the tree.

        Left out is what a parent outside of the tree manages: it may be for tests alone.
        """
        managed = {
            (one.group, one.artifact): one for pom in reversed(self.line) for one in pom.managed
        }
        needed = chain.from_iterable(pom.dependencies for pom in self.line)
        beside = ((one, managed.get((one.group, one.artifact), one)) for one in needed)
        return tuple(
            replace(one, scope=one.scope or known.scope)
            for one, known in beside
            if one.version or known is not one
        )

    @property
    def has_code(self) -> bool:
        """Tell whether Maven builds more of it than the pom."""
        return self.pom.packaging != "pom"


def reactor(tree: Tree, manifest: str) -> tuple[Module, ...]:
    """Return the module of a pom, and after it those that it names, in their order."""
    found: dict[str, Module] = {}
    waiting = [manifest]
    while waiting:
        path = waiting.pop(0)
        if path in found or not tree.has(path):
            continue
        found[path] = module = _module(tree, path)
        waiting.extend(_named(module))
    return tuple(found.values())


def _named(module: Module) -> Iterator[str]:
    for name in module.pom.modules:
        path = name if name.endswith(".xml") else f"{name}/{_POM}"
        yield join(module.directory, path)


def _module(tree: Tree, manifest: str) -> Module:
    line = [read_pom(tree, manifest)]
    places = [manifest]
    while (path := _parent_path(tree, places[-1], line[-1])) and path not in places:
        pom = read_pom(tree, path)
        parent = line[-1].parent
        if parent is None or pom.own.artifact != parent.artifact:
            break
        line.append(pom)
        places.append(path)
    return Module(manifest, tuple(line))


def _parent_path(tree: Tree, manifest: str, pom: Pom) -> str:
    """Return where the parent stands in the tree, "" where it is fetched from a repository."""
    if pom.parent is None or not pom.parent.path:
        return ""
    directory = str(PurePosixPath(manifest).parent)
    path = join(directory, pom.parent.path)
    return next((one for one in (path, f"{path}/{_POM}") if tree.has(one)), "")
