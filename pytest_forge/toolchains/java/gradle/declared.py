"""What Gradle's build files say of tools, versions and limits, in the forms of the field.

The files are programs: what a convention plugin or a computation states is not seen here, and the
run tells it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from pytest_forge.projects import FactValue, Tree
from pytest_forge.toolchains.java.gradle.build import GradleProject
from pytest_forge.toolchains.java.limits import maxima
from pytest_forge.toolchains.java.sources import is_integration_set
from pytest_forge.toolchains.places import join
from pytest_forge.toolchains.reading import read

_LINTERS = ("checkstyle", "pmd")
_RELEASE = re.compile(
    r"""\b(?:sourceCompatibility|targetCompatibility|options\.release)\s*(?:=|\.set\(|\()?\s*"""
    r"""(?:JavaVersion\.(?:VERSION_|toVersion\())?["']?(?:1[._])?(?P<version>\d+)"""
)
_NEEDED = re.compile(
    r"""\b(?:api|implementation|runtimeOnly|compile|runtime)\s*\(?\s*"""
    r"""(?:["'](?P<group>[\w.-]+):(?P<name>[\w.-]+)|(?P<alias>libs\.[\w.]+))"""
)
_NAMED = re.compile(r"""["'](\w+)["']|\b(\w+)\s*(?:\(|\{)|`(\w+)`""")
_RULE = re.compile(r"\blimit\s*\{(?P<inside>[^{}]*)\}")
_COUNTER = re.compile(r"""\bcounter\s*=\s*["'](\w+)["']""")
_VALUE = re.compile(r"""\bvalue\s*=\s*["'](\w+)["']""")
_MINIMUM = re.compile(r"""\bminimum\s*=\s*(?:["']?|BigDecimal\(")(\d*\.?\d+)""")
_OF_WHAT = re.compile(r"""\belement\s*=\s*["'](?!BUNDLE)\w""")
_MEASURES = {
    "LINE": "coverage.line",
    "BRANCH": "coverage.branch",
    "METHOD": "coverage.function",
}


def declared(projects: Iterable[GradleProject], tests: Iterable[str]) -> dict[str, FactValue]:
    """Return the facts that the build files of `projects` state; `tests` are their test files."""
    texts, plugins = _stated(projects)
    return {
        **{name: name in plugins for name in _LINTERS},
        "java_release": max((_release(text) for text in texts), default="", key=_number),
        "dependencies": tuple(dict.fromkeys(one for text in texts for one in _dependencies(text))),
        "integration": any(map(_names_integration_tests, texts)),
        "integration_tests": tuple(path for path in tests if is_integration_set(_set_of(path))),
    }


def _stated(projects: Iterable[GradleProject]) -> tuple[tuple[str, ...], set[str]]:
    """Return the texts of the build files, and the plugins that they apply."""
    every = tuple(projects)
    return tuple(one.text for one in every), {name for one in every for name in one.plugins}


def limits_of(tree: Tree, directory: str, projects: Iterable[GradleProject]) -> Mapping[str, float]:
    """Return the limits by measure: of JaCoCo's rules for a whole project, in percent.

    And the complexity that Checkstyle's usual file allows.
    """
    found: dict[str, float] = {}
    for one in projects:
        if not _OF_WHAT.search(one.text):
            found |= dict(_ratios(one.text))
    path = join(directory, "config/checkstyle/checkstyle.xml")
    complexity = max(maxima(read(tree, path)), default=None) if tree.has(path) else None
    return found if complexity is None else {**found, "complexity.max": complexity}


def _release(text: str) -> str:
    return max((one["version"] for one in _RELEASE.finditer(text)), default="", key=_number)


def _number(text: str) -> int:
    return int(text or "0")


def _dependencies(text: str) -> Iterator[str]:
    for one in _NEEDED.finditer(text):
        yield one["alias"] or f"{one['group']}:{one['name']}"


def _names_integration_tests(text: str) -> bool:
    names = (name for found in _NAMED.findall(text) for name in found if name)
    return any("test" in name.lower() and is_integration_set(name) for name in names)


def _set_of(path: str) -> str:
    """Return the source set of a file: the directory below the last `src`."""
    parts = PurePosixPath(path).parts
    return parts[parts.index("src") + 1] if "src" in parts[:-1] else ""


def _ratios(text: str) -> Iterator[tuple[str, float]]:
    for rule in _RULE.finditer(text):
        inside = rule["inside"]
        counter, value = _COUNTER.search(inside), _VALUE.search(inside)
        minimum = _MINIMUM.search(inside)
        measure = _MEASURES.get(counter[1] if counter else "")
        if measure and minimum and (value is None or value[1] == "COVEREDRATIO"):
            yield measure, round(100 * float(minimum[1]), 6)
