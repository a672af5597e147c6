"""The gates and toolchains that are installed, whatever the repository."""

from dataclasses import dataclass

import pluggy

from pytest_forge.judging import Gate
from pytest_forge.session import register_gates
from pytest_forge.toolchains import builtin_toolchains
from pytest_forge.toolchains.declarations import Toolchain


@dataclass(frozen=True)
class Installed:
    """Everything that measures and judges, forge's own and the plugins'."""

    gates: tuple[Gate, ...]
    toolchains: tuple[Toolchain, ...]


def installed() -> Installed:
    """Ask all installed plugins for their gates and toolchains; gates stand in running order."""
    manager = pluggy.PluginManager("pytest")
    manager.load_setuptools_entrypoints("pytest11")
    register_gates(manager)
    gates: list[Gate] = manager.hook.pytest_forge_gates()
    toolchains = list(builtin_toolchains())
    for given in manager.hook.pytest_forge_toolchains():
        toolchains.extend([given] if isinstance(given, Toolchain) else given)
    return Installed(tuple(sorted(gates, key=lambda gate: gate.order)), tuple(toolchains))
