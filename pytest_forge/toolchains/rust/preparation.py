"""How a Rust project is prepared: its dependencies are fetched into cargo's own cache."""

from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.declarations import Context, Preparation, Step
from pytest_forge.toolchains.rust.lockfile import NAME, lent_lockfile
from pytest_forge.toolchains.rust.tools import CARGO

_KEY_NAMES = (NAME, "rust-toolchain", "rust-toolchain.toml", ".cargo/config.toml", ".cargo/config")
_PLAIN = {"CARGO_TERM_COLOR": "never"}


def steps(context: Context) -> tuple[Step, ...]:
    """Return the command that fetches what the lock names; without one it resolves first.

    The lock that this makes is lent: it goes into the project's cache, not into the tree.
    """
    locked = ("--locked",) if context.project.flag("locked") else ()
    return (Step(("{tool}", "fetch", *locked), environment=_PLAIN),)


def key(project: Project, tree: Tree) -> tuple[str, ...]:
    """Return the files that decide what is fetched, and from where."""
    prefix = "" if project.directory == "." else f"{project.directory}/"
    named = (prefix + name for name in _KEY_NAMES)
    return (project.manifest, *project.members, *filter(tree.has, named))


PREPARATION = Preparation(
    needs=(CARGO,),
    steps=steps,
    key=key,
    # Refused where there is no lock yet, or an older one: then the steps are due.
    ready=Step(("{tool}", "fetch", "--locked", "--offline"), environment=_PLAIN),
    around=(lent_lockfile,),
)
