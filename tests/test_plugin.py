"""When forge is active: by its flag, or by an argument that names a gate of a manifest."""

from types import SimpleNamespace

import pytest

from pytest_forge.installed import installed
from pytest_forge.plugin import GATE_IDS, is_active


@pytest.mark.parametrize(
    ("argument", "active"),
    [
        ("pyproject.toml::quality", True),
        ("sdk/pyproject.toml::types::mypy", True),
        ("setup.py::quality", True),
        ("tests/test_a.py::quality", False),
        ("tests/test_a.py::test_quality", False),
        ("pyproject.toml::no-gate", False),
        ("pyproject.toml", False),
        ("", False),
    ],
)
def test_an_argument_that_names_a_gate_stands_for_the_flag(argument: str, active: bool) -> None:
    assert is_active(SimpleNamespace(forge=False, file_or_dir=["tests", argument])) is active


@pytest.mark.parametrize("options", [SimpleNamespace(), SimpleNamespace(file_or_dir=None)])
def test_without_arguments_only_the_flag_counts(options: SimpleNamespace) -> None:
    assert is_active(options) is False
    options.forge = True
    assert is_active(options) is True


def test_the_gates_that_need_no_flag_are_those_of_this_distribution() -> None:
    assert {gate.id for gate in installed().gates} >= GATE_IDS
