"""The hooks by which a plugin adds gates and toolchains to forge.

A plugin may implement them with `@pytest.hookimpl(optionalhook=True)`: then it also loads where
forge is not active and the hooks do not exist.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_forge.judging import Gate
    from pytest_forge.toolchains.declarations import Toolchain


@pytest.hookspec
def pytest_forge_gates() -> "Gate":  # type: ignore[empty-body]
    """Return the gate that this plugin adds; every gate comes from a plugin of its own."""


@pytest.hookspec
def pytest_forge_toolchains() -> "Toolchain | Sequence[Toolchain]":  # type: ignore[empty-body]
    """Return the toolchain, or the toolchains, that this plugin adds."""
