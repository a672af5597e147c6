"""From pyproject.toml or forge.toml to typed settings; what is wrong there is one line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from pytest_forge.configuration import toml
from pytest_forge.configuration.keys import SETTINGS
from pytest_forge.configuration.tool_keys import OTHER_PROOF, PROOFS
from pytest_forge.configuration.values import Known, Place
from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Tree
from pytest_forge.settings import AdvisorySource, ProjectSettings, Settings

FORGE_TOML = "forge.toml"
PYPROJECT = "pyproject.toml"
TABLE = "tool.pytest-forge"
ADVISORIES_VARIABLE = "FORGE_ADVISORIES"

_NAME = b"pytest-forge"


@dataclass(frozen=True)
class Root:
    """Forge's root; `source` is the file with its settings, None where there is none.

    `content` is what that file holds, where it is not to be read (one of another revision), and
    `at` says in errors which one it is.
    """

    directory: Path
    source: Path | None
    content: bytes | None = None
    at: str = ""


def find_root(start: Path) -> Root:
    """Find forge's root from the directory `start` upwards.

    It is the nearest directory with forge.toml or `[tool.pytest-forge]`, else the top of the git
    repository, else `start`. Raises `ConfigurationError` where one directory has both, and where
    the file in which the settings would stand can't be read.
    """
    start = start.resolve()
    upwards = (start, *start.parents)
    for directory in upwards:
        found = root_of(directory, _files(directory))
        if found is not None:
            return Root(directory, found.source)
    directory = next((one for one in upwards if (one / ".git").exists()), start)
    if (directory / PYPROJECT).is_file():
        toml.parse(toml.content(directory / PYPROJECT), PYPROJECT)
    return Root(directory, None)


def root_of(directory: Path, files: Mapping[str, bytes], at: str = "") -> Root | None:
    """Return the root that a directory with these files is, None where they configure nothing.

    `files` holds forge.toml and pyproject.toml by name, where they are there; `at` is said behind
    their names in errors. Raises `ConfigurationError` as `find_root`.
    """
    own, shared = files.get(FORGE_TOML), files.get(PYPROJECT)
    if shared is None or not _is_configured(shared, PYPROJECT + at):
        return None if own is None else Root(directory, directory / FORGE_TOML, own, at)
    if own is not None:
        raise ConfigurationError(
            f"{directory}{at}: both {FORGE_TOML} and [{TABLE}] of {PYPROJECT}; remove one of them"
        )
    return Root(directory, directory / PYPROJECT, shared, at)


def unused_configurations(tree: Tree, root: Root) -> tuple[Path, ...]:
    """Return the configuration files below the root that do not count, relative to the root."""
    named = (Path(path) for path in tree.files if path.endswith((FORGE_TOML, PYPROJECT)))
    return tuple(
        path
        for path in named
        if root.directory / path != root.source and _is_unused(root.directory / path)
    )


def load(
    root: Root,
    known_gates: Sequence[str],
    known_checks: Mapping[str, Sequence[str]],
    known_measures: Sequence[str],
    known_formats: Sequence[str],
    environment: Mapping[str, str],
    known_languages: Sequence[str] = (),
    known_runs: Sequence[str] = (),
) -> Settings:
    """Read the root's settings, or the defaults where it has no configuration file.

    `known_checks` maps a gate to its checks' names; the user's own tools are added to it.
    `known_runs` are the runs that checks share, whose names a tool must not take either. Languages
    are not looked up where none is given. Raises `ConfigurationError`: one line with file and key.
    """
    table, place = _table(root)
    known = Known(
        root=root.directory,
        gates=known_gates,
        checks=_with_own_tools(known_checks, known_runs, table, place),
        runs=known_runs,
        measures=known_measures,
        proofs=sorted({*known_measures, *PROOFS.values(), OTHER_PROOF}),
        formats=known_formats,
        languages=known_languages,
    )
    read = SETTINGS.read(table, place, known)
    of_project = {one.name for one in fields(ProjectSettings)} & read.keys()
    defaults = ProjectSettings(**{name: read.pop(name) for name in sorted(of_project)})
    advisories = _from_environment(defaults.advisories, environment)
    return Settings(
        source=root.source,
        defaults=replace(defaults, advisories=advisories),
        raw=table,
        **read,
    )


def _files(directory: Path) -> dict[str, bytes]:
    """Return the files of one directory that may configure forge."""
    places = (directory / name for name in (FORGE_TOML, PYPROJECT))
    return {place.name: toml.content(place) for place in places if place.is_file()}


def _is_configured(pyproject: bytes, name: str) -> bool:
    """Tell whether a pyproject.toml has forge's table; one without our name can't have it."""
    if _NAME not in pyproject:
        return False
    tool = toml.parse(pyproject, name).get("tool")
    return isinstance(tool, dict) and _NAME.decode() in tool


def _is_unused(path: Path) -> bool:
    """Tell whether a file below the root would be a configuration file elsewhere."""
    if path.name != PYPROJECT:
        return path.name == FORGE_TOML
    try:
        return _is_configured(toml.content(path), path.name)
    except ConfigurationError:
        return False


def _table(root: Root) -> tuple[dict[str, Any], Place]:
    """Return forge's table and where it stands; empty without a configuration file."""
    if root.source is None:
        return {}, Place("")
    content = toml.content(root.source) if root.content is None else root.content
    name = root.source.name + root.at
    data = toml.parse(content, name)
    if root.source.name == PYPROJECT:
        place = Place(name, TABLE)
        table = data["tool"][_NAME.decode()]
        if not isinstance(table, dict):
            raise place.expected("a table", table)
        return table, place
    if "tool" in data:
        raise Place(name, "tool").wrong(f"{FORGE_TOML} holds the tables without the prefix {TABLE}")
    return data, Place(name)


def _with_own_tools(
    checks: Mapping[str, Sequence[str]],
    runs: Sequence[str],
    table: Mapping[str, Any],
    place: Place,
) -> dict[str, list[str]]:
    """Add the user's own tools to the known checks; what is wrong with them is said later."""
    known = {gate: list(names) for gate, names in checks.items()}
    taken = {*runs, *(name for names in checks.values() for name in names)}
    own = table.get("tools")
    for name, tool in own.items() if isinstance(own, dict) else ():
        if name in taken:
            at = place.key("tools").key(name)
            raise at.wrong("forge has a check or run of this name; choose another")
        gate = tool.get("gate") if isinstance(tool, dict) else None
        if isinstance(gate, str):
            known.setdefault(gate, []).append(name)
    return known


def _from_environment(configured: AdvisorySource, environment: Mapping[str, str]) -> AdvisorySource:
    """Let the environment's directory of advisories stand above the configured source."""
    value = environment.get(ADVISORIES_VARIABLE, "")
    if not value:
        return configured
    directory = Path(value).expanduser().absolute()
    if not directory.is_dir():
        raise ConfigurationError(
            f"{ADVISORIES_VARIABLE}: {value} is no directory; name one with OSV data, or unset it"
        )
    return replace(configured, database=directory, url="")
