"""A session that is a worker of pytest-xdist, or the controller of workers."""

from pathlib import Path
from typing import Any

import pytest
from toy_repository import Repository
from toy_runs import forge

from pytest_forge.running.collection import FORGE_KEY


class AWorker:
    """Makes of a session what xdist makes of a worker's: input from and output to a controller."""

    def __init__(self, ledger: Path) -> None:
        self.input = {"forge": {"ledger": str(ledger), "workers": 2}}
        self.output: dict[str, Any] = {}

    def pytest_load_initial_conftests(self, early_config: Any) -> None:
        early_config.workerinput = self.input
        early_config.workeroutput = self.output


def test_a_worker_measures_and_leaves_the_reports_to_the_controller(
    repository: Repository,
) -> None:
    ledger = repository.root / ".forge/processes/1"
    ledger.mkdir(parents=True)
    worker = AWorker(ledger)
    ran = forge(repository.toy(), "-k", "quality", plugins=(worker,))
    assert ran.status == 0, ran.stdout + ran.stderr
    assert ran.report is None
    assert repository.executions() == ["repository lint"]
    assert worker.output["forge_left_out"]["toy.json::types::toy-build"] == "deselected"
    assert "toy.json::quality::toy-lint" not in worker.output["forge_left_out"]
    assert ledger.is_dir()
    assert (ledger.parent / "machine.lock").exists()


def test_the_controller_tells_its_workers_what_they_share(repository: Repository) -> None:
    found: dict[str, Any] = {}

    class Node:
        """A worker as its controller sees it."""

        def __init__(self, config: pytest.Config) -> None:
            left_out = {"toy.json::types::toy-build": "deselected"}
            self.workeroutput = {"forge_left_out": left_out}
            self.config = config
            self.workerinput: dict[str, Any] = {}

    class Controller:
        def pytest_collection_finish(self, session: pytest.Session) -> None:
            running: Any = session.config.stash[FORGE_KEY]
            node = Node(session.config)
            running.workers.pytest_configure_node(node)
            running.workers.pytest_testnodedown(node)
            found.update(node.workerinput["forge"], left_out=running.recorder.left_out)

    ran = forge(repository.toy(), "--collect-only", plugins=(Controller(),))
    assert ran.status == 0
    assert found["workers"] == 1
    assert Path(found["ledger"]).parent == repository.root / ".forge/processes"
    assert found["left_out"]["toy.json::types::toy-build"] == "deselected"
