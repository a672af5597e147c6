"""How a Python project is prepared: its own environment, else one of forge's own, made by uv.

Nothing is written into the tree: uv.lock is honoured or not used, never made, and setuptools is
told through its extra configuration file (DIST_EXTRA_CONFIG) to keep its metadata elsewhere.
"""

import sys
from pathlib import PurePosixPath

from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.declarations import Context, Preparation, Step, Tool
from pytest_forge.toolchains.python.declared import Declared
from pytest_forge.toolchains.python.dependencies import Needs, development_needs
from pytest_forge.toolchains.python.environments import INTERPRETER, candidates, wanted_python

UV = Tool(name="uv", executable="uv", install="pip install uv")

_ADDED = ("pytest", "coverage")
_KEY_NAMES = frozenset(
    {"pyproject.toml", "setup.py", "setup.cfg", "tox.ini", "uv.lock", ".python-version"}
)
_COMPILED = frozenset({".c", ".cc", ".cpp", ".h", ".hpp", ".pxd", ".pyx", ".rs"})
_PYTHON = "{environment}/" + INTERPRETER
_ENVIRONMENT = {
    "UV_PROJECT_ENVIRONMENT": "{environment}",
    "DIST_EXTRA_CONFIG": "{environment}/setuptools.cfg",
    # The project pins its Python, and the user has it or not: a check says so, uv gets none.
    "UV_PYTHON_DOWNLOADS": "never",
}
_WRITE_SETUPTOOLS_CONFIGURATION = """\
import pathlib, sys
home = pathlib.Path(sys.argv[1])
build = home / "setuptools"
build.mkdir(exist_ok=True)
text = "[egg_info]\\negg_base = %s\\n[build]\\nbuild_base = %s\\n" % (build, build)
(home / "setuptools.cfg").write_text(text, encoding="utf-8")
"""


def steps(context: Context) -> tuple[Step, ...]:
    """Return the commands that make an environment with the project and what its tests need."""
    project = context.project
    declared = Declared(context.tree, project.directory)
    needs = development_needs(declared)
    python = wanted_python(project)
    chosen = ("--python", python) if python else ()
    # uv's status 2 here: no such Python on this machine.
    made = Step(
        ("{tool}", "venv", *chosen, "{environment}"),
        gap=frozenset({2}),
        environment=_ENVIRONMENT,
    )
    configured = _step(_PYTHON, "-c", _WRITE_SETUPTOOLS_CONFIGURATION, "{environment}")
    if declared.has("uv.lock") and declared.has("pyproject.toml"):
        synchronised = _step("{tool}", "sync", "--locked", *_selection(project, declared, needs))
        return (made, configured, synchronised, _install(*needs_outside_lock(needs), *_ADDED))
    return (made, configured, _install(*_requirements(project, declared, needs), *_ADDED))


def key(project: Project, tree: Tree) -> tuple[str, ...]:
    """Return the files that decide what an environment holds: a change in them makes another.

    Sources that are compiled into an extension module count too: an installation in place shows
    changes in Python files only.
    """
    return tuple(path for path in tree.below(project.directory) if _decides(path))


def needs_outside_lock(needs: Needs) -> tuple[str, ...]:
    """Return what only requirement files and tool tables name: uv.lock holds nothing of it."""
    files = (word for name in needs.files for word in ("--requirement", name))
    return (*files, *needs.lines)


def _selection(project: Project, declared: Declared, needs: Needs) -> tuple[str, ...]:
    """Name what is synchronised; uv's default groups are left out where one for tests is named.

    Of a locked project all extras come along: type checkers and tests of the optional parts need
    what these import, and the lock holds versions that fit together, unless it says otherwise.
    """
    words = ["--all-packages"] if project.members else []
    words += ["--no-default-groups"] if needs.names_tests else []
    for group in needs.groups:
        words += ["--group", group]
    if not declared.table("tool", "uv").get("conflicts"):
        return (*words, "--all-extras")
    for extra in needs.extras:
        words += ["--extra", extra]
    return tuple(words)


def _requirements(project: Project, declared: Declared, needs: Needs) -> tuple[str, ...]:
    words: list[str] = []
    if project.flag("has_backend"):
        extras = f"[{','.join(needs.extras)}]" if needs.extras else ""
        words += ["--editable", f".{extras}"]
    elif project.flag("requirements_only"):
        words += ["--requirement", "requirements.txt"]
    elif declared.has("pyproject.toml"):
        words += ["--requirement", "pyproject.toml"]
        words += [word for extra in needs.extras for word in ("--extra", extra)]
    words += [word for group in needs.groups for word in ("--group", group)]
    return (*words, *needs_outside_lock(needs))


def _install(*words: str) -> Step:
    return _step("{tool}", "pip", "install", "--python", _PYTHON, *words)


def _step(*argv: str) -> Step:
    return Step(argv, environment=_ENVIRONMENT)


def _decides(path: str) -> bool:
    place = PurePosixPath(path)
    return (
        place.name in _KEY_NAMES
        or place.suffix in _COMPILED
        or place.name in ("Cargo.toml", "Cargo.lock")
        or (place.suffix == ".txt" and "requirements" in place.as_posix())
    )


PREPARATION = Preparation(
    needs=(UV,),
    steps=steps,
    key=key,
    slot="python",
    provides=INTERPRETER,
    candidates=candidates,
    # Where the project pins no Python, the environment gets the one that runs forge.
    identity=sys.version,
    # What an editable install by setuptools leaves beside the sources.
    leaves=("*.egg-info",),
)
