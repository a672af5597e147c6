"""Collects what criterion has written of its benchmarks into one document.

    python criterion.py DIRECTORY

criterion writes a directory for each benchmark, and its samples do not name it: `benchmark.json`
beside them does. Printed is `{"criterion": [{"benchmark": ..., "sample": ...}, ...]}`, sorted by
the paths; of a benchmark without samples, `sample` is null.
"""

import json
import sys
from pathlib import Path
from typing import Any

NEW = "new"
"""The directory of the last run, beside that of the run with which criterion compares it."""


def collected(directory: Path) -> dict[str, Any]:
    """Return the documents of every benchmark below `directory`; raises OSError, ValueError."""
    found = []
    for path in sorted(directory.glob(f"**/{NEW}/benchmark.json")):
        sample = path.with_name("sample.json")
        found.append(
            {
                "benchmark": json.loads(path.read_bytes()),
                "sample": json.loads(sample.read_bytes()) if sample.exists() else None,
            }
        )
    return {"criterion": found}


if __name__ == "__main__":
    json.dump(collected(Path(sys.argv[1])), sys.stdout)
    sys.stdout.write("\n")
