"""What a pom.xml says by itself: coordinates, modules, properties, dependencies and plugins.

Nothing is fetched and no parent outside of the tree is looked at: the effective POM is Maven's, and
shows only in runs.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from xml.etree.ElementTree import Element

from pytest_forge.projects import Tree
from pytest_forge.toolchains.reading import read_xml

_PLACEHOLDER = re.compile(r"\$\{([^}]+)\}")
_ROUNDS = 5
_CHECKSTYLE = "maven-checkstyle-plugin"
_COUNTERS = {
    "LINE": "coverage.line",
    "BRANCH": "coverage.branch",
    "METHOD": "coverage.function",
}


@dataclass(frozen=True)
class Coordinates:
    """A group, an artifact and a version, each "" where it is not stated."""

    group: str = ""
    artifact: str = ""
    version: str = ""
    path: str = ""


@dataclass(frozen=True)
class Dependency:
    """A dependency as it is written: version and scope are "" where something else manages them."""

    group: str
    artifact: str
    version: str = ""
    scope: str = ""


@dataclass(frozen=True)
class Plugin:
    """A plugin that a pom configures or binds: `goals` are those of its executions.

    `settings` are the words of its configuration, several where one holds a list. It is not
    `inherited` where the pom keeps it to itself.
    """

    artifact: str
    goals: tuple[str, ...] = ()
    managed: bool = False
    inherited: bool = True
    settings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Pom:
    """One pom.xml. `parent.path` is where Maven looks for the parent, relative to the pom.

    `ratios` are the least coverages that it has JaCoCo check, by measure, as written; `checkstyle`
    is where Checkstyle's configuration stands.
    """

    own: Coordinates
    parent: Coordinates | None
    packaging: str
    modules: tuple[str, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    dependencies: tuple[Dependency, ...] = ()
    managed: tuple[Dependency, ...] = ()
    plugins: tuple[Plugin, ...] = ()
    scm: str = ""
    source_directories: tuple[str, ...] = ()
    test_directories: tuple[str, ...] = ()
    ratios: Mapping[str, str] = field(default_factory=dict)
    checkstyle: str = ""

    def resolved(self, text: str, further: Mapping[str, str]) -> str:
        """Return a text with its properties filled in, "" where one of them is not known here."""
        known = {**further, **self.properties}
        for _ in range(_ROUNDS):
            text = _PLACEHOLDER.sub(lambda found: known.get(found[1], found[0]), text)
        return "" if _PLACEHOLDER.search(text) else text


def read_pom(tree: Tree, path: str) -> Pom:
    """Read a pom; `ConfigurationError` where it is no well-formed one."""
    return _pom(read_xml(tree, path))


def _pom(root: Element) -> Pom:
    builds = [build for build in root.iter("build")]
    return Pom(
        own=_coordinates(root),
        parent=_parent(root.find("parent")),
        packaging=_text(root, "packaging") or "jar",
        modules=tuple(dict.fromkeys(_modules(root))),
        properties={one.tag: (one.text or "").strip() for one in root.iterfind("properties/*")},
        dependencies=tuple(_dependencies(root, "dependencies/dependency")),
        managed=tuple(_dependencies(root, "dependencyManagement/dependencies/dependency")),
        plugins=tuple(_plugins(root)),
        scm=_text(root, "scm/url") or _text(root, "scm/connection"),
        source_directories=tuple(filter(None, (_text(one, "sourceDirectory") for one in builds))),
        test_directories=tuple(filter(None, (_text(one, "testSourceDirectory") for one in builds))),
        ratios=dict(_ratios(root)),
        checkstyle=_checkstyle(root),
    )


def _coordinates(element: Element) -> Coordinates:
    return Coordinates(*(_text(element, name) for name in ("groupId", "artifactId", "version")))


def _parent(element: Element | None) -> Coordinates | None:
    if element is None:
        return None
    stated = element.find("relativePath")
    # An empty element says that the parent is not in this tree.
    path = "../pom.xml" if stated is None else (stated.text or "").strip()
    one = _coordinates(element)
    return Coordinates(one.group, one.artifact, one.version, path)


def _modules(root: Element) -> Iterator[str]:
    """Yield the modules, those of profiles too: which of these holds is told by a run only."""
    for path in ("modules/module", "profiles/profile/modules/module", "subprojects/subproject"):
        yield from filter(None, ((one.text or "").strip() for one in root.iterfind(path)))


def _dependencies(root: Element, path: str) -> Iterator[Dependency]:
    for one in root.iterfind(path):
        names = ("groupId", "artifactId", "version", "scope")
        yield Dependency(*(_text(one, name) for name in names))


def _plugins(root: Element) -> Iterator[Plugin]:
    for build in ("build", "profiles/profile/build"):
        for path, managed in (("plugins", False), ("pluginManagement/plugins", True)):
            for one in root.iterfind(f"{build}/{path}/plugin"):
                yield _plugin(one, managed)


def _plugin(element: Element, managed: bool) -> Plugin:
    goals = element.iterfind("executions/execution/goals/goal")
    return Plugin(
        _text(element, "artifactId"),
        tuple((goal.text or "").strip() for goal in goals),
        managed,
        inherited=_text(element, "inherited") != "false",
        settings={one.tag: tuple(_words(one)) for one in element.iterfind("configuration/*")},
    )


def _words(setting: Element) -> Iterator[str]:
    for one in tuple(setting) or (setting,):
        yield (one.text or "").strip()


def _ratios(root: Element) -> Iterator[tuple[str, str]]:
    """Yield measure and least ratio of the rules for the whole of a module."""
    rules = chain.from_iterable(one.iter("rule") for one in _of(root, "jacoco-maven-plugin"))
    of_all = (rule for rule in rules if _text(rule, "element") in ("", "BUNDLE"))
    for limit in chain.from_iterable(rule.iter("limit") for rule in of_all):
        measure = _COUNTERS.get(_text(limit, "counter"))
        least = _text(limit, "minimum")
        if measure and least and _text(limit, "value") in ("", "COVEREDRATIO"):
            yield measure, least


def _checkstyle(root: Element) -> str:
    found = (_text(one, "configuration/configLocation") for one in _of(root, _CHECKSTYLE))
    return next(filter(None, found), "")


def _of(root: Element, artifact: str) -> Iterator[Element]:
    """Yield what a pom says of a plugin, wherever it does."""
    yield from (one for one in root.iter("plugin") if _text(one, "artifactId") == artifact)


def _text(element: Element, path: str) -> str:
    found = element.find(path)
    return (found.text or "").strip() if found is not None else ""
