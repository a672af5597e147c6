"""The workers of pytest-xdist: what they are told, what they share, and what they bring back."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pytest_forge.changes.since import Since
from pytest_forge.running.home import Home, take
from pytest_forge.running.recording import Recorder

_LEFT_OUT = "forge_left_out"


def home_of(root: Path, worker: Mapping[str, Any] | None) -> Home:
    """Return the run's directory below forge's root: a worker shares that of its controller."""
    if worker is None:
        return take(root)
    return Home(root / ".forge", Path(worker["forge"]["ledger"]))


class Workers:
    """The hooks by which the controller and its workers tell each other what they know."""

    def __init__(self, home: Home, since: Since | None, recorder: Recorder) -> None:
        self._home = home
        self._since = since
        self._recorder = recorder

    def hand_over(self, config: pytest.Config) -> None:
        """Give the controller what this worker has deselected."""
        output = config.workeroutput  # type: ignore[attr-defined]
        output[_LEFT_OUT] = self._recorder.left_out

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> object:
        """Keep the checks of a manifest on one worker, so that their runs are shared."""
        from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

        scheduler: object = LoadFileScheduling(config, log)
        return scheduler

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker what the workers share."""
        workers = len(node.config.getoption("tx") or ()) or 1
        changes = self._since.changes.dumps() if self._since else None
        node.workerinput["forge"] = {
            "ledger": str(self._home.ledger),
            "workers": workers,
            "changes": changes,
        }

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker has deselected."""
        left_out = getattr(node, "workeroutput", {}).get(_LEFT_OUT, {})
        self._recorder.left_out.update(left_out)
