"""A pytest plugin of the benchmarks: writes down the tasks of a forge run and their processes.

Each is a line of JSON in the file that REQUEST_LOG names. A task is written when it enters the run
graph: its key, what it needs and what it holds. A process is written when it has ended: its task
(null for what forge asks before there is one), its command, its directory, what its environment
adds to forge's own, its streams, its exit status, and when it began and ended (seconds of the
monotonic clock). Version probes and git are written too; their streams lie outside of `.forge`.

Where REQUEST_LAID names a directory, each run's first process leaves there, in `<number>/`, what
forge has laid out for the run by then (a copy of the tree, lists of files), and the line says so:
`laid` is the directory, `links` are the symbolic links in a release's worktree.

PYTEST_DONT_REWRITE
"""

import json
import os
import shutil
import threading
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from pytest_forge.execution.graph import Graph, Task
from pytest_forge.execution.process import Finished, Processes, Request

_LOCK = threading.Lock()
_NUMBERS = count(1)
_HERE = threading.local()
_LAID: set[str] = set()
_PREPARING = ".log"
_add = Graph.add
_run = Processes.run


def _added(self: Graph, task: Task) -> None:
    if not self.knows(task.key):
        _write(task=task.key, needs=task.needs, holds=sorted(task.holds))
        task.function = partial(_within, task.key, task.function)
    _add(self, task)


def _within(key: object, function: Callable[[], Any]) -> Any:
    _HERE.key = key
    try:
        return function()
    finally:
        _HERE.key = None


def _logged(self: Processes, request: Request) -> Finished:
    laid = _laid_out(request)
    begun, status = time.monotonic(), None
    try:
        finished = _run(self, request)
        status = finished.status
        return finished
    finally:
        given = dict(request.environment)
        _write(
            process=getattr(_HERE, "key", None),
            argv=request.argv,
            directory=str(request.directory),
            environment={k: v for k, v in given.items() if os.environ.get(k) != v},
            stdout=str(request.stdout),
            stderr=str(request.stderr),
            status=status,
            begun=begun,
            ended=time.monotonic(),
            **laid,
        )


def _laid_out(request: Request) -> dict[str, Any]:
    """Keep what was laid out for the run whose first process this is."""
    kept, place = os.environ.get("REQUEST_LAID", ""), request.stdout.parent
    if not kept or ".forge" not in place.parts or str(place) in _LAID:
        return {}
    _LAID.add(str(place))
    # The streams of a preparation lie beside the environment that it makes.
    source = place.with_name(place.name.removesuffix(_PREPARING))
    target = Path(kept, str(next(_NUMBERS)))
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True)
    return {
        "laid": [str(target), str(source)] if target.exists() else None,
        "links": _links(place),
    }


def _links(place: Path) -> dict[str, str]:
    """Return the symbolic links in the worktrees of releases, and where they lead to."""
    forge = next(one for one in place.parents if one.name == ".forge")
    found = (path for path in forge.glob("worktrees/*/**/*") if path.is_symlink())
    return {str(path): os.readlink(path) for path in found}


def _write(**line: Any) -> None:
    text = json.dumps(line) + "\n"
    with _LOCK, Path(os.environ["REQUEST_LOG"]).open("a", encoding="utf-8") as log:
        log.write(text)


# The two places through which every process and every task goes; neither has a hook of its own.
Processes.run = _logged  # type: ignore[method-assign]
Graph.add = _added  # type: ignore[method-assign]
