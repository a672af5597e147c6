"""A pytest plugin of the benchmarks: writes down every process that a forge run starts.

Each becomes a line of JSON in the file that REQUEST_LOG names, when it has ended: its command, its
directory, what its environment adds to forge's own, its streams, and when it began and ended
(seconds of the monotonic clock). Version probes are written too; their streams lie outside of
`.forge`.

PYTEST_DONT_REWRITE
"""

import json
import os
import threading
import time
from pathlib import Path
from typing import Any

from pytest_forge.execution.process import Finished, Processes, Request

_LOCK = threading.Lock()
_run = Processes.run


def _logged(self: Processes, request: Request) -> Finished:
    begun = time.monotonic()
    try:
        return _run(self, request)
    finally:
        given = dict(request.environment)
        line: dict[str, Any] = {
            "argv": request.argv,
            "directory": str(request.directory),
            "environment": {k: v for k, v in given.items() if os.environ.get(k) != v},
            "stdout": str(request.stdout),
            "stderr": str(request.stderr),
            "begun": begun,
            "ended": time.monotonic(),
        }
        with _LOCK, Path(os.environ["REQUEST_LOG"]).open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")


# The class is the one place through which every process goes, and has no hook of its own.
Processes.run = _logged  # type: ignore[method-assign]
