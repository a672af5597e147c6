"""The nodes that pytest collects: directory -> manifest -> gate -> check.

Nothing of the project is imported: the directory node is forge's own, so that an `__init__.py`
beside a manifest makes no package of it.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import shorten
from typing import Any, Protocol

import pytest

from pytest_forge.model import Outcome
from pytest_forge.plan import PlannedCheck
from pytest_forge.results import CheckResult
from pytest_forge.running.engine import Engine


class Planned(Protocol):
    """What collection asks of the session's forge: manifests, their checks, and the engine."""

    manifests: tuple[Path, ...]
    planned: tuple[PlannedCheck, ...]
    engine: Engine

    def path_of(self, check: PlannedCheck) -> Path:
        """Return the absolute path of the check's manifest."""
        ...


FORGE_KEY: pytest.StashKey[Planned] = pytest.StashKey()
RESULT_KEY: pytest.StashKey[CheckResult] = pytest.StashKey()

_SHOWN_FINDINGS = 20
_SHOWN_COMMAND = 300


class CheckError(Exception):
    """A check could not measure; the text is the one-line reason."""


class CheckFailed(Exception):
    """A check has measured, and its gate does not pass it."""


class ForgeDirectory(pytest.Directory):
    """A directory of which only the way to manifests is collected."""

    def collect(self) -> Iterator[pytest.Collector]:
        """Yield the directories and manifests that lead to a check of this run."""
        manifests = self.config.stash[FORGE_KEY].manifests
        for path in manifests:
            if path.parent == self.path:
                yield ManifestFile.from_parent(self, path=path)
        for path in _next_directories(self.path, manifests):
            yield ForgeDirectory.from_parent(self, path=path)


class ManifestFile(pytest.File):
    """A manifest: its gates."""

    def collect(self) -> Iterator[pytest.Collector]:
        """Yield a node for every gate that has checks here, in running order."""
        forge = self.config.stash[FORGE_KEY]
        checks = [check for check in forge.planned if forge.path_of(check) == self.path]
        for gate in sorted({check.gate.id: check.gate for check in checks}.values(), key=_order):
            node: GateNode = GateNode.from_parent(self, name=gate.id)
            node.checks = tuple(check for check in checks if check.gate.id == gate.id)
            yield node


class GateNode(pytest.Collector):
    """A gate of a manifest: its checks."""

    checks: tuple[PlannedCheck, ...] = ()

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the checks that feed this gate."""
        for check in self.checks:
            item: CheckItem = CheckItem.from_parent(self, name=check.name)
            item.planned = check
            yield item


class CheckItem(pytest.Item):
    """One check. Its result is computed by the engine; the item waits for it and shows it."""

    planned: PlannedCheck

    def setup(self) -> None:
        """Show what kept the check from measuring as pytest's ERROR, an exemption as a skip."""
        result = self.result()
        if result.outcome is Outcome.ERROR:
            raise CheckError(result.reason)
        if result.outcome is Outcome.EXEMPT:
            pytest.skip(f"exempt: {result.reason}")

    def runtest(self) -> None:
        """Fail where the gate does not pass the check."""
        result = self.result()
        if result.outcome in (Outcome.FAILED, Outcome.BLOCKED):
            raise CheckFailed(result.reason)

    def result(self) -> CheckResult:
        """Return the check's result, waiting for it where it isn't there yet."""
        if RESULT_KEY not in self.stash:
            self.stash[RESULT_KEY] = self.config.stash[FORGE_KEY].engine.result(self.planned)
        return self.stash[RESULT_KEY]

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show the reason in one line, then what was found; a traceback only for a bug of forge."""
        if not isinstance(excinfo.value, CheckError | CheckFailed):
            return super().repr_failure(excinfo)
        return self.explanation()

    def explanation(self) -> str:
        """Return the reason in one line, then what was found and the command that found it."""
        return "\n".join(_explanation(self.result()))

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return the manifest, and the end of the node id that pytest shows behind it."""
        return self.path, None, f"{self.planned.gate.id}::{self.name}"


def _explanation(result: CheckResult) -> Iterator[str]:
    named = f"{result.error}: " if result.error else ""
    yield f"{named}{result.reason}"
    unheld = [finding for finding in result.findings if finding.held_by is None]
    for finding in unheld[:_SHOWN_FINDINGS]:
        place = finding.path or ""
        if finding.line:
            place = f"{place}:{finding.line}"
        yield f"  {place}  {finding.rule}  {finding.message}".rstrip()
    if len(unheld) > _SHOWN_FINDINGS:
        yield f"  and {len(unheld) - _SHOWN_FINDINGS} more in the report"
    if result.command:
        yield f"  command: {shorten(' '.join(result.command), _SHOWN_COMMAND)}"


def _next_directories(directory: Path, manifests: Iterable[Path]) -> list[Path]:
    found = set()
    for manifest in manifests:
        if directory in manifest.parents and manifest.parent != directory:
            found.add(directory / manifest.relative_to(directory).parts[0])
    return sorted(found)


def _order(gate: Any) -> int:
    order: int = gate.order
    return order
