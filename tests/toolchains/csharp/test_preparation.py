"""When a restore counts as done."""

import json
from collections.abc import Callable

from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.csharp.preparation import PREPARATION

TreeOf = Callable[..., Tree]

FILES = {"lib/Kit.slnx": "", "lib/src/Kit.csproj": "<Project />", "lib/nuget.config": ""}
KIT = Project(
    "lib/Kit.slnx",
    "csharp",
    "Kit",
    facts={"projects": ("src/Kit.csproj",), "settings_files": ("nuget.config", "gone.props")},
    members=("lib/src/Kit.csproj",),
)


def test_projects_and_settings_decide_what_is_restored(tree_of: TreeOf) -> None:
    assert PREPARATION.key(KIT, tree_of(FILES)) == (
        "lib/Kit.slnx",
        "lib/src/Kit.csproj",
        "lib/nuget.config",
    )


def test_what_another_state_has_left_is_no_restore_of_this_one(tree_of: TreeOf) -> None:
    """obj/ lies in the tree, and git ignores it: a branch that was measured leaves its own."""
    tree = tree_of(FILES)
    left = tree.root / "lib/src/obj/project.assets.json"
    left.parent.mkdir()
    left.write_text(json.dumps({"version": 3}))
    key = PREPARATION.key(KIT, tree)

    assert key[-1] == "lib/src/obj/project.assets.json"
    assert tree.read(key[-1]) == left.read_bytes()
