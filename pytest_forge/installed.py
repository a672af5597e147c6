"""The gates and toolchains that are installed, whatever the repository."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata

import pluggy

from pytest_forge import hooks
from pytest_forge.judging import Gate
from pytest_forge.plan import UNMEASURED
from pytest_forge.toolchains import builtin_toolchains
from pytest_forge.toolchains.declarations import Check, Toolchain
from pytest_forge.toolchains.performance import DECLARED

GATE_GROUP = "pytest_forge.gates"
"""The entry-point group of gate plugins; each is registered as `forge-gate-<name>`."""


@dataclass(frozen=True)
class Installed:
    """Everything that measures and judges, forge's own and the plugins'.

    `blocked_gates` are the ids of gates that were switched off with `-p no:forge-gate-<id>`.
    """

    gates: tuple[Gate, ...]
    toolchains: tuple[Toolchain, ...]
    blocked_gates: tuple[str, ...] = ()

    def check_names(self) -> dict[str, list[str]]:
        """Return the names of the checks that may feed each gate."""
        names: dict[str, list[str]] = {gate.id: [UNMEASURED] for gate in self.gates}
        for check in self._checks():
            names.setdefault(check.gate, []).append(check.name)
        return names

    def measures(self) -> list[str]:
        """Return every measure that a gate limits or a check supplies, counts or proves."""
        found = {limit.measure for gate in self.gates for limit in gate.limits}
        for check in self._checks():
            found |= {*check.counts, *check.supplies, check.proof}
        return sorted(found)

    def run_names(self) -> list[str]:
        """Return the names of all declared runs."""
        declared = {run.name for run, _ in DECLARED}
        return sorted(
            declared | {run.name for toolchain in self.toolchains for run in toolchain.runs}
        )

    def languages(self) -> list[str]:
        """Return the languages of all toolchains."""
        return [toolchain.language for toolchain in self.toolchains]

    def _checks(self) -> Iterator[Check]:
        """Yield every check of the toolchains, and those that a user declares things for."""
        for toolchain in self.toolchains:
            yield from toolchain.checks
        yield from (check for _, check in DECLARED)


def installed(plugins: pluggy.PluginManager | None = None) -> Installed:
    """Ask all plugins for their gates and toolchains; gates stand in running order.

    `plugins` is pytest's plugin manager; where none is given the installed plugins are loaded into
    one of its own.
    """
    manager = _own_manager() if plugins is None else plugins
    blocked = _register_gates(manager)
    toolchains = list(builtin_toolchains())
    for given in manager.hook.pytest_forge_toolchains():
        toolchains.extend([given] if isinstance(given, Toolchain) else given)
    gates: Sequence[Gate] = manager.hook.pytest_forge_gates()
    return Installed(tuple(sorted(gates, key=lambda gate: gate.order)), tuple(toolchains), blocked)


def _register_gates(manager: pluggy.PluginManager) -> tuple[str, ...]:
    manager.add_hookspecs(hooks)
    blocked = []
    for entry in metadata.entry_points(group=GATE_GROUP):
        name = f"forge-gate-{entry.name}"
        if manager.is_blocked(name):
            blocked.append(entry.name)
        elif not manager.has_plugin(name):
            manager.register(entry.load(), name)
    return tuple(blocked)


def _own_manager() -> pluggy.PluginManager:
    manager = pluggy.PluginManager("pytest")
    manager.load_setuptools_entrypoints("pytest11")
    return manager
