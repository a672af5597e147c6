"""How a C# project is prepared: a restore, by the lock where there is one."""

import posixpath

from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.csharp.commands import ENVIRONMENT, restore
from pytest_forge.toolchains.csharp.tools import DOTNET
from pytest_forge.toolchains.declarations import Context, Preparation, Step

NO_SDK = frozenset({155})
"""With this status `dotnet` says that no SDK is there that global.json allows."""


def steps(context: Context) -> tuple[Step, ...]:
    """Return the one restore: it writes into the packages' cache, and into ignored obj/."""
    return (Step(restore, gap=NO_SDK, environment=ENVIRONMENT),)


def key(project: Project, tree: Tree) -> tuple[str, ...]:
    """Return the files that decide what is restored, and from where."""
    named = (
        posixpath.normpath(posixpath.join(project.directory, path))
        for path in project.words("settings_files")
    )
    return tuple(filter(tree.has, dict.fromkeys((project.manifest, *project.members, *named))))


PREPARATION = Preparation(needs=(DOTNET,), steps=steps, key=key)
