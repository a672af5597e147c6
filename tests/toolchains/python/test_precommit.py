"""What .pre-commit-config.yaml says of a project's tools."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.projects import Tree
from pytest_forge.toolchains.python.declared import Declared
from pytest_forge.toolchains.python.precommit import excluded, hooks

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

FILES = ("ext/a.py", "src/a.py", "tests/test_b.py")


def place(tree_of: TreeOf, text: str) -> Declared:
    return Declared(tree_of({".pre-commit-config.yaml": text}), ".")


def config(top: str = "", lint: str = "", form: str = "") -> str:
    return (
        f"{top}\nrepos:\n- repo: https://example.org/ruff\n  rev: v0.16.0\n  hooks:\n"
        f"    - id: ruff-check  # pinned\n      args: [--fix]\n{lint}"
        f"    - id: 'ruff-format'\n{form}"
    )


def test_hooks_are_known_by_their_ids(tree_of: TreeOf) -> None:
    assert hooks(place(tree_of, config())).names == {"ruff-check", "ruff-format"}


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        (config(), ()),
        (config(top="exclude: 'docs/|ext/'"), ("ext/a.py",)),
        (config(form="      exclude: tests/test_b.py\n"), ("tests/test_b.py",)),
        (config(lint="      exclude: tests/test_b.py\n"), ()),
        (config(top='exclude: "^ext/.*\\\\.py$"  # not ours'), ("ext/a.py",)),
        (
            config(
                form="      exclude: |\n        (?x)^(\n         ext/|\n         src/\n        )\n"
            ),
            ("ext/a.py", "src/a.py"),
        ),
        (config(top="exclude: '('"), ()),
        ("exclude: ext/\nrepos: []\n", ()),
    ],
)
def test_what_a_hook_leaves_out_is_left_out(
    tree_of: TreeOf, text: str, left_out: tuple[str, ...]
) -> None:
    """requests keeps a test from its formatter in this file alone."""
    assert excluded(place(tree_of, text), {"ruff-format"}, FILES) == left_out
