"""What a Gradle build declares: its settings, the projects that they include, what is published.

The files are programs, and only Gradle can run them; read are the declarations in the forms in
which the field writes them. A conditional `include` counts: whether it holds is told by a run.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from pytest_forge.projects import Tree
from pytest_forge.toolchains.places import join
from pytest_forge.toolchains.reading import decoded, read

SETTINGS = ("settings.gradle.kts", "settings.gradle")
"""File names of a build's settings."""
BUILDS = ("build.gradle.kts", "build.gradle")
"""File names of a project's build."""

_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r"""["']([^"'\n]*)["']""")
_INCLUDE = re.compile(
    r"""\binclude\b\s*\(?((?:\s*["'][^"'\n]*["']\s*,?)+)""",
)
_INCLUDE_BUILD = re.compile(r"""\bincludeBuild\b\s*\(?\s*["']([^"'\n]+)["']""")
_ROOT_NAME = re.compile(r"""\brootProject\.name\s*=\s*["']([^"'\n]+)["']""")
_RENAMED = re.compile(r"""\bproject\(["']([^"']+)["']\)\.name\s*=\s*["']([^"']+)["']""")
_MOVED = re.compile(
    r"""\bproject\(["']([^"']+)["']\)\.projectDir\s*=\s*(?:new\s+)?(?:file|File)\s*\("""
    r"""(?:[^"'\n]*?,\s*)?["']([^"']+)["']\)"""
)
_PLUGIN = re.compile(
    r"""\b(?:id|alias|kotlin)\s*[( ]\s*["']?([\w.\-]+)["']?[ \t]*\)?(?P<rest>[^\n;]*)|"""
    r"""\bapply\s+plugin:\s*["']([\w.\-]+)["']|`([\w\-]+)`"""
)
_VERSION = re.compile(r"""^\s*version\s*=\s*["']([^"'$\n]+)["']""", re.MULTILINE)
_PUBLISHES = re.compile(r"publish", re.IGNORECASE)


@dataclass(frozen=True)
class GradleProject:
    """One project of a build: its path (":okhttp"), its name, directory and build file ("")."""

    path: str
    name: str
    directory: str
    manifest: str
    text: str

    @property
    def plugins(self) -> tuple[str, ...]:
        """Return the ids of the plugins that it applies."""
        return tuple(_plugins(self.text))

    @property
    def published(self) -> bool:
        """Tell whether one of its plugins publishes it."""
        return any(_PUBLISHES.search(name) for name in self.plugins)

    @property
    def version(self) -> str:
        """Return the version that it states itself, "" where something else computes it."""
        found = _VERSION.search(self.text)
        return found[1] if found else ""


@dataclass(frozen=True)
class Build:
    """A Gradle build: the projects with the root's first, and the builds that it includes."""

    name: str
    projects: tuple[GradleProject, ...]
    included: tuple[str, ...]


def read_build(tree: Tree, manifest: str) -> Build:
    """Read a build by its settings, or by the build file of a lone project."""
    directory = str(PurePosixPath(manifest).parent)
    text = _text(tree, manifest)
    stated = text if PurePosixPath(manifest).name in SETTINGS else ""
    root_name = _ROOT_NAME.search(stated)
    name = root_name[1] if root_name else PurePosixPath(directory).name or tree.root.name
    names = dict(_RENAMED.findall(stated))
    moved = dict(_MOVED.findall(stated))
    projects = [_project(tree, ":", name, directory)]
    for path in _included_paths(stated):
        place = moved.get(path) or path.strip(":").replace(":", "/")
        called = names.get(path, path.rpartition(":")[2])
        projects.append(_project(tree, path, called, join(directory, place)))
    included = (join(directory, one) for one in _INCLUDE_BUILD.findall(stated))
    return Build(name, tuple(projects), tuple(dict.fromkeys(included)))


def _included_paths(text: str) -> Iterator[str]:
    seen: set[str] = set()
    for found in _INCLUDE.finditer(text):
        for one in _STRING.findall(found[1]):
            path = f":{one.strip(':').replace('/', ':')}"
            if one and path not in seen:
                seen.add(path)
                yield path


def _project(tree: Tree, path: str, name: str, directory: str) -> GradleProject:
    prefix = "" if directory == "." else f"{directory}/"
    # A file may also be named after its project.
    names = (*BUILDS, f"{name}.gradle.kts", f"{name}.gradle")
    manifest = next((prefix + one for one in names if tree.has(prefix + one)), "")
    text = _text(tree, manifest) if manifest else ""
    return GradleProject(path, name, directory, manifest, text)


def _plugins(text: str) -> Iterator[str]:
    for found in _PLUGIN.finditer(text):
        if "apply false" not in (found["rest"] or ""):
            yield found[1] or found[3] or found[4]


def _text(tree: Tree, path: str) -> str:
    # The two slashes of an address begin no comment.
    return _COMMENT.sub("", decoded(read(tree, path)).replace("://", ":"))
