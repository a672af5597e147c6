"""How a C# project is prepared: a restore, by the lock where there is one."""

from collections.abc import Iterator

from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.csharp.commands import ENVIRONMENT, restore
from pytest_forge.toolchains.csharp.packages import assets_places
from pytest_forge.toolchains.csharp.tools import DOTNET
from pytest_forge.toolchains.declarations import Context, Preparation, Step
from pytest_forge.toolchains.places import placed

NO_SDK = frozenset({155})
"""With this status `dotnet` says that no SDK is there that global.json allows."""


def steps(context: Context) -> tuple[Step, ...]:
    """Return the one restore: it writes into the packages' cache, and into ignored obj/."""
    return (Step(restore, gap=NO_SDK, environment=ENVIRONMENT),)


def key(project: Project, tree: Tree) -> tuple[str, ...]:
    """Return the files that decide what is restored, and what the last restore has left in obj/.

    That may be another state's (a branch's, a defect's): then a restore of this one is not done.
    """
    named = placed(project, project.words("settings_files"))
    deciding = filter(tree.has, dict.fromkeys((project.manifest, *project.members, *named)))
    return (*deciding, *_left(project, tree))


def _left(project: Project, tree: Tree) -> Iterator[str]:
    for one in placed(project, project.words("projects")):
        places = (path for path in assets_places(tree.root, one) if path.is_file())
        yield from (path.relative_to(tree.root).as_posix() for path in places)


PREPARATION = Preparation(needs=(DOTNET,), steps=steps, key=key)
