"""How a project gets its packages: its own manager installs what the lockfile says, in place.

node_modules is where every tool looks, so it is made where the project has it. Scripts of packages
are left out: what is measured is the project. Without a lockfile the command takes the form that
writes none.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from pytest_forge.errors import ToolMissing
from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.declarations import Context, Preparation, Step, Surroundings
from pytest_forge.toolchains.typescript.tools import NODE

_KEYS = frozenset(
    {"package.json", "pnpm-workspace.yaml", ".npmrc", ".yarnrc.yml", ".yarnrc", "yarn.lock"}
    | {"package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml"}
)
_STATES = (".package-lock.json", ".modules.yaml", ".yarn-state.yml", ".yarn-integrity")
"""What a manager leaves in node_modules when it has installed everything."""


def command(project: Project) -> tuple[str, ...]:
    """Return the command that installs what the lockfile says, or without one writes none."""
    manager, locked = project.text("manager"), bool(project.text("lockfile"))
    if manager == "pnpm":
        frozen = ("--frozen-lockfile",) if locked else ("--no-lockfile",)
        return ("pnpm", "install", "--ignore-scripts", *frozen)
    if manager == "yarn" and project.flag("yarn_modern"):
        return ("yarn", "install", "--immutable", "--mode=skip-build")
    if manager == "yarn":
        frozen = ("--frozen-lockfile",) if locked else ("--no-lockfile",)
        return ("yarn", "install", "--ignore-scripts", "--non-interactive", *frozen)
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund")
    return ("npm", "ci", *quiet) if locked else ("npm", "install", "--no-package-lock", *quiet)


def candidates(project: Project, directory: Path, around: Surroundings) -> tuple[str, ...]:
    """Return what shows that the packages are installed: node_modules, newer than what it is for.

    A project that depends on nothing is prepared as it is.
    """
    if not project.flag("has_dependencies"):
        return (str(directory / PurePosixPath(project.manifest).name),)
    modules = directory / "node_modules"
    for name in _STATES:
        state = modules / name
        if state.is_file() and _holds(project, directory, state):
            return (str(modules),)
    return ()


def _holds(project: Project, directory: Path, state: Path) -> bool:
    """Tell whether the lockfile's packages are what is installed.

    npm's own record of that has the same entries; the other managers' is newer than the lockfile.
    """
    lockfile = directory / project.text("lockfile") if project.text("lockfile") else None
    if lockfile is None or not lockfile.is_file():
        return True
    if state.name != ".package-lock.json":
        return state.stat().st_mtime >= lockfile.stat().st_mtime
    try:
        wanted, there = (json.loads(one.read_bytes())["packages"] for one in (lockfile, state))
        return all(_is_there(place, one, there) for place, one in wanted.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _is_there(place: str, one: Mapping[str, object], there: Mapping[str, object]) -> bool:
    # Packages for other platforms are not installed; "" is the project itself.
    if "node_modules/" not in place or one.get("optional") or one.get("link"):
        return True
    found = there.get(place)
    return isinstance(found, Mapping) and found.get("version") == one.get("version")


def steps(context: Context) -> tuple[Step, ...]:
    """Return the one command."""
    return (Step(command(context.project), environment={"CI": "true"}),)


def key(project: Project, tree: Tree) -> tuple[str, ...]:
    """Return the files that name the packages."""
    places = {project.directory}
    places |= {str(PurePosixPath(member).parent) for member in project.members}
    return tuple(
        path
        for path in tree.files
        if PurePosixPath(path).name in _KEYS and str(PurePosixPath(path).parent) in places
    )


@contextmanager
def kept_out_of_git(context: Context) -> Iterator[Mapping[str, str]]:
    """See that git does not list what is installed, where the project does not ignore it.

    Raises `ToolMissing` where the project's manager is not there.
    """
    manager = context.project.text("manager")
    if shutil.which(manager) is None:
        raise ToolMissing(
            f"{manager}, which installs the packages of {context.project.manifest}, is not there",
            f"install it: npm install --global {manager}",
        )
    yield {}
    modules = context.directory / "node_modules"
    mark = modules / ".gitignore"
    if modules.is_dir() and not mark.exists():
        mark.write_text("*\n", encoding="utf-8")


PREPARATION = Preparation(
    needs=(NODE,),
    steps=steps,
    key=key,
    candidates=candidates,
    around=(kept_out_of_git,),
    in_place=True,
)
