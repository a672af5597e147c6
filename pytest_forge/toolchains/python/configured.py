"""Which tools a Python project has chosen, and the limits that it states in their configuration.

Each tool's configuration is taken from the nearest directory that has one, as the tools do
themselves; `places` are the project's directory and those above it, nearest first.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from pytest_forge.toolchains.python import precommit
from pytest_forge.toolchains.python.declared import Declared
from pytest_forge.toolchains.python.dependencies import named_requirements
from pytest_forge.toolchains.reading import strings, table

_RUFF_FILES = ("ruff.toml", ".ruff.toml")
_RUFF_HOOKS = {"ruff", "ruff-check"}
LINT_HOOKS = frozenset({*_RUFF_HOOKS, "flake8"})
"""Ids of the hooks of the linters that are known here."""
FORMAT_HOOKS = frozenset({"ruff-format", "black", "black-jupyter"})
"""Ids of the hooks of the formatters that are known here."""


def type_checker(places: Sequence[Declared]) -> str:
    """Return "mypy" or "pyright": the configured one, mypy where nothing is said.

    Where both are configured it is mypy, unless pyright is the only one of the two that the
    project installs or runs as a hook: an old [tool.mypy] is often left behind, while a
    [tool.pyright] is often there for editors only.
    """
    both = _nearest(places, _configured_checkers)
    if len(both) < 2:
        return next(iter(both), "mypy")
    installed = {name for place in places for name in named_requirements(place) | _hooks(place)}
    uses_mypy = any("mypy" in name for name in installed)
    uses_pyright = any("pyright" in name for name in installed)
    return "pyright" if uses_pyright and not uses_mypy else "mypy"


def linter(places: Sequence[Declared]) -> str:
    """Return "flake8" where that is configured and ruff is not, else "ruff"."""
    found = _nearest(places, _configured_linters)
    return "flake8" if found == {"flake8"} else "ruff"


def formatter(places: Sequence[Declared]) -> str:
    """Return "black" where that is configured and nothing says that ruff formats, else "ruff"."""
    found = _nearest(places, _configured_formatters)
    return "black" if found == {"black"} else "ruff"


def isort(places: Sequence[Declared]) -> bool:
    """Tell whether isort is configured, and ruff's own import rules (`I`) are not in its place."""
    if not any(_configures_isort(place) for place in places):
        return False
    lint = _ruff_lint(places)
    rules = strings(lint.get("select")) + strings(lint.get("extend-select"))
    return not any(rule == "ALL" or re.fullmatch(r"I\d*", rule) for rule in rules)


def complexity(places: Sequence[Declared]) -> str:
    """Return the project's own highest complexity of a function, "" where it states none."""
    if linter(places) == "flake8":
        stated = [_flake8_complexity(place) for place in places]
    else:
        stated = [str(table(_ruff_lint(places), "mccabe").get("max-complexity", ""))]
    return next((text for text in stated if re.fullmatch(r"\d+", text)), "")


def bandit_config(declared: Declared) -> str:
    """Return the file in the project with bandit's settings, "" where there is none.

    Bandit finds `.bandit` by itself; these it reads only where it is told to.
    """
    if "bandit" in declared.table("tool"):
        return "pyproject.toml"
    return next(filter(declared.has, ("bandit.yaml", "bandit.yml", ".bandit.yaml")), "")


def _nearest(
    places: Sequence[Declared], configured: Callable[[Declared], Collection[str]]
) -> Collection[str]:
    return next(filter(None, map(configured, places)), frozenset())


def _configured_checkers(place: Declared) -> set[str]:
    mypy = (
        "mypy" in place.table("tool")
        or place.has("mypy.ini")
        or place.has(".mypy.ini")
        or place.ini("setup.cfg").has_section("mypy")
    )
    pyright = "pyright" in place.table("tool") or place.has("pyrightconfig.json")
    found = {"mypy"} if mypy else set()
    found |= {"pyright"} if pyright else set()
    # Only a hook where nothing is configured: it runs with the checker's defaults.
    return found or {"mypy", "pyright"} & _hooks(place)


def _configured_linters(place: Declared) -> set[str]:
    hooks = _hooks(place)
    ruff = "ruff" in place.table("tool") or any(map(place.has, _RUFF_FILES)) or _RUFF_HOOKS & hooks
    flake8 = (
        place.has(".flake8")
        or place.ini("setup.cfg").has_section("flake8")
        or place.ini("tox.ini").has_section("flake8")
    )
    return {name for name, found in (("ruff", ruff), ("flake8", flake8)) if found}


def _configured_formatters(place: Declared) -> set[str]:
    hooks = _hooks(place)
    ruff = "format" in _ruff(place) or "ruff-format" in hooks
    black = "black" in place.table("tool") or {"black", "black-jupyter"} & hooks
    return {name for name, found in (("ruff", ruff), ("black", black)) if found}


def _configures_isort(place: Declared) -> bool:
    return (
        "isort" in place.table("tool")
        or place.has(".isort.cfg")
        or any(
            place.ini(name).has_section(section)
            for name in ("setup.cfg", "tox.ini")
            for section in ("isort", "tool:isort")
        )
    )


def _ruff(place: Declared) -> Mapping[str, Any]:
    """Return ruff's settings of one directory; its own file stands above pyproject.toml."""
    own = next((place.toml(name) for name in reversed(_RUFF_FILES) if place.has(name)), None)
    return place.table("tool", "ruff") if own is None else own


def _ruff_lint(places: Sequence[Declared]) -> Mapping[str, Any]:
    """Return ruff's lint settings; the old names at the top level still count."""
    settings: Mapping[str, Any] = next(filter(None, map(_ruff, places)), {})
    return {**settings, **table(settings, "lint")}


def _flake8_complexity(place: Declared) -> str:
    for name in (".flake8", "setup.cfg", "tox.ini"):
        parser = place.ini(name)
        for key in ("max-complexity", "max_complexity"):
            value = parser.get("flake8", key, fallback=None)
            if value:
                return str(value).strip()
    return ""


def _hooks(place: Declared) -> frozenset[str]:
    return precommit.hooks(place).names
