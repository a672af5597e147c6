"""Slots in commands are filled from facts."""

import pytest

from pytest_forge.errors import ConfigurationError
from pytest_forge.execution.slots import fill, fill_text, verbatim
from pytest_forge.projects import FactValue


def test_a_list_slot_becomes_its_items() -> None:
    values: dict[str, FactValue] = {"sources": ("src/a", "src/b"), "python": "/env/bin/python"}
    assert fill(("{python}", "-m", "mypy", "{sources}"), values) == (
        "/env/bin/python",
        "-m",
        "mypy",
        "src/a",
        "src/b",
    )


def test_an_empty_list_leaves_nothing() -> None:
    assert fill(("tool", "{paths}"), {"paths": ()}) == ("tool",)


def test_a_slot_inside_an_element_is_text() -> None:
    assert fill(("--out={scratch}/a b",), {"scratch": "/s"}) == ("--out=/s/a b",)
    assert fill_text("{a}-{b}", {"a": ("x", "y"), "b": "z"}) == "x y-z"


def test_a_name_that_looks_like_a_slot_stays() -> None:
    # vite has a file `{curlies}.ts`.
    words = ("lint", *verbatim(["src/{curlies}.ts", "{root}"]), "{root}")
    assert fill(words, {"root": "/r"}) == ("lint", "src/{curlies}.ts", "{root}", "/r")


def test_braces_that_are_no_slot_stay() -> None:
    assert fill(("{}", "{0}", "{A}", '{"json": 1}'), {}) == ("{}", "{0}", "{A}", '{"json": 1}')


def test_an_unknown_slot_names_the_known_ones() -> None:
    with pytest.raises(ConfigurationError, match=r"unknown slot \{pyhton\}.*python, root"):
        fill(("{pyhton}",), {"python": "p", "root": "r"})


def test_a_tool_slot_may_name_the_tool() -> None:
    assert fill(("{tool:pip-audit}", "-f"), {"tool:pip-audit": ("py", "-m", "pip_audit")}) == (
        "py",
        "-m",
        "pip_audit",
        "-f",
    )
