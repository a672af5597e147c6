"""Which of a repository's tags are a project's releases, by their names alone.

The forms are those that twenty public repositories use: `v1.2.3` and `1.2.3`, and either of them
behind `name-`, `name@`, `path/` or `rel/name-`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from packaging.utils import canonicalize_name

from pytest_forge.projects import Project
from pytest_forge.versions import is_prerelease, is_version, order

PLACEHOLDER = "{version}"

_DOTTED = re.compile(r"\d+\.\d")
_NUMBERED = re.compile(r"v?\d+")


@dataclass(frozen=True)
class Tag:
    """A tag of git and the version that it stands for."""

    name: str
    version: str


def looks_like_release(tag: str) -> bool:
    """Tell whether `tag` may be meant as a version (`release-1.2`, `v2234`), of whatever project.

    Junk such as testify's `v.1`, and words such as `nightly`, are not.
    """
    return bool(_DOTTED.search(tag) or _NUMBERED.fullmatch(tag))


def highest(tags: Sequence[Tag]) -> Tag | None:
    """Return the tag of the highest version: the highest final one, if there is any.

    A pre-release promises nothing, so a break that it brought must show until the final release.
    """
    final = [tag for tag in tags if not is_prerelease(tag.version)]
    return max(final or tags, key=lambda tag: order(tag.version), default=None)


def fitting(tags: Iterable[str], project: Project, directory: str, pattern: str) -> list[Tag]:
    """Return those of `tags` that are releases of `project`.

    `directory` is the project's, relative to git's top level ("." for the top itself). `pattern`
    is the user's own form with `{version}` in it; it stands in place of the usual ones.
    """
    if pattern:
        return _by_pattern(tags, pattern)
    tags = tuple(tags)
    if project.flag("tags_by_directory"):
        return _by_directory(tags, project, directory)
    own = _behind(tags, _prefixes(project, directory))
    bare = _behind(tags, ("",))
    # In a monorepo the bare tags are those of the product at the top: they are a nested project's
    # only while it has none of its own (`core-v2.48.0` beside pydantic's `v2.14.0`).
    return own or bare if directory != "." else own + bare


def _by_directory(tags: tuple[str, ...], project: Project, directory: str) -> list[Tag]:
    """Return the tags by a scheme that the language prescribes: directory, slash, version.

    A directory that only names the major version (`sdk/v2`) may be left out of it. Tags of another
    major version than the project's name ends with (`v2`, nothing for 0 and 1) are another
    project's, as long as there are any of its own.
    """
    major = project.text("major")
    places = {directory.lower()}
    if PurePosixPath(directory).name == major:
        places.add(str(PurePosixPath(directory.lower()).parent))
    own = _behind(tags, ["" if place == "." else f"{place}/" for place in sorted(places)])
    found = own or _behind(tags, ("",))
    majors = {major} if major else {"v0", "v1"}
    return [tag for tag in found if f"v{tag.version.partition('.')[0]}" in majors] or found


def _by_pattern(tags: Iterable[str], pattern: str) -> list[Tag]:
    before, _, after = pattern.partition(PLACEHOLDER)
    form = re.compile(re.escape(before) + "(.+)" + re.escape(after))
    found = [
        Tag(match[0], match[1])
        for match in map(form.fullmatch, tags)
        if match and is_version(match[1])
    ]
    # Beside real versions a bare number is a build's (serilog's `v2234`, where it released 4.3.1).
    return [tag for tag in found if _DOTTED.search(tag.version)] or found


def _behind(tags: Iterable[str], prefixes: Iterable[str]) -> list[Tag]:
    found = []
    for tag in tags:
        for prefix in prefixes:
            if not tag.lower().startswith(prefix):
                continue
            version = tag[len(prefix) :].removeprefix("v")
            if _DOTTED.match(version) and is_version(version):
                found.append(Tag(tag, version))
                break
    return found


def _prefixes(project: Project, directory: str) -> tuple[str, ...]:
    """Return what may stand before the version in a tag of this project alone, in lower case."""
    names = _names(project, directory)
    prefixes = [start + name + mark for name in names for start in ("", "rel/") for mark in "-@"]
    prefixes += [f"{name}/" for name in names]
    if directory != ".":
        prefixes.append(f"{directory.lower()}/")
    return tuple(prefixes)


def _names(project: Project, directory: str) -> frozenset[str]:
    """Return the names by which tags may call the project, in lower case.

    A nested project may also be called by the tail of its name: `core` for `pydantic-core`.
    """
    names = {project.name, project.name.rpartition("/")[2], *project.words("tag_names")}
    if directory != ".":
        names.add(PurePosixPath(directory).name)
        dashed = str(canonicalize_name(project.name))
        names.update(dashed.split("-", place)[place] for place in range(1, dashed.count("-") + 1))
    names.update([str(canonicalize_name(name)) for name in names])
    return frozenset(name.lower() for name in names if name)
