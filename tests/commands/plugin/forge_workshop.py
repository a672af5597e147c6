"""A language of which every project names the tools that it needs, for the tests of installing.

`{"name": ..., "needs": ["gadget"]}` in workshop.json makes one check for each tool that is named.
"""

import json
from collections.abc import Callable

import pytest

from pytest_forge.model import Report
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import (
    Check,
    Output,
    Package,
    Run,
    Step,
    Tool,
    Toolchain,
)

TOOLS = (
    Tool(
        "gadget",
        "cargo install gadget",
        executable="gadget",
        packages=(
            Package("go", "example.org/gadget", "v1.2.0"),
            Package("crates.io", "g", "1.2.0"),
        ),
    ),
    Tool("widget", "apt install widget", executable="widget"),
    Tool("git", "apt install git", executable="git"),
)


def inspect(tree: Tree, manifest: str) -> Project | str:
    """Take every manifest."""
    told = json.loads(tree.read(manifest))
    return Project(manifest, "workshop", told["name"], {"needs": tuple(told["needs"])})


def _needs(tool: Tool) -> Callable[[Project, ProjectSettings], bool]:
    return lambda project, settings: tool.name in project.words("needs")


TOOLCHAIN = Toolchain(
    language="workshop",
    manifests=("workshop.json",),
    inspect=inspect,
    runs=tuple(
        Run(
            f"use-{tool.name}",
            (tool,),
            (Step(("{tool}", *tool.version)),),
            (Output("said", "stdout", lambda data: Report()),),
        )
        for tool in TOOLS
    ),
    checks=tuple(
        Check(tool.name, "quality", f"use-{tool.name}", "files", "", applies=_needs(tool))
        for tool in TOOLS
    ),
)


@pytest.hookimpl(optionalhook=True)
def pytest_forge_toolchains() -> Toolchain:
    """Add the toolchain."""
    return TOOLCHAIN
