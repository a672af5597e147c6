"""Whether what the last release holds in a project's place is that project, by its declared name.

Only a manifest's own declaration counts: a name also stands where something is merely required.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path, PurePosixPath

from pytest_forge.errors import ConfigurationError, NoReference
from pytest_forge.projects import Tree
from pytest_forge.releases.comparing import FirstRelease
from pytest_forge.toolchains.declarations import Context

NameIn = Callable[[Tree, str], str]
"""Returns the name that a manifest declares, "" for none; `ConfigurationError` if unreadable."""

_MEND = "compare by hand and exempt breaking-changes until the next release"


def _never(name: str, before: str) -> bool:
    return False


def same_project(
    name_in: NameIn, begins_anew: Callable[[str, str], bool] = _never
) -> Callable[[Context], AbstractContextManager[Mapping[str, str]]]:
    """Return a manager to stand behind `last_release_worktree`; it yields no slot.

    It raises `FirstRelease` for what the last release did not hold yet, and for a name that, after
    the one before, `begins_anew` by the language's own rules. It raises `NoReference` for what
    stood elsewhere, or had another name.
    """

    @contextmanager
    def same_project(context: Context) -> Iterator[Mapping[str, str]]:
        _demand(context, name_in, begins_anew)
        yield {}

    return same_project


def _demand(context: Context, name_in: NameIn, begins_anew: Callable[[str, str], bool]) -> None:
    project, tag = context.released, context.slots["release_tag"]
    release = Path(context.slots["release"])
    name = _name(name_in, context.tree, project.manifest)
    if not (release / project.manifest).is_file():
        place = _elsewhere(name_in, release, PurePosixPath(project.manifest).name, name)
        if place:
            raise NoReference(f"{project.manifest} stood elsewhere in {tag}: {place}", _MEND)
        raise FirstRelease(project.text("version"))
    before = _name(name_in, Tree(release, ()), project.manifest)
    if not name or not before or before == name:
        return
    if begins_anew(name, before):
        note = f"{name} begins anew: what {tag} released is {before}"
        raise FirstRelease(project.text("version"), note)
    raise NoReference(f"{project.manifest} declared {before} in {tag}, not {name}", _MEND)


def _elsewhere(name_in: NameIn, release: Path, file: str, name: str) -> str:
    """Return the manifest that declared the name in the last release, "" for none."""
    tree = Tree(release, ())
    found = sorted(path.relative_to(release).as_posix() for path in release.rglob(file))
    return next((path for path in found if name and _name(name_in, tree, path) == name), "")


def _name(name_in: NameIn, tree: Tree, manifest: str) -> str:
    """Return the declared name; what can't be read (a fixture that is broken) declares none."""
    try:
        return name_in(tree, manifest)
    except ConfigurationError:
        return ""
