"""The toy's only tool; a test replaces it, or steers it through `steer.json` beside it."""

import json
import os
import pathlib
import signal
import sys
import time

run, root = sys.argv[1:3]
with open(pathlib.Path(root, "executions.log"), "a", encoding="utf-8") as log:
    log.write(f"{pathlib.Path.cwd().name} {run} {os.getpid()}\n")
if run == "prepare":
    pathlib.Path(sys.argv[3], "toys").mkdir(parents=True)
steering = pathlib.Path("steer.json")
steer = json.loads(steering.read_text())[run] if steering.exists() else {}
if "wait_for" in steer:
    limit = time.monotonic() + 60
    while not pathlib.Path(root, steer["wait_for"]).exists() and time.monotonic() < limit:
        time.sleep(0.02)
if "signal" in steer:
    os.kill(os.getpid(), signal.Signals[steer["signal"]])
report = {
    "measures": {
        "files": 3,
        "type.coverage": 100,
        "coverage.line": 90,
        "coverage.branch": 90,
        "coverage.function": 90,
        "complexity.max": 3,
    },
    "tests": {"test_one": "passed"} if run == "test" else {},
}
if run != "prepare":
    print(steer.get("prints", json.dumps({**report, **steer.get("report", {})})))
sys.exit(steer.get("status", 0))
