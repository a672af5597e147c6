"""The toy's toolchain with projects that say which gates no check of theirs feeds.

`"without": ["quality"]` in toy.json leaves out that gate's check, and `"unfit": true` says that the
project's environment is none that it can use.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from forge_toy import TOOLCHAIN as TOY  # type: ignore[import-not-found]
from forge_toy import inspect as inspect_toy

from pytest_forge.errors import ToolMissing
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Surroundings, Toolchain


def inspect(tree: Tree, manifest: str) -> Project | str:
    """Add what the manifest leaves out to the project's facts."""
    found: Project | str = inspect_toy(tree, manifest)
    if isinstance(found, str):
        return found
    told = json.loads(tree.read(manifest))
    facts = {"without": tuple(told.get("without", ())), "unfit": told.get("unfit", False)}
    return replace(found, facts=facts)


def candidates(project: Project, directory: Path, around: Surroundings) -> tuple[str, ...]:
    """Refuse the environment of a project that says so."""
    if project.flag("unfit"):
        raise ToolMissing("too old", "renew it")
    found: tuple[str, ...] = TOY.preparation.candidates(project, directory, around)
    return found


def feeds(gate: str) -> Callable[[Project, ProjectSettings], bool]:
    """Apply where the project does not leave the gate out."""
    return lambda project, settings: gate not in project.words("without")


TOOLCHAIN: Toolchain = replace(
    TOY,
    inspect=inspect,
    preparation=replace(TOY.preparation, candidates=candidates),
    checks=tuple(replace(one, applies=feeds(one.gate)) for one in TOY.checks),
)


@pytest.hookimpl(optionalhook=True)
def pytest_forge_toolchains() -> Toolchain:
    """Add the toolchain."""
    return TOOLCHAIN
